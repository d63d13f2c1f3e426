import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { credentialsFor } from '../../support/claudeCredentials';
import {
  activateExtension,
  closeAll,
  inWorkspace,
  lensesAt,
  lightbulbAt,
  open,
  rulesAt,
  take,
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

  it('the sign-ins of Claude Code are not read, whatever the setting', async () => {
    const url = 'http://127.0.0.1:9/mcp';
    const folder = join(homedir(), '.claude');
    mkdirSync(folder, { recursive: true });
    const credentials = join(folder, '.credentials.json');
    writeFileSync(credentials, credentialsFor(url, [{ name: 'a', headers: {} }]));
    const settings = vscode.workspace.getConfiguration('mcpAuth');
    const target = vscode.ConfigurationTarget.Global;
    await settings.update('claude.readSignIns', 'always', target);
    try {
      const uri = inWorkspace('signed-in', '.mcp.json');
      await writeText(uri, JSON.stringify({ mcpServers: { a: { type: 'http', url } } }));
      await open(uri);
      const { whenIdle } = await activateExtension();
      await whenIdle();
      assert.deepEqual(await lensesAt(uri), ['1: not tested']);
    } finally {
      await settings.update('claude.readSignIns', undefined, target);
      rmSync(credentials);
    }
  });

  it('the login shell is not started', async () => {
    const trace = join(homedir(), 'shell-ran');
    const files = ['.profile', '.zshenv'].map((name) => join(homedir(), name));
    files.forEach((file) => writeFileSync(file, `touch '${trace}'\n`));
    const settings = vscode.workspace.getConfiguration('mcpAuth');
    const target = vscode.ConfigurationTarget.Global;
    await settings.update('variables.readLoginShell', true, target);
    try {
      await vscode.commands.executeCommand('mcpAuth.loginShell.read');
      const { whenIdle } = await activateExtension();
      await whenIdle();
      assert.equal(existsSync(trace), false);
    } finally {
      await settings.update('variables.readLoginShell', undefined, target);
      files.forEach((file) => rmSync(file));
    }
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

  it('no server is tested, and the lens over one has its state alone', async () => {
    const uri = inWorkspace('tested', '.mcp.json');
    const entry = { type: 'http', url: 'http://127.0.0.1:9/mcp', headers: { 'X-Key': '${KEY}' } };
    const broken = { url: entry.url };
    await writeText(uri, JSON.stringify({ mcpServers: { entry, broken } }));
    await open(uri);
    await waitForRules(uri, ['server-type-missing']);
    const lenses = ['1: not tested', '1: will not load'];
    assert.deepEqual(await lensesAt(uri), lenses);
    const id = JSON.stringify([String(uri), 'mcpServers', 'entry']);
    // Each would wait for an answer if it went on.
    for (const command of ['server.test', 'server.compare', 'servers.testAll', 'denyTools']) {
      await vscode.commands.executeCommand(`mcpAuth.${command}`, { id });
    }
    assert.deepEqual(await lensesAt(uri), lenses);
  });

  it('Claude Code is not opened, and nothing is stored or listed', async () => {
    const uri = inWorkspace('kept', '.mcp.json');
    await writeText(uri, '{"mcpServers": {"a": {"command": "${NOT_SET}"}}}');
    await waitForRules(uri, []);
    const argument = { uri: String(uri), name: 'NOT_SET' };
    // Each would wait for an answer if it went on.
    for (const command of ['claude.openWithSecrets', 'variable.set', 'secrets.manage']) {
      await vscode.commands.executeCommand(`mcpAuth.${command}`, argument);
    }
    assert.deepEqual(vscode.window.terminals, []);
  });

  it('no literal is moved, searched for or copied, and nobody is signed in', async () => {
    const credential = '3f9d2b7c81e64a05'.repeat(2);
    const uri = inWorkspace('commands', '.mcp.json');
    const headers = { 'X-API-Key': credential };
    const text = JSON.stringify({
      mcpServers: { a: { type: 'http', url: 'https://h.example', headers } },
    });
    await writeText(uri, text);
    const cwd = inWorkspace('commands').fsPath;
    const who = ['-c', 'user.name=a', '-c', 'user.email=a@example.com'];
    const unsigned = ['-c', 'commit.gpgsign=false'];
    execFileSync('git', ['init', '--quiet'], { cwd });
    execFileSync('git', ['add', '.mcp.json'], { cwd });
    execFileSync('git', [...who, ...unsigned, 'commit', '--quiet', '-m', 'x'], { cwd });
    const document = await open(uri);
    await waitForRules(uri, ['secret-literal']);
    await vscode.env.clipboard.writeText('before');
    const id = JSON.stringify([String(uri), 'mcpServers', 'a']);
    // Each would wait for an answer, or leave what is looked for below, if it went on.
    for (const command of [
      'secrets.moveAll',
      'secrets.searchHistory',
      'server.copyAsCurl',
      'server.signIn',
    ]) {
      await vscode.commands.executeCommand(`mcpAuth.${command}`, { uri: String(uri), id });
    }
    const { whenIdle } = await activateExtension();
    await whenIdle();
    const files = await vscode.workspace.fs.readDirectory(inWorkspace('commands'));
    assert.deepEqual(files.map(([name]) => name).sort(), ['.git', '.mcp.json']);
    assert.deepEqual(
      [document.getText(), document.isDirty, rulesAt(uri)],
      [text, false, ['secret-literal']],
    );
    assert.deepEqual(
      [vscode.window.terminals, vscode.window.activeTextEditor?.document.uri.path],
      [[], uri.path],
    );
    assert.equal(await vscode.env.clipboard.readText(), 'before');
  });

  it('a reference can take the place of a literal, and its value goes nowhere', async () => {
    const uri = inWorkspace('literal', '.mcp.json');
    const headers = { 'X-API-Key': '3f9d2b7c81e64a05'.repeat(2) };
    const entry = { type: 'http', url: 'https://h.example', headers };
    await writeText(uri, JSON.stringify({ mcpServers: { a: entry } }));
    await open(uri);
    await waitForRules(uri, ['secret-literal']);
    const actions = await lightbulbAt(uri, 'secret-literal');
    assert.deepEqual([...actions.keys()], ['Replace it by ${A_API_KEY}']);
    const [action] = actions.values();
    assert.equal(action?.command, undefined);
    await vscode.env.clipboard.writeText('before');
    await take(action);
    const { document } = vscode.window.activeTextEditor ?? assert.fail();
    assert.ok(document.getText().includes('"X-API-Key":"${A_API_KEY}"'));
    assert.equal(await vscode.env.clipboard.readText(), 'before');
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
    const words = hovers
      .flatMap(({ contents }) =>
        contents.map((content) => (typeof content === 'string' ? content : content.value)),
      )
      // The schema has a hover of its own, here without words.
      .filter((content) => content !== '');
    assert.deepEqual(words, [
      'Whether HERE is set is not looked up: this workspace is not trusted.',
    ]);
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

  it('no word stands behind a reference, where a person has turned that on', async () => {
    const uri = inWorkspace('inlay', '.mcp.json');
    const headers = { A: '${HERE:-x}', B: '${NPM_TOKEN}' };
    const entry = { type: 'http', url: 'https://h.example/mcp', headers };
    await writeText(uri, JSON.stringify({ mcpServers: { entry } }));
    const document = await open(uri);
    await waitForRules(uri, ['variable-blanked']);
    const configuration = vscode.workspace.getConfiguration('mcpAuth.variables');
    await configuration.update('inlayHints', true, vscode.ConfigurationTarget.Global);
    try {
      const hints = await vscode.commands.executeCommand<unknown[]>(
        'vscode.executeInlayHintProvider',
        uri,
        new vscode.Range(0, 0, document.lineCount, 0),
      );
      assert.deepEqual(hints, []);
    } finally {
      await configuration.update('inlayHints', undefined, vscode.ConfigurationTarget.Global);
    }
  });

  it('what values become is not told, and no .env.example is written', async () => {
    const uri = inWorkspace('refused', '.mcp.json');
    const entry = { command: 'x', args: ['${MCP_AUTH_TEST_NAME}'], cwd: '/' };
    await writeText(uri, JSON.stringify({ mcpServers: { a: entry } }));
    await waitForRules(uri, ['field-ignored']);
    const argument = { uri: uri.toString() };
    await vscode.commands.executeCommand('mcpAuth.variable.explain', argument);
    await vscode.commands.executeCommand('mcpAuth.envExample.update', argument);
    const becomes = vscode.Uri.from({
      scheme: 'mcp-auth-becomes',
      path: '/x.md',
      query: JSON.stringify({ file: uri.toString() }),
    });
    const document = await vscode.workspace.openTextDocument(becomes);
    assert.match(document.getText(), /trusted workspace alone/);
    const files = await vscode.workspace.fs.readDirectory(inWorkspace('refused'));
    assert.deepEqual(
      files.map(([name]) => name),
      ['.mcp.json'],
    );
  });
});
