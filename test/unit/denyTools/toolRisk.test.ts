import assert from 'node:assert/strict';
import { judgeTool } from '../../../src/core/denyTools/toolRisk';

type Hint = boolean | undefined;

/** Name, `readOnlyHint`, `destructiveHint`; whether it is destructive, and the reason. */
const rows: readonly (readonly [string, Hint, Hint, boolean, string])[] = [
  ['list_issues', true, undefined, false, 'reads only, the server says'],
  ['list_issues', undefined, undefined, false, 'the server says nothing about it'],
  ['issue', undefined, true, true, 'destructive, the server says'],
  ['issue', false, true, true, 'destructive, the server says'],
  ['issue', true, true, true, 'the server calls it destructive and read-only'],
  ['create_issue', false, false, false, 'adds only, the server says'],
  ['create_issue', undefined, false, false, 'adds only, the server says'],
  ['create_issue', false, undefined, true, 'changes data, the server says'],
  ['create_issue', undefined, undefined, false, 'the server says nothing about it'],
  ['delete_issue', undefined, undefined, true, 'its name says "delete"'],
  ['delete_issue', true, false, true, 'its name says "delete"'],
  ['deleteIssue', undefined, undefined, true, 'its name says "delete"'],
  ['DBDropTable', undefined, undefined, true, 'its name says "drop"'],
  ['repo-remove', undefined, undefined, true, 'its name says "remove"'],
  ['REMOVE.ALL', undefined, undefined, true, 'its name says "remove"'],
  ['write_file', undefined, undefined, true, 'its name says "write"'],
  ['write_comment', undefined, false, false, 'adds only, the server says'],
  ['update', true, undefined, false, 'reads only, the server says'],
  ['list_deleted', undefined, undefined, false, 'the server says nothing about it'],
  ['undelete', undefined, undefined, false, 'the server says nothing about it'],
  ['dropbox_list', undefined, undefined, false, 'the server says nothing about it'],
  ['run2', undefined, undefined, true, 'its name says "run"'],
];

describe('whether a tool is destructive', () => {
  for (const [name, readOnlyHint, destructiveHint, isDestructive, reason] of rows) {
    it(`${name}, read-only ${readOnlyHint}, destructive ${destructiveHint}`, () => {
      assert.deepEqual(judgeTool({ name, readOnlyHint, destructiveHint }), {
        isDestructive,
        reason,
      });
    });
  }
});
