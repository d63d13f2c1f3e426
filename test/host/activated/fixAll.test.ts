import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
  activateExtension,
  closeAll,
  inWorkspace,
  open,
  openLightbulb,
  readText,
  take,
  waitForRules,
  writeText,
} from '../support';

const broken = `{
  "mcpServers": {
    "a": { "url": "https://a.example/mcp" },
    "b": { "url": "https://b.example/mcp" },
    "c": { "command": "x", "args": [1] },
    "d": { "type": "http", "url": "http://d.example/mcp" }
  }
}
`;
const typed = broken.replaceAll('{ "url"', '{ "type": "http", "url"');
const fixed = typed.replace('[1]', '["1"]');
const brokenRules = [
  'server-type-missing',
  'server-type-missing',
  'field-type-wrong',
  'url-insecure',
];

describe('fix all', () => {
  before(activateExtension);
  afterEach(closeAll);

  async function prepare(folder: string, name = '.mcp.json') {
    const uri = inWorkspace('fix-all', folder, name);
    await writeText(uri, broken);
    const document = await open(uri);
    await waitForRules(uri, brokenRules);
    return { uri, document };
  }

  for (const kind of ['source.fixAll.mcpAuth', 'source.fixAll']) {
    it(`repairs what is safe on saving, where ${kind} is asked for, in one step`, async () => {
      const { uri, document } = await prepare(kind);
      const editor = vscode.workspace.getConfiguration('editor', { uri, languageId: 'json' });
      const target = vscode.ConfigurationTarget.Workspace;
      await editor.update('codeActionsOnSave', { [kind]: 'explicit' }, target);
      try {
        await vscode.commands.executeCommand('default:type', { text: ' ' });
        await vscode.commands.executeCommand('workbench.action.files.save');
      } finally {
        await editor.update('codeActionsOnSave', undefined, target);
      }
      assert.equal(await readText(uri), ` ${fixed}`);
      await vscode.commands.executeCommand('undo');
      assert.equal(document.getText(), ` ${broken}`);
    });
  }

  it('does nothing on saving where nobody asked for it', async () => {
    const { uri } = await prepare('not-asked');
    await vscode.commands.executeCommand('default:type', { text: ' ' });
    await vscode.commands.executeCommand('workbench.action.files.save');
    assert.equal(await readText(uri), ` ${broken}`);
  });

  it('of the file leaves the cursor where it was, and undo takes it back whole', async () => {
    const { document } = await prepare('command');
    const editor = vscode.window.activeTextEditor ?? assert.fail();
    const word = document.positionAt(broken.indexOf('d.example'));
    editor.selection = new vscode.Selection(word, word.translate(0, 'd.example'.length));
    await vscode.commands.executeCommand('mcpAuth.config.fixAll');
    assert.equal(document.getText(), fixed);
    assert.equal(document.getText(editor.selection), 'd.example');
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), broken);
  });

  it('of one rule, or of the file, is offered after the fixes of a problem', async () => {
    const { uri, document } = await prepare('lightbulb');
    const actions = await openLightbulb(uri, 'server-type-missing');
    assert.deepEqual(
      actions.map(({ title }) => title),
      [
        'Add "type": "http"',
        'Add "type": "sse"',
        'Fix all server-type-missing in this file',
        'Make all safe fixes in this file',
        'Change severity of server-type-missing…',
        'Accept this problem…',
      ],
    );
    await take(actions.find(({ title }) => title.startsWith('Fix all')));
    assert.equal(document.getText(), typed);
    const [left] = await openLightbulb(uri, 'field-type-wrong');
    assert.equal(left?.isPreferred, true);
    // One that is left alone needs no entry for all.
    const titles = (await openLightbulb(uri, 'url-insecure')).map(({ title }) => title);
    assert.ok(!titles.some((title) => title.includes('in this file')), titles.join());
  });

  it('never takes a fix that changes what is sent', async () => {
    const { uri } = await prepare('unsafe');
    const unsafe = (await openLightbulb(uri, 'url-insecure'))[0];
    assert.deepEqual([unsafe?.title, unsafe?.isPreferred], ['Change to https', false]);
  });

  it('leaves the file of an administrator alone', async () => {
    const { uri, document } = await prepare('managed', 'managed-mcp.json');
    const titles = (await openLightbulb(uri, 'field-type-wrong')).map(({ title }) => title);
    assert.deepEqual(titles, ['Change severity of field-type-wrong…', 'Accept this problem…']);
    const fixes = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      uri,
      new vscode.Range(0, 0, document.lineCount, 0),
      'source.fixAll.mcpAuth',
    );
    assert.deepEqual(fixes, []);
    void vscode.commands.executeCommand('mcpAuth.config.fixAll');
    await vscode.commands.executeCommand('mcpAuth.servers.refresh');
    assert.equal(document.getText(), broken);
  });
});
