import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
  activateExtension,
  closeAll,
  inWorkspace,
  open,
  openLightbulb,
  waitForRules,
  writeText,
} from '../support';

const text = `{
  "mcpServers": {
    "a": { "type": "http", "url": "http://a.example/mcp" },
    "b": { "type": "http", "url": "http://b.example/mcp" }
  }
}
`;
const file = 'accepted/.mcp.json';
const entry = { file, rule: 'url-insecure', server: 'a', reason: 'behind a tunnel' };

describe('an accepted problem', () => {
  const { Global, Workspace } = vscode.ConfigurationTarget;
  const uri = inWorkspace('accepted', '.mcp.json');

  const accept = (entries: unknown, target: vscode.ConfigurationTarget) =>
    vscode.workspace.getConfiguration('mcpAuth', uri).update('suppressed', entries, target);

  before(activateExtension);
  beforeEach(async () => {
    await writeText(uri, text);
    await waitForRules(uri, ['url-insecure', 'url-insecure']);
  });
  afterEach(async () => {
    await closeAll();
    await accept(undefined, Global);
    await accept(undefined, Workspace);
    await waitForRules(uri, ['url-insecure', 'url-insecure']);
  });

  it('is not shown, and comes back with the setting', async () => {
    await accept([entry], Workspace);
    await waitForRules(uri, ['url-insecure']);
    const [left] = vscode.languages.getDiagnostics(uri);
    assert.equal(left?.range.start.line, 3);
  });

  it('of the user counts beside that of the workspace', async () => {
    await accept([entry], Workspace);
    await accept([{ ...entry, server: 'b' }], Global);
    await waitForRules(uri, []);
  });

  it('that is there no more, or is no entry at all, does no harm', async () => {
    const stale = [{ ...entry, rule: 'gone' }, { ...entry, server: 'gone' }, 'rubbish', null];
    await accept([...stale, { ...entry, pointer: '/mcpServers/a/url' }], Workspace);
    await waitForRules(uri, ['url-insecure']);
  });

  it('is chosen at the end of the lightbulb, with its place', async () => {
    await open(uri);
    const action = (await openLightbulb(uri, 'url-insecure')).at(-1);
    const [diagnostic] = vscode.languages.getDiagnostics(uri);
    const place = {
      uri: uri.toString(),
      rule: 'url-insecure',
      server: 'a',
      path: ['mcpServers', 'a', 'url'],
      message: diagnostic?.message,
    };
    assert.deepEqual(
      [action?.title, action?.command?.command, action?.command?.arguments],
      ['Accept this problem…', 'mcpAuth.problem.accept', [place]],
    );
  });
});
