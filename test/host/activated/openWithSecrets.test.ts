import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { chmodSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import * as vscode from 'vscode';
import { filesWith } from '../../support/traces';
import {
  activateExtension,
  closeAll,
  inWorkspace,
  lightbulbAt,
  open,
  take,
  waitForRules,
  writeText,
} from '../support';

const hashOf = (value: string) => createHash('sha256').update(value).digest('hex');
const canary = `canary-${'7c81e64a05'.repeat(2)}`;

/** What a `claude` finds in its environment: the hash of each variable by name. */
type Seen = Readonly<Record<string, string>>;

describe('Open Claude Code with Secrets', () => {
  // In a folder that a shell would take apart, if the path were not quoted.
  const bin = inWorkspace("claude's bin $(x)");
  const claude = vscode.Uri.joinPath(bin, 'claude');

  before(async () => {
    await activateExtension();
    const script = `#!/usr/bin/env node
const { createHash } = require('node:crypto');
const hash = (value) => createHash('sha256').update(value).digest('hex');
const entries = Object.entries(process.env).map(([name, value]) => [name, hash(value)]);
const { writeFileSync, renameSync } = require('node:fs');
writeFileSync('seen.tmp', JSON.stringify(Object.fromEntries(entries)));
renameSync('seen.tmp', 'seen.json');
`;
    await writeText(claude, script);
    chmodSync(claude.fsPath, 0o755);
    await settings().update('claude.path', claude.fsPath, vscode.ConfigurationTarget.Global);
  });

  after(async () => {
    await settings().update('claude.path', undefined, vscode.ConfigurationTarget.Global);
  });

  afterEach(async () => {
    vscode.window.terminals.forEach((terminal) => terminal.dispose());
    await closeAll();
  });

  const settings = () => vscode.workspace.getConfiguration('mcpAuth');

  /** What the next `claude` in `folder` finds. */
  function seenIn(folder: string): Promise<Seen> {
    return new Promise((resolve) => {
      const pattern = new vscode.RelativePattern(inWorkspace(folder), 'seen.json');
      const watcher = vscode.workspace.createFileSystemWatcher(pattern);
      const read = (uri: vscode.Uri) => {
        watcher.dispose();
        resolve(JSON.parse(readFileSync(uri.fsPath, 'utf8')) as Seen);
      };
      watcher.onDidCreate(read);
      watcher.onDidChange(read);
    });
  }

  async function prepare(folder: string, env: Readonly<Record<string, string>>, dotEnv: string) {
    await writeText(inWorkspace(folder, '.env'), dotEnv);
    const uri = inWorkspace(folder, '.mcp.json');
    await writeText(uri, JSON.stringify({ mcpServers: { a: { command: 'run', env } } }));
    await open(uri);
    return uri;
  }

  it('hands over what its entries refer to, to that terminal alone', async () => {
    const values = {
      QUOTES: `'single' "double" \\ back`,
      SHELL_TEXT: '$HOME $(id) `id` %PATH% !! ;&|<>*?',
      UNICODE: 'üñíçødé 🔑 \u202e',
      LONG: 'x'.repeat(65_536),
    };
    const dotEnv = [
      `SHELL_TEXT='${values.SHELL_TEXT}'`,
      `UNICODE='${values.UNICODE}'`,
      `LONG=${values.LONG}`,
      `QUOTES=\`${values.QUOTES}\``,
      `CANARY=${canary}`,
      'NOT_REFERRED_TO=x',
    ].join('\n');
    const names = [...Object.keys(values), 'CANARY'];
    const env = Object.fromEntries(names.map((name) => [name, `\${${name}}`]));
    const uri = await prepare('terminal', env, `${dotEnv}\n`);
    await waitForRules(
      uri,
      names.map(() => 'variable-unset'),
    );
    const first = seenIn('terminal');
    await vscode.commands.executeCommand('mcpAuth.claude.openWithSecrets', { uri: String(uri) });
    const seen = await first;
    for (const [name, value] of Object.entries({ ...values, CANARY: canary })) {
      assert.equal(seen[name], hashOf(value), name);
    }
    assert.equal(seen['NOT_REFERRED_TO'], undefined);

    const terminal = vscode.window.terminals.find(({ name }) => name === 'Claude Code');
    const options = terminal?.creationOptions as vscode.TerminalOptions;
    assert.deepEqual([options.isTransient, options.env], [true, {}]);

    const second = seenIn('terminal');
    const other = vscode.window.createTerminal({ cwd: inWorkspace('terminal') });
    other.sendText(`"${claude.fsPath.replace('$', '\\$')}"`);
    assert.equal((await second)['CANARY'], undefined);

    const userData = inWorkspace('..', 'user-data').fsPath;
    assert.deepEqual(filesWith(userData, canary), []);
    // The search does find what is there.
    assert.ok(filesWith(userData, 'claude.path').length > 0);
  });

  it('hands over the value that is kept nearest, and none of what is set', async () => {
    const env = { A: '${NEAREST_TOKEN}', B: '${HOME}' };
    const far = inWorkspace('.env');
    await writeText(far, 'NEAREST_TOKEN=far\n');
    try {
      const near = await prepare('nearest', env, 'NEAREST_TOKEN=near\nHOME=no\n');
      await waitForRules(near, ['variable-unset']);
      const ofNear = seenIn('nearest');
      await vscode.commands.executeCommand('mcpAuth.claude.openWithSecrets', { uri: String(near) });
      const { NEAREST_TOKEN, HOME } = await ofNear;
      const other = await prepare('farther', env, '');
      await waitForRules(other, ['variable-unset']);
      const ofOther = seenIn('farther');
      const argument = { uri: String(other) };
      await vscode.commands.executeCommand('mcpAuth.claude.openWithSecrets', argument);
      assert.deepEqual(
        [NEAREST_TOKEN, HOME, (await ofOther)['NEAREST_TOKEN']],
        [hashOf('near'), hashOf(homedir()), hashOf('far')],
      );
    } finally {
      await vscode.workspace.fs.delete(far);
    }
  });

  it('hands over what was moved to the keychain', async () => {
    const credential = '5e1f0a9c3b7d2846'.repeat(2);
    const uri = inWorkspace('keychain', '.mcp.json');
    const headers = { 'X-API-Key': credential };
    const entry = { type: 'http', url: 'https://h.example/mcp', headers };
    await writeText(uri, JSON.stringify({ mcpServers: { hub: entry } }));
    await open(uri);
    await waitForRules(uri, ['secret-literal']);
    const actions = await lightbulbAt(uri, 'secret-literal');
    const title = [...actions.keys()].find((one) => one.endsWith('in the OS keychain')) ?? '';
    const name = /\$\{(\w+)\}/.exec(title)?.[1] ?? assert.fail('the keychain is not offered');
    void take(actions.get(title));
    await waitForRules(uri, ['variable-unset']);
    const first = seenIn('keychain');
    await vscode.commands.executeCommand('mcpAuth.claude.openWithSecrets', { uri: String(uri) });
    assert.equal((await first)[name], hashOf(credential));
  });
});
