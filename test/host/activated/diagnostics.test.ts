import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
  activateExtension,
  closeAll,
  inWorkspace,
  lightbulbAt,
  open,
  replaceAll,
  rulesAt,
  take,
  waitForRules,
  writeText,
} from '../support';

const typeless =
  '{\r\n  "mcpServers": {\r\n    "docs": { "url": "https://h.example/mö" }\r\n  }\r\n}\r\n';

describe('problems', () => {
  let api: Awaited<ReturnType<typeof activateExtension>>;
  before(async () => {
    api = await activateExtension();
  });
  afterEach(closeAll);

  it('are shown for a file of the workspace that is not open, until it is deleted', async () => {
    const uri = inWorkspace('packages', 'web', '.mcp.json');
    await writeText(uri, typeless);
    await waitForRules(uri, ['server-type-missing']);
    // As the Explorer does it: of a folder that is new, watchers may miss what happens in it.
    const edit = new vscode.WorkspaceEdit();
    edit.deleteFile(uri);
    await vscode.workspace.applyEdit(edit);
    await waitForRules(uri, []);
  });

  it('follow the typing, and go back to the file on disk when the editor closes', async () => {
    const uri = inWorkspace('typed', '.mcp.json');
    await writeText(uri, typeless);
    const document = await open(uri);
    await waitForRules(uri, ['server-type-missing']);
    await replaceAll(
      document,
      '{"mcpServers": {"a": {"type": "HTTP", "url": "http://h.example"}}}',
    );
    assert.deepEqual(rulesAt(uri), ['server-type-unknown', 'url-insecure']);
    await replaceAll(document, '');
    assert.deepEqual(rulesAt(uri), []);
    await closeAll();
    await waitForRules(uri, ['server-type-missing']);
  });

  it('say of a file in a place where Claude Code does not look that it is not read', async () => {
    const uri = inWorkspace('unread', '.claude', '.mcp.json');
    await writeText(uri, typeless);
    await open(uri);
    await waitForRules(uri, ['file-not-read']);
  });

  it('are not told of what the editor only shows, such as a preview of the file', async () => {
    const shown = { provideTextDocumentContent: () => typeless };
    const provider = vscode.workspace.registerTextDocumentContentProvider('some-preview', shown);
    const uri = inWorkspace('previewed', '.mcp.json').with({ scheme: 'some-preview' });
    try {
      await open(uri);
      await api.whenIdle();
      assert.deepEqual(rulesAt(uri), []);
    } finally {
      provider.dispose();
    }
  });

  it('stand at the characters concerned, with a link to the page', async () => {
    const uri = inWorkspace('placed', '.mcp.json');
    await writeText(uri, typeless);
    await waitForRules(uri, ['server-type-missing']);
    const [diagnostic] = vscode.languages.getDiagnostics(uri);
    const { code, severity, range, message } = diagnostic ?? assert.fail();
    const document = await vscode.workspace.openTextDocument(uri);
    assert.deepEqual(
      {
        text: document.getText(range),
        severity,
        message,
        target: typeof code === 'object' ? code.target.toString() : undefined,
      },
      {
        text: '"docs"',
        severity: vscode.DiagnosticSeverity.Error,
        message: 'This server will not load: it has a url but no type. Add "type": "http".',
        target: vscode.Uri.parse(
          'command:mcpAuth.rule.explain?%5B%22server-type-missing%22%5D',
        ).toString(),
      },
    );
  });

  it('are repaired in one step that undo takes back, line ends kept', async () => {
    const uri = inWorkspace('repaired', '.mcp.json');
    await writeText(uri, typeless);
    const document = await open(uri);
    await waitForRules(uri, ['server-type-missing']);
    const actions = await lightbulbAt(uri, 'server-type-missing');
    assert.deepEqual([...actions.keys()], ['Add "type": "http"', 'Add "type": "sse"']);
    await take(actions.get('Add "type": "http"'));
    assert.equal(document.getText(), typeless.replace('{ "url"', '{ "type": "http", "url"'));
    assert.deepEqual(rulesAt(uri), []);
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), typeless);
  });

  it('change their severity and go away with the setting', async () => {
    const uri = inWorkspace('settings', '.mcp.json');
    await writeText(uri, typeless);
    await waitForRules(uri, ['server-type-missing']);
    const settings = vscode.workspace.getConfiguration('mcpAuth');
    const target = vscode.ConfigurationTarget.Workspace;
    try {
      await settings.update('rules', { 'server-type-missing': 'off' }, target);
      await waitForRules(uri, []);
    } finally {
      await settings.update('rules', undefined, target);
    }
    await waitForRules(uri, ['server-type-missing']);
  });

  it('are told for an empty file, a huge one, rubbish and a plugin by its own rules', async () => {
    const files: readonly [path: string, text: string | Uint8Array, rules: readonly string[]][] = [
      ['empty', '', []],
      ['huge', `{"mcpServers":{}}${' '.repeat(3 * 1024 * 1024)}`, ['file-too-large']],
      [
        'rubbish',
        Uint8Array.from({ length: 5000 }, (_, index) => (index * 7919) % 256),
        ['json-invalid'],
      ],
      [
        'bare',
        '{"docs": {"url": "https://h.example"}}',
        ['servers-key-missing', 'server-type-missing'],
      ],
    ];
    for (const [path, content, rules] of files) {
      const uri = inWorkspace(path, '.mcp.json');
      const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
      await vscode.workspace.fs.writeFile(uri, bytes);
      await waitForRules(uri, rules);
    }
    await writeText(inWorkspace('plugin', '.claude-plugin', 'plugin.json'), '{"name": "p"}');
    const uri = inWorkspace('plugin', '.mcp.json');
    await writeText(
      uri,
      '{"docs": {"type": "http", "url": "https://h.example/${CLAUDE_PLUGIN_ROOT}"}}',
    );
    await waitForRules(uri, []);
    await writeText(uri, '{"docs": {"url": "https://h.example"}}');
    await waitForRules(uri, ['server-type-missing']);
  });
});
