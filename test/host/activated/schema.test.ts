import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { activateExtension, closeAll, inWorkspace, open, writeText } from '../support';

/** Opens a new file with `text`, without the `|` that tells the position asked for. */
async function openAt(path: readonly string[], text: string) {
  const uri = inWorkspace('schema', ...path);
  await writeText(uri, text.replace('|', ''));
  const document = await open(uri);
  return { uri, position: document.positionAt(text.indexOf('|')) };
}

async function complete(path: readonly string[], text: string): Promise<vscode.CompletionItem[]> {
  const { uri, position } = await openAt(path, text);
  const list = await vscode.commands.executeCommand<vscode.CompletionList>(
    'vscode.executeCompletionItemProvider',
    uri,
    position,
  );
  return list.items.filter(({ kind }) => kind !== vscode.CompletionItemKind.Snippet);
}

async function hover(path: readonly string[], text: string): Promise<readonly string[]> {
  const { uri, position } = await openAt(path, text);
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    'vscode.executeHoverProvider',
    uri,
    position,
  );
  return hovers.flatMap(({ contents }) =>
    contents.map((content) => (typeof content === 'string' ? content : content.value)),
  );
}

function labelsOf(items: readonly vscode.CompletionItem[]): readonly string[] {
  return items.map(({ label }) => (typeof label === 'string' ? label : label.label));
}

describe('completion and hover', () => {
  before(async () => {
    await activateExtension();
    // The editor's own extension for JSON; what it offers comes from our schema.
    await vscode.extensions.getExtension('vscode.json-language-features')?.activate();
  });
  afterEach(closeAll);

  it('offer each type once, with a word on it', async () => {
    const items = await complete(['.mcp.json'], '{"mcpServers": {"a": {"type": |}}}');
    assert.deepEqual([...labelsOf(items)].sort(), [
      '"http"',
      '"sse"',
      '"stdio"',
      '"streamable-http"',
      '"ws"',
    ]);
    assert.ok(items.every(({ documentation }) => documentation !== undefined));
  });

  it('offer the fields of the transport, in each kind of file', async () => {
    const remote = '{"mcpServers": {"a": {"type": "http", |}}}';
    const local = '{"mcpServers": {"a": {"command": "x", |}}}';
    for (const path of [
      ['.mcp.json'],
      ['managed-mcp.json'],
      ['.claude.json'],
      ['.claude-plugin', 'plugin.json'],
    ]) {
      const [ofRemote, ofLocal] = [
        labelsOf(await complete(['remote', ...path], remote)),
        labelsOf(await complete(['local', ...path], local)),
      ];
      assert.deepEqual(
        ['headersHelper', 'env'].map((key) => [ofRemote.includes(key), ofLocal.includes(key)]),
        [
          [true, false],
          [false, true],
        ],
        path.join('/'),
      );
    }
  });

  it('say once what a field is for', async () => {
    const said = await hover(
      ['.mcp.json'],
      '{"mcpServers": {"a": {"type": "http", "|oauth": {}}}}',
    );
    assert.equal(said.length, 1);
    assert.match(said[0] ?? '', /How to sign in/);
  });

  it('make no problem of their own', async () => {
    const wrong = '{"mcpServers": {"a": {"type": 1, "headers": [], "command": null|}}}';
    const { uri } = await openAt(['wrong', '.mcp.json'], wrong);
    const valid = '{"mcpServers": {"a": {"command": "x", }}}';
    // A syntax error beside it shows when the editor has looked at the file.
    const other = await openAt(['other', '.mcp.json'], `${valid}|`);
    await new Promise<void>((resolve) => {
      const subscription = vscode.languages.onDidChangeDiagnostics(() => {
        if (vscode.languages.getDiagnostics(other.uri).some(isFromEditor)) {
          subscription.dispose();
          resolve();
        }
      });
    });
    assert.deepEqual(vscode.languages.getDiagnostics(uri).filter(isFromEditor), []);
  });
});

function isFromEditor({ source }: vscode.Diagnostic): boolean {
  return source !== 'mcp-auth';
}
