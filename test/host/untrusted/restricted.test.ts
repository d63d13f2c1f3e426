import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
  activateExtension,
  closeAll,
  inWorkspace,
  lightbulbAt,
  open,
  rulesAt,
  waitForRules,
  writeText,
} from '../support';

describe('in a workspace that is not trusted', () => {
  before(activateExtension);
  afterEach(closeAll);

  it('problems are found, and variables are not called unset', async () => {
    assert.equal(vscode.workspace.isTrusted, false);
    const uri = inWorkspace('static', '.mcp.json');
    await writeText(
      uri,
      JSON.stringify({
        mcpServers: {
          a: {
            type: 'http',
            url: 'https://h.example',
            headers: { Authorization: 'Bearer ${NOT_SET}' },
          },
          b: { url: 'https://h.example' },
        },
      }),
    );
    await waitForRules(uri, ['server-type-missing']);
  });

  it('no file that a configuration names is looked at', async () => {
    const uri = inWorkspace('helper', '.mcp.json');
    const headersHelper = 'sh ${CLAUDE_PROJECT_DIR:-.}/not-there.sh';
    const entry = { type: 'http', url: 'http://h.example/mcp', headersHelper };
    await writeText(uri, JSON.stringify({ mcpServers: { entry } }));
    await waitForRules(uri, ['url-insecure']);
    const { whenIdle } = await activateExtension();
    await whenIdle();
    assert.deepEqual(rulesAt(uri), ['url-insecure']);
  });

  it('a problem can be accepted', async () => {
    const uri = inWorkspace('accepted', '.mcp.json');
    await writeText(uri, '{"mcpServers": {"a": {"url": "https://h.example"}}}');
    await waitForRules(uri, ['server-type-missing']);
    const settings = vscode.workspace.getConfiguration('mcpAuth', uri);
    const target = vscode.ConfigurationTarget.WorkspaceFolder;
    await settings.update('suppressed', [{ rule: 'server-type-missing', reason: 'r' }], target);
    await waitForRules(uri, []);
    await settings.update('suppressed', undefined, target);
    await waitForRules(uri, ['server-type-missing']);
  });

  it('a literal can be copied, but no file is written and git is not asked', async () => {
    const uri = inWorkspace('literal', '.mcp.json');
    const headers = { 'X-API-Key': '3f9d2b7c81e64a05'.repeat(2) };
    const entry = { type: 'http', url: 'https://h.example', headers };
    await writeText(uri, JSON.stringify({ mcpServers: { a: entry } }));
    await open(uri);
    await waitForRules(uri, ['secret-literal']);
    const titles = [...(await lightbulbAt(uri, 'secret-literal')).keys()];
    assert.deepEqual(titles, ['Move to ${A_API_KEY} and copy the value once']);
  });

  it('variables are offered and explained from the file alone', async () => {
    const uri = inWorkspace('variables', '.mcp.json');
    await writeText(inWorkspace('variables', '.env'), 'IN_DOT_ENV=x\n');
    await writeText(inWorkspace('variables', 'headers.sh'), 'echo "$HERE"\n');
    const headers = { A: '${HERE}', B: '${NPM_TOKEN}', C: '${' };
    const headersHelper = 'sh ./headers.sh';
    const entry = { type: 'http', url: 'https://h.example/mcp', headers, headersHelper };
    await writeText(uri, JSON.stringify({ mcpServers: { entry } }));
    const document = await open(uri);
    await waitForRules(uri, ['variable-blanked', 'helper-relative']);
    const at = (text: string) =>
      document.positionAt(document.getText().indexOf(text) + text.length);
    const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
      'vscode.executeCompletionItemProvider',
      uri,
      at('"C":"${'),
      '{',
    );
    assert.deepEqual(
      items
        .filter(({ kind }) => kind === vscode.CompletionItemKind.Variable)
        .map(({ label }) => label),
      [{ label: 'HERE', description: 'used in variables/.mcp.json' }],
    );
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      uri,
      at('${HER'),
    );
    const words = hovers.flatMap(({ contents }) =>
      contents.map((content) => (typeof content === 'string' ? content : content.value)),
    );
    // The schema has a hover of its own, here without words.
    assert.deepEqual(
      words.filter((it) => it !== ''),
      ['Whether HERE is set is not looked up: this workspace is not trusted.'],
    );
    const references = await vscode.commands.executeCommand<unknown[]>(
      'vscode.executeReferenceProvider',
      uri,
      at('${HER'),
    );
    const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>(
      'vscode.executeLinkProvider',
      uri,
    );
    const isFile = ({ target }: vscode.DocumentLink) => target?.scheme === 'file';
    assert.deepEqual([references, links.filter(isFile)], [[], []]);
    await assert.rejects(
      async () => vscode.commands.executeCommand('vscode.prepareRename', uri, at('${HER')),
      /needs a trusted workspace/,
    );
  });
});
