import assert from 'node:assert/strict';
import { approvalOf, type ApprovalTexts } from '../../../src/core/claudeCode/serverApproval';

const folder = '/w';
const nothing: ApprovalTexts = { always: [], ofFolder: [], state: undefined, folders: [folder] };
const all = JSON.stringify({ enableAllProjectMcpServers: true });
const enabled = JSON.stringify({ enabledMcpjsonServers: ['a'] });
const disabled = JSON.stringify({ disabledMcpjsonServers: ['a'] });
const stateWith = (project: object) => JSON.stringify({ projects: { [folder]: project } });
const trusted = stateWith({ hasTrustDialogAccepted: true });

describe('the approval of a server of a project', () => {
  const rows: readonly (readonly [string, Partial<ApprovalTexts>, string])[] = [
    ['nothing was chosen', {}, 'pending'],
    ['all by the user', { always: [all] }, 'approved'],
    ['it by the user', { always: [undefined, enabled] }, 'approved'],
    ['another by the user', { always: ['{"enabledMcpjsonServers":["b"]}'] }, 'pending'],
    ['a star by the user', { always: ['{"enabledMcpjsonServers":["*"]}'] }, 'pending'],
    ['it in a folder that is not trusted', { ofFolder: [enabled] }, 'pending'],
    ['it in a trusted folder', { ofFolder: [undefined, enabled], state: trusted }, 'approved'],
    ['all in a trusted folder', { ofFolder: [all], state: trusted }, 'approved'],
    [
      'it in a folder below a trusted one that is no git root',
      { ofFolder: [enabled], state: trusted, folders: ['/w/sub'] },
      'pending',
    ],
    [
      'it in a folder of a trusted git root',
      { ofFolder: [enabled], state: trusted, folders: ['/w/sub', folder] },
      'approved',
    ],
    ['it in the old place', { state: stateWith({ enabledMcpjsonServers: ['a'] }) }, 'approved'],
    ['rejected in a folder that is not trusted', { ofFolder: [disabled] }, 'rejected'],
    ['rejected over an approval', { always: [all, disabled] }, 'rejected'],
    ['what cannot be read', { always: ['{', '[]', 'null'], state: '"x"' }, 'pending'],
    ['what has other types', { always: ['{"enabledMcpjsonServers":"a"}'] }, 'pending'],
  ];
  rows.forEach(([title, texts, expected]) => {
    it(`${title}: ${expected}`, () => {
      assert.equal(approvalOf('a', { ...nothing, ...texts }), expected);
    });
  });
});
