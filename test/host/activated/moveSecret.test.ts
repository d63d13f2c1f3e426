import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import {
  acceptUntil,
  activateExtension,
  closeAll,
  inWorkspace,
  lightbulbAt,
  open,
  readText,
  replaceAll,
  take,
  waitForRules,
  writeText,
} from '../support';

const credential = `ghp_${'a1B2c3D4e5F6'.repeat(3)}`;
const literal = `{
  "mcpServers": {
    "github": {
      "type": "http",
      "url": "https://mcp.example.com/mcp",
      "headers": { "Authorization": "Bearer ${credential}" }
    }
  }
}
`;
const toStore = 'Move to ${GITHUB_TOKEN} and keep the value in the OS keychain';
const toDotEnv = 'Move to ${GITHUB_TOKEN} and keep the value in .env';
const toSettings = 'Move to ${GITHUB_TOKEN} and keep the value in Claude Code settings';
const toKeychain = 'Move to the keychain as GITHUB_TOKEN, read by a headersHelper';
const toClipboard = 'Move to ${GITHUB_TOKEN} and copy a line for the shell';

/** Messages wait for a person; a test that has no use for one lets it stand. */
function start(action: vscode.CodeAction | undefined): void {
  void take(action);
}

/** Settles when the document's text is `expected`. */
async function waitForText(document: vscode.TextDocument, expected: string): Promise<void> {
  while (document.getText() !== expected) {
    await new Promise<void>((resolve) => {
      const subscription = vscode.workspace.onDidChangeTextDocument(() => {
        subscription.dispose();
        resolve();
      });
    });
  }
}

