import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
  activateExtension,
  closeAll,
  inWorkspace,
  open,
  readText,
  replaceAll,
  waitForRules,
  writeText,
} from '../support';

const folder = 'variables-language';
const value = 'not-to-be-shown';
const config = `{
  "mcpServers": {
    "wiki": {
      "type": "http",
      "url": "https://\${WIKI_HOST:-wiki.example}/mcp",
      "headers": { "X-A": "ä\\t\${WIKI_TENANT}", "X-B": "\${NPM_TOKEN}" }
    },
    "docs": {
      "type": "http",
      "url": "https://docs.example/mcp",
      "headersHelper": "sh \${CLAUDE_PROJECT_DIR:-.}/headers.sh"
    },
    "local": {
      "command": "npx",
      "args": ["--cert", "certs/client.pem", "--key", "certs/none.pem"],
      "env": { "A": "\${" }
    }
  }
}
`;
const script = '#!/bin/sh\nset -eu\nprintf \'{"X": "%s"}\' "${WIKI_TENANT:-none} $WIKI_TENANT"\n';
const files: Readonly<Record<string, string>> = {
  '.env': `# ours\r\nexport WIKI_TENANT=${value}\r\nOTHER="$WIKI_TENANT"\r\n`,
  '.env.example': '#WIKI_TENANT=\nEXAMPLE_ONLY=\n',
  'headers.sh': script,
  'README.md': 'Set WIKI_TENANT, then `WIKI_TENANT`. Not MY_WIKI_TENANT.\n',
  'certs/client.pem': '',
};
const settings = inWorkspace('.claude', 'settings.json');

const at = (name: string) => inWorkspace(folder, ...name.split('/'));

/** Puts the cursor behind the `occurrence`-th `text`. */
function positionOf(document: vscode.TextDocument, text: string, occurrence = 1): vscode.Position {
  const pieces = document.getText().split(text);
  assert.ok(pieces.length > occurrence, `${text} is not there`);
  return document.positionAt(pieces.slice(0, occurrence).join(text).length + text.length);
}

async function hoverAt(document: vscode.TextDocument, text: string): Promise<string> {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    'vscode.executeHoverProvider',
    document.uri,
    positionOf(document, text),
  );
  const all = hovers.flatMap(({ contents }) =>
    contents.map((content) => (typeof content === 'string' ? content : content.value)),
  );
  assert.ok(!all.join('').includes(value));
  return all.join('\n').replaceAll('\\', '');
}

/** The names that are offered, with where they are known from, in their order. */
async function completionsAt(
  document: vscode.TextDocument,
  position: vscode.Position,
): Promise<readonly vscode.CompletionItem[]> {
  const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
    'vscode.executeCompletionItemProvider',
    document.uri,
    position,
    '{',
  );
  return items
    .filter(({ kind }) => kind === vscode.CompletionItemKind.Variable)
    .sort((a, b) => ((a.sortText ?? '') < (b.sortText ?? '') ? -1 : 1));
}

const labelOf = ({ label }: vscode.CompletionItem) =>
  typeof label === 'string' ? label : `${label.label}: ${label.description ?? ''}`;

/** Each place as `file:line:text`. */
async function shown(
  locations: readonly { readonly uri: vscode.Uri; readonly range: vscode.Range }[],
): Promise<readonly string[]> {
  return Promise.all(
    locations.map(async ({ uri, range }) => {
      const document = await vscode.workspace.openTextDocument(uri);
      const path = vscode.workspace.asRelativePath(uri);
      return `${path}:${range.start.line + 1}:${document.getText(range)}`;
    }),
  );
}

function rename(
  document: vscode.TextDocument,
  position: vscode.Position,
  newName: string,
): Thenable<vscode.WorkspaceEdit> {
  return vscode.commands.executeCommand<vscode.WorkspaceEdit>(
    'vscode.executeDocumentRenameProvider',
    document.uri,
    position,
    newName,
  );
}

/**
 * Writes until the writing is seen: what comes first into a new folder may be missed, because the
 * folder is not watched yet.
 */
async function writeSeen(uri: vscode.Uri, text: string): Promise<void> {
  const pattern = `**/${vscode.workspace.asRelativePath(uri)}`;
  const watcher = vscode.workspace.createFileSystemWatcher(pattern);
  const seen = new Promise<void>((resolve) => {
    watcher.onDidCreate(() => resolve());
    watcher.onDidChange(() => resolve());
  });
  await writeText(uri, text);
  const timer = setInterval(() => void writeText(uri, text), 1000);
  await seen;
  clearInterval(timer);
  watcher.dispose();
}

/** Settles when a problem at `uri` says `text`, now or after a change. */
async function waitForMessage(uri: vscode.Uri, text: string): Promise<void> {
  const isSaid = () =>
    vscode.languages.getDiagnostics(uri).some(({ message }) => message.includes(text));
  while (!isSaid()) {
    await new Promise<void>((resolve) => {
      const subscription = vscode.languages.onDidChangeDiagnostics(() => {
        subscription.dispose();
        resolve();
      });
    });
  }
}

describe('the name of a variable', () => {
  before(async function () {
    this.timeout(120_000);
    const { whenIdle } = await activateExtension();
    for (const [name, text] of Object.entries(files)) {
      await writeSeen(at(name), text);
    }
    await writeText(at('.mcp.json'), config);
    await waitForMessage(at('.mcp.json'), 'It is in .env, which Claude Code does not read.');
    await writeSeen(
      settings,
      '{\n  // ours\n  "env": { "WIKI_TENANT": "x", "UNRELATED": "y" }\n}\n',
    );
    await waitForMessage(at('.mcp.json'), 'WIKI_TENANT is set in .claude/settings.json');
    await waitForMessage(at('.mcp.json'), 'none.pem');
    await whenIdle();
  });
  beforeEach(async () => {
    await vscode.commands.executeCommand('vscode.open', at('.mcp.json'));
  });
  afterEach(closeAll);
  after(async () => {
    await vscode.workspace.fs.delete(inWorkspace('.claude'), { recursive: true });
    await vscode.workspace.fs.delete(inWorkspace(folder), { recursive: true });
  });

  it('says on hover what becomes of it, and where it is kept', async () => {
    const document = await open(at('.mcp.json'));
    const hover = await hoverAt(document, '${WIKI_TENANT');
    assert.match(hover, /WIKI_TENANT is set in .claude\/settings.json: sessions of Claude Code/);
    assert.match(hover, /Found in: .claude\/settings.json \(sessions only, .*\) · .env \(Claude/);
    assert.match(hover, /\[Set it…\]\(command:mcpAuth.variable.set\?/);
    assert.match(await hoverAt(document, 'NPM_TOKEN'), /always reads as empty here/);
    assert.match(await hoverAt(document, 'WIKI_HOST'), /It uses the default/);
    assert.doesNotMatch(await hoverAt(document, '"X-'), /Found in|Claude Code would look/);
  });

  it('says on hover in a .env, in settings and in a script who reads it there', async () => {
    const dotEnv = await open(at('.env'));
    assert.match(
      await hoverAt(dotEnv, 'WIKI_TENANT'),
      /does not read this file\. .* Referred to by wiki in variables-language\/.mcp.json\./,
    );
    assert.equal(await hoverAt(dotEnv, 'OTHER'), '');
    const inSettings = await open(settings);
    assert.match(await hoverAt(inSettings, 'WIKI_TENANT'), /Sessions of Claude Code read this/);
    assert.doesNotMatch(await hoverAt(inSettings, 'UNRELATED'), /Claude Code read/);
    const helper = await open(at('headers.sh'));
    assert.match(await hoverAt(helper, '${WIKI_TENANT'), /so the helper does not find it/);
  });

  it('is offered behind ${ with where it is known from, those in use first', async () => {
    const document = await open(at('.mcp.json'));
    const items = await completionsAt(document, positionOf(document, '"A": "${'));
    const labels = items.map(labelOf);
    const own = ['EXAMPLE_ONLY: .env.example', 'OTHER: .env', 'UNRELATED: .claude/settings.json'];
    assert.ok(labels.includes('WIKI_TENANT: .claude/settings.json'));
    assert.ok(labels.includes('WIKI_HOST: used in variables-language/.mcp.json'));
    assert.ok(labels.includes("PATH: this window's environment"));
    const places = [
      'WIKI_TENANT: .claude/settings.json',
      ...own,
      "PATH: this window's environment",
    ];
    const order = places.map((label) => labels.indexOf(label));
    assert.deepEqual(
      order,
      [...order].sort((a, b) => a - b),
    );
    assert.ok(!order.includes(-1), JSON.stringify({ places, order }));
    assert.ok(!JSON.stringify(items).includes(value));
    assert.equal(items.find((item) => labelOf(item).startsWith('OTHER'))?.insertText, 'OTHER}');
  });

  it('is offered in the middle of a string, and replaces the name that stands there', async () => {
    const document = await open(at('.mcp.json'));
    const items = await completionsAt(document, positionOf(document, '\\t${WIKI_'));
    const item = items.find((it) => labelOf(it).startsWith('EXAMPLE_ONLY'));
    assert.ok(item?.range && 'replacing' in item.range);
    assert.equal(item.insertText, 'EXAMPLE_ONLY');
    assert.deepEqual(
      [document.getText(item.range.inserting), document.getText(item.range.replacing)],
      ['WIKI_', 'WIKI_TENANT'],
    );
    // It would always read as empty in a header.
    assert.ok(!items.some((it) => labelOf(it).startsWith('NPM_TOKEN')));
  });

  it('is not offered where Claude Code expands nothing', async () => {
    const document = await open(at('.mcp.json'));
    for (const text of ['"sh ${', '"mcpServers": {', '"X-B": "$']) {
      assert.deepEqual(await completionsAt(document, positionOf(document, text)), []);
    }
  });

  it('has a word behind it where a person wants that', async () => {
    const document = await open(at('.mcp.json'));
    const all = new vscode.Range(0, 0, document.lineCount, 0);
    const hints = async () => {
      const found = await vscode.commands.executeCommand<vscode.InlayHint[]>(
        'vscode.executeInlayHintProvider',
        document.uri,
        all,
      );
      return found.map(({ label, position }) => {
        const before = document.lineAt(position.line).text.slice(0, position.character);
        return [/\$\{(\w+)[^{]*\}$/.exec(before)?.[1], label];
      });
    };
    assert.deepEqual(await hints(), []);
    const configuration = vscode.workspace.getConfiguration('mcpAuth.variables');
    await configuration.update('inlayHints', true, vscode.ConfigurationTarget.Workspace);
    assert.deepEqual(await hints(), [
      ['WIKI_HOST', 'default'],
      ['WIKI_TENANT', 'set in sessions'],
      ['NPM_TOKEN', 'always blank'],
    ]);
    await configuration.update('inlayHints', undefined, vscode.ConfigurationTarget.Workspace);
    assert.deepEqual(await hints(), []);
  });

  it('leads to the lines that set it, the one that counts first', async () => {
    const document = await open(at('.mcp.json'));
    const links = await vscode.commands.executeCommand<vscode.LocationLink[]>(
      'vscode.executeDefinitionProvider',
      document.uri,
      positionOf(document, '${WIKI_TENANT'),
    );
    assert.deepEqual(
      await shown(links.map(({ targetUri: uri, targetRange: range }) => ({ uri, range }))),
      ['.claude/settings.json:3:WIKI_TENANT', `${folder}/.env:2:WIKI_TENANT`],
    );
    assert.deepEqual(
      links.map(({ originSelectionRange }) => document.getText(originSelectionRange)),
      ['WIKI_TENANT', 'WIKI_TENANT'],
    );
  });

  it('leads to every place that names it, from each kind of file', async () => {
    const expected = [
      '.claude/settings.json:3:WIKI_TENANT',
      `${folder}/.env.example:1:WIKI_TENANT`,
      `${folder}/.env:2:WIKI_TENANT`,
      `${folder}/.env:3:WIKI_TENANT`,
      `${folder}/.mcp.json:6:WIKI_TENANT`,
      `${folder}/README.md:1:WIKI_TENANT`,
      `${folder}/README.md:1:WIKI_TENANT`,
      `${folder}/headers.sh:3:WIKI_TENANT`,
      `${folder}/headers.sh:3:WIKI_TENANT`,
    ];
    for (const uri of [settings, ...['.env', '.mcp.json', 'README.md', 'headers.sh'].map(at)]) {
      const document = await open(uri);
      const locations = await vscode.commands.executeCommand<vscode.Location[]>(
        'vscode.executeReferenceProvider',
        uri,
        positionOf(document, 'WIKI_TENANT'),
      );
      assert.deepEqual([...(await shown(locations))].sort(), expected, uri.path);
    }
  });

  it('is renamed in all of them, as they are typed', async () => {
    const dotEnv = await open(at('.env'));
    await replaceAll(dotEnv, `${dotEnv.getText()}TYPED=$WIKI_TENANT`);
    const document = await open(at('.mcp.json'));
    const edit = await rename(document, positionOf(document, '${WIKI_TEN'), 'WIKI_SPACE');
    assert.equal(edit.size, 6);
    assert.ok(await vscode.workspace.applyEdit(edit));
    const renamed = (text: string) => text.replaceAll(/(?<!MY_)WIKI_TENANT/g, 'WIKI_SPACE');
    const texts = await Promise.all(
      [settings, ...['.mcp.json', '.env', '.env.example', 'headers.sh', 'README.md'].map(at)].map(
        async (uri) => (await vscode.workspace.openTextDocument(uri)).getText(),
      ),
    );
    assert.deepEqual(texts, [
      renamed(await readText(settings)),
      renamed(config),
      renamed(`${files['.env']}TYPED=$WIKI_TENANT`),
      renamed(files['.env.example'] ?? ''),
      renamed(script),
      renamed(files['README.md'] ?? ''),
    ]);
    for (const uri of vscode.workspace.textDocuments.filter(({ isDirty }) => isDirty)) {
      await open(uri.uri);
      await vscode.commands.executeCommand('workbench.action.files.revert');
    }
    assert.equal(document.getText(), config);
  });

  for (const [newName, why] of [
    ['1A', /"1A" cannot be the name of a variable/],
    ['OTHER', /OTHER is the name of another variable: it stands in variables-language\/.env/],
    ['PATH', /PATH is the name of another variable: it stands in this window's environment/],
    ['NPM_TOKEN', /is the name of another variable/],
    ['GOPROXY', /GOPROXY always reads as empty in "url" and "headers"/],
    ['WIKI_TOKEN', /A headersHelper reads this variable/],
    ['CLAUDE_PLUGIN_ROOT', /Claude Code sets CLAUDE_PLUGIN_ROOT itself/],
    ['WIKI_TENANT', /is called WIKI_TENANT already/],
  ] as const) {
    it(`does not become ${newName}`, async () => {
      const document = await open(at('.mcp.json'));
      await assert.rejects(
        async () => rename(document, positionOf(document, '${WIKI_TENANT'), newName),
        why,
      );
    });
  }

  it('is not renamed where no configuration refers to it', async () => {
    const document = await open(at('.env'));
    const prepare = (text: string) =>
      vscode.commands.executeCommand<{ placeholder: string }>(
        'vscode.prepareRename',
        document.uri,
        positionOf(document, text),
      );
    await assert.rejects(async () => prepare('OTHER'), /No MCP configuration .* refers to OTHER/);
    await assert.rejects(async () => prepare('# o'), /There is no variable/);
    assert.equal((await prepare('export WIKI')).placeholder, 'WIKI_TENANT');
  });
});

describe('a variable that several files set', () => {
  before(activateExtension);
  afterEach(closeAll);

  it('leads to the value that counts, not to the nearest file', async () => {
    const counts = inWorkspace('.env.local');
    const near = inWorkspace('ordered', '.env');
    await writeText(counts, 'IN_ORDER=x\n');
    await writeText(near, 'IN_ORDER=y\n');
    const config = inWorkspace('ordered', '.mcp.json');
    await writeText(config, '{"mcpServers": {"a": {"command": "${IN_ORDER}"}}}');
    const document = await open(config);
    await waitForRules(config, ['variable-unset']);
    // The command that only tells them sorts them by their paths.
    const locations = vscode.workspace.getConfiguration('editor.gotoLocation');
    const setGoTo = (how: string | undefined) =>
      locations.update('multipleDefinitions', how, vscode.ConfigurationTarget.Global);
    await setGoTo('goto');
    try {
      const editor = vscode.window.activeTextEditor ?? assert.fail();
      const at = positionOf(document, '${IN_OR');
      editor.selection = new vscode.Selection(at, at);
      await vscode.commands.executeCommand('editor.action.revealDefinition');
      assert.equal(vscode.window.activeTextEditor?.document.uri.path, counts.path);
    } finally {
      await setGoTo(undefined);
      for (const uri of [counts, near, config]) {
        await vscode.workspace.fs.delete(uri);
      }
    }
  });
});

describe('a file that a configuration names', () => {
  before(activateExtension);
  afterEach(closeAll);

  it('opens with a click where it is there', async () => {
    const uri = inWorkspace('linked', '.mcp.json');
    await writeText(inWorkspace('linked', 'certs', 'client.pem'), '');
    await writeText(inWorkspace('linked', 'headers.sh'), script);
    await writeText(uri, config);
    const document = await open(uri);
    const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>(
      'vscode.executeLinkProvider',
      uri,
    );
    assert.deepEqual(
      links
        .filter(({ target }) => target?.scheme === 'file')
        .map(({ range, target }) => [
          document.getText(range),
          target && vscode.workspace.asRelativePath(target),
        ]),
      [
        ['${CLAUDE_PROJECT_DIR:-.}/headers.sh', 'linked/headers.sh'],
        ['certs/client.pem', 'linked/certs/client.pem'],
      ],
    );
    await vscode.workspace.fs.delete(inWorkspace('linked'), { recursive: true });
  });
});