describe('a literal credential', () => {
  before(activateExtension);
  afterEach(closeAll);

  async function prepare(folder: string) {
    const uri = inWorkspace(folder, '.mcp.json');
    await writeText(uri, literal);
    const document = await open(uri);
    await waitForRules(uri, ['secret-literal']);
    return { document, actions: await lightbulbAt(uri, 'secret-literal') };
  }

  it('is never named by the message', async () => {
    const { document } = await prepare('message');
    const [diagnostic] = vscode.languages.getDiagnostics(document.uri);
    assert.equal(
      diagnostic?.message,
      'Literal GitHub token (ghp_…) in header "Authorization": everyone with access to this file can use it. Move it to a variable.',
    );
  });

  it('moves to a .env that git ignores, and undo brings it back', async () => {
    execFileSync('git', ['init', '--quiet', inWorkspace('moved').fsPath]);
    await writeText(inWorkspace('moved', '.gitignore'), 'dist');
    await writeText(inWorkspace('moved', '.env'), '# ours\nA=1\n');
    const { document, actions } = await prepare('moved');
    assert.deepEqual([...actions.keys()], [toStore, toDotEnv, toSettings, toKeychain, toClipboard]);
    start(actions.get(toDotEnv));
    await waitForText(document, literal.replace(credential, '${GITHUB_TOKEN}'));
    assert.deepEqual(
      [
        await readText(inWorkspace('moved', '.env')),
        await readText(inWorkspace('moved', '.gitignore')),
      ],
      [`# ours\nA=1\nGITHUB_TOKEN=${credential}\n`, 'dist\n.env\n'],
    );
    await open(document.uri);
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), literal);
  });

  it('moves to the keychain, and no file has it', async () => {
    const { document, actions } = await prepare('in-keychain');
    start(actions.get(toStore));
    await waitForText(document, literal.replace(credential, '${GITHUB_TOKEN}'));
    const { fsPath } = inWorkspace('in-keychain');
    assert.deepEqual(readdirSync(fsPath), ['.mcp.json']);
  });

  it('moves to a new .env that only its owner can read', async () => {
    const { document, actions } = await prepare('fresh');
    start(actions.get(toDotEnv));
    await waitForText(document, literal.replace(credential, '${GITHUB_TOKEN}'));
    assert.equal(statSync(inWorkspace('fresh', '.env').fsPath).mode & 0o777, 0o600);
  });

  it('is copied once instead, where a person prefers that', async () => {
    const { document, actions } = await prepare('copied');
    start(actions.get(toClipboard));
    await acceptUntil(() => document.getText() === literal.replace(credential, '${GITHUB_TOKEN}'));
    const line = await vscode.env.clipboard.readText();
    assert.match(line, /^ (?:export GITHUB_TOKEN=|set -gx GITHUB_TOKEN )/);
    assert.ok(line.endsWith(`'${credential}'`));
    await vscode.env.clipboard.writeText('');
  });

  it('moves to the settings that Claude Code reads, which keep what they had', async () => {
    const folder = vscode.Uri.file(join(homedir(), '.claude'));
    const settings = vscode.Uri.joinPath(folder, 'settings.json');
    await writeText(settings, '{\n  "model": "m"\n}\n');
    const { document, actions } = await prepare('settings');
    start(actions.get(toSettings));
    await waitForText(document, literal.replace(credential, '${GITHUB_TOKEN}'));
    assert.equal(
      await readText(settings),
      `{\n  "model": "m",\n  "env": {\n    "GITHUB_TOKEN": "${credential}"\n  }\n}\n`,
    );
    const names = (await vscode.workspace.fs.readDirectory(folder)).map(([name]) => name);
    assert.deepEqual(
      names.filter((name) => name.startsWith('settings')),
      ['settings.json'],
    );
    await vscode.workspace.fs.delete(settings);
  });

  it('stays where it is when the settings cannot be changed', async () => {
    const settings = vscode.Uri.file(join(homedir(), '.claude', 'settings.json'));
    for (const broken of ['{"env": ', '{"env": []}']) {
      await writeText(settings, broken);
      const { document, actions } = await prepare('broken');
      await take(actions.get(toSettings));
      assert.equal(document.getText(), literal);
      assert.equal(await readText(settings), broken);
    }
    await vscode.workspace.fs.delete(settings);
  });

  it('stays where it is when there is no keychain', async () => {
    const { document, actions } = await prepare('keychain-helper');
    await take(actions.get(toKeychain));
    assert.equal(document.getText(), literal);
  });

  it('stays where it is when .env cannot be written', async () => {
    // A folder in the place of the file: this stops root as well.
    await vscode.workspace.fs.createDirectory(inWorkspace('unwritable', '.env'));
    const { document, actions } = await prepare('unwritable');
    await take(actions.get(toDotEnv));
    assert.equal(document.getText(), literal);
  });

  it('gets its name, and no value, in the .env.example that is there', async () => {
    await writeText(inWorkspace('example', '.env.example'), '# needed\nA=\n');
    const { document, actions } = await prepare('example');
    start(actions.get(toDotEnv));
    await waitForText(document, literal.replace(credential, '${GITHUB_TOKEN}'));
    assert.equal(
      await readText(inWorkspace('example', '.env.example')),
      '# needed\nA=\n\n# Get it at https://github.com/settings/personal-access-tokens\nGITHUB_TOKEN=\n',
    );
  });

  it('is not named again in a .env.example that has its name in a comment', async () => {
    const before = '# GITHUB_TOKEN=\n';
    await writeText(inWorkspace('example-comment', '.env.example'), before);
    const { document, actions } = await prepare('example-comment');
    start(actions.get(toDotEnv));
    await waitForText(document, literal.replace(credential, '${GITHUB_TOKEN}'));
    assert.equal(await readText(inWorkspace('example-comment', '.env.example')), before);
  });

  for (const name of ['.env', '.gitignore']) {
    it(`stays where it is when ${name} is a link that leads out of the workspace`, async () => {
      const folder = `linked${name}`;
      const outside = join(homedir(), `outside${name}`);
      writeFileSync(outside, '# theirs\n');
      execFileSync('git', ['init', '--quiet', inWorkspace(folder).fsPath]);
      symlinkSync(outside, inWorkspace(folder, name).fsPath);
      const { document, actions } = await prepare(folder);
      await take(actions.get(toDotEnv));
      assert.equal(document.getText(), literal);
      assert.equal(readFileSync(outside, 'utf8'), '# theirs\n');
      assert.deepEqual(
        readdirSync(inWorkspace(folder).fsPath).sort(),
        ['.git', name, '.mcp.json'].sort(),
      );
    });
  }

  it('moves to a .env that is a link inside of the workspace, and past a .env.example that leads out', async () => {
    const outside = join(homedir(), 'outside.env.example');
    writeFileSync(outside, 'A=\n');
    await writeText(inWorkspace('linked-inside', 'shared', 'our.env'), 'A=1\n');
    symlinkSync(join('shared', 'our.env'), inWorkspace('linked-inside', '.env').fsPath);
    symlinkSync(outside, inWorkspace('linked-inside', '.env.example').fsPath);
    const { document, actions } = await prepare('linked-inside');
    start(actions.get(toDotEnv));
    await waitForText(document, literal.replace(credential, '${GITHUB_TOKEN}'));
    assert.deepEqual(
      [
        await readText(inWorkspace('linked-inside', 'shared', 'our.env')),
        readFileSync(outside, 'utf8'),
      ],
      [`A=1\nGITHUB_TOKEN=${credential}\n`, 'A=\n'],
    );
  });

  it('stays where it is when the file changed since the lightbulb was opened', async () => {
    const { document, actions } = await prepare('changed');
    const changed = literal.replace('github', 'gitlab');
    await replaceAll(document, changed);
    await take(actions.get(toDotEnv));
    assert.equal(document.getText(), changed);
    assert.deepEqual(readdirSync(inWorkspace('changed').fsPath), ['.mcp.json']);
  });

  it('does not move into a .env that git tracks', async () => {
    const folder = inWorkspace('tracked').fsPath;
    await writeText(inWorkspace('tracked', '.env'), 'A=1\n');
    execFileSync('git', ['init', '--quiet', folder]);
    execFileSync('git', ['add', '.env'], { cwd: folder });
    const { document, actions } = await prepare('tracked');
    start(actions.get(toDotEnv));
    // The copy is offered in its place, and taking it proves that nothing has moved before.
    start((await lightbulbAt(document.uri, 'secret-literal')).get(toClipboard));
    await acceptUntil(() => document.getText() === literal.replace(credential, '${GITHUB_TOKEN}'));
    assert.equal(await readText(inWorkspace('tracked', '.env')), 'A=1\n');
    await vscode.env.clipboard.writeText('');
  });
});
