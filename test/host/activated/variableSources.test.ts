import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { ExtensionApi } from '../../../src/extension';
import { StoredVariables } from '../../../src/vscode/variables/storedVariables';
import type { VariableChange } from '../../../src/vscode/variables/variableChange';
import {
  activateExtension,
  inWorkspace,
  readText,
  rulesAt,
  waitForRules,
  writeText,
} from '../support';

const id = 'mcp-auth-setup.mcp-auth-setup';
const folder = 'variable-sources';
const inFolder = (...path: readonly string[]) => inWorkspace(folder, ...path);
const configOf = (...names: readonly string[]) =>
  JSON.stringify({
    mcpServers: {
      a: {
        command: 'run',
        env: Object.fromEntries(names.map((name) => [`OWN_${name}`, `\${${name}}`])),
      },
    },
  });

/** Does `change` to `file`, and waits until the watchers have told of it. */
async function untilTold(file: vscode.Uri, change: () => Thenable<unknown>): Promise<void> {
  const pattern = vscode.workspace.asRelativePath(file, false);
  const watcher = vscode.workspace.createFileSystemWatcher(`**/${pattern}`);
  const told = new Promise<void>((resolve) => {
    watcher.onDidCreate(() => resolve());
    watcher.onDidChange(() => resolve());
    watcher.onDidDelete(() => resolve());
  });
  await change();
  await told;
  watcher.dispose();
}

/** A folder in a new folder is seen by no watcher that does not know the outer one yet. */
async function createFolder(uri: vscode.Uri): Promise<void> {
  await untilTold(uri, () => vscode.workspace.fs.createDirectory(uri));
}

/** Does `change` to `file`; the configurations that were evaluated anew for it. */
async function evaluatedAfter(
  api: ExtensionApi,
  file: vscode.Uri,
  change: () => Thenable<unknown>,
): Promise<readonly string[]> {
  const evaluated = new Set<string>();
  const counting = api.onDidEvaluate((id) => evaluated.add(vscode.Uri.parse(id).path));
  // The extension's watchers are older: they hear of a change before ours do.
  await untilTold(file, change);
  await api.whenIdle();
  counting.dispose();
  const start = `${inFolder().path}/`;
  return [...evaluated]
    .filter((path) => path.startsWith(start))
    .map((path) => path.slice(start.length))
    .sort();
}

/** What is told of every value in the configuration at `uri`. */
async function explained(uri: vscode.Uri): Promise<string> {
  const query = JSON.stringify({ file: uri.toString() });
  const path = `${uri.path}.md`;
  const told = vscode.Uri.from({ scheme: 'mcp-auth-becomes', path, query });
  return (await vscode.workspace.openTextDocument(told)).getText();
}

describe('the sources of variables', () => {
  let api: ExtensionApi;
  const [uses, other, below] = [['uses'], ['other'], ['uses', 'below']].map((path) =>
    inFolder(...path, '.mcp.json'),
  );
  assert.ok(uses && other && below);

  before(async () => {
    api = await activateExtension();
    for (const path of [[], ['uses'], ['uses', 'below'], ['other']]) {
      await createFolder(inFolder(...path));
    }
    await writeText(uses, configOf('SOURCES_TOKEN'));
    await writeText(other, configOf('SOURCES_TOKEN'));
    await writeText(below, configOf('VSCODE_HOST'));
    await waitForRules(uses, ['variable-unset']);
    await waitForRules(other, ['variable-unset']);
    await api.whenIdle();
  });
  after(() => vscode.workspace.fs.delete(inFolder(), { recursive: true }));

  const state = (uri: vscode.Uri) => api.stateOf(uri, 'SOURCES_TOKEN');

  it('give no other extension a value', async () => {
    const { exports } = vscode.extensions.getExtension<object>(id) ?? assert.fail();
    assert.ok(Object.isFrozen(exports));
    const kinds = Object.entries(exports).map(([name, value]) => `${name}: ${typeof value}`);
    assert.deepEqual(kinds.sort(), [
      'onDidEvaluate: function',
      'stateOf: function',
      'whenIdle: function',
    ]);
    const env = inFolder('uses', '.env');
    await evaluatedAfter(api, env, () => writeText(env, 'SOURCES_TOKEN=hunter-one\n'));
    assert.deepEqual(state(uses), { kind: 'unset', alsoIn: '.env' });
    await evaluatedAfter(api, env, () => vscode.workspace.fs.delete(env));
  });

  it('are looked at again by nobody but those who depend on what changed', async () => {
    const env = inFolder('uses', '.env');
    const write = (text: string) => evaluatedAfter(api, env, () => writeText(env, text));
    const appeared = await write('SOURCES_TOKEN=one\n');
    assert.deepEqual(state(uses), { kind: 'unset', alsoIn: '.env' });
    const sameState = await write('# another value\nSOURCES_TOKEN=two\n');
    const emptied = await write('SOURCES_TOKEN=\n');
    const gone = await evaluatedAfter(api, env, () => vscode.workspace.fs.delete(env));
    assert.deepEqual(
      { appeared, sameState, emptied, gone, now: state(uses) },
      {
        appeared: ['uses/.mcp.json'],
        sameState: [],
        emptied: ['uses/.mcp.json'],
        gone: ['uses/.mcp.json'],
        now: { kind: 'unset' },
      },
    );
  });

  it('concern a file that refers to another name only if one of its own is unset', async () => {
    const env = inWorkspace('.env.local');
    const appeared = await evaluatedAfter(api, env, () => writeText(env, 'UNRELATED=x\n'));
    const gone = await evaluatedAfter(api, env, () => vscode.workspace.fs.delete(env));
    const expected = ['other/.mcp.json', 'uses/.mcp.json'];
    assert.deepEqual({ appeared, gone }, { appeared: expected, gone: expected });
  });

  it('go as a whole folder, too', async () => {
    const settings = inWorkspace('.claude', 'settings.local.json');
    const claude = inWorkspace('.claude');
    await createFolder(claude);
    await evaluatedAfter(api, settings, () =>
      writeText(settings, '{"env": {"SOURCES_TOKEN": "x"}}'),
    );
    const inSession = state(other);
    await evaluatedAfter(api, claude, () =>
      vscode.workspace.fs.delete(claude, { recursive: true }),
    );
    await waitForState(other, 'unset');
    assert.deepEqual(inSession, { kind: 'session-only', source: '.claude/settings.local.json' });
  });

  it('that cannot be read leave the state unknown, and are told once they can', async () => {
    const settings = inWorkspace('.claude', 'settings.json');
    await createFolder(inWorkspace('.claude'));
    const write = (text: string) => evaluatedAfter(api, settings, () => writeText(settings, text));
    await write('{"env": {"SOURCES_TOKEN": ');
    const broken = [state(other).kind, ...rulesAt(other)];
    await write('{"env": {}}');
    const mended = [state(other).kind, ...rulesAt(other)];
    const claude = inWorkspace('.claude');
    await untilTold(claude, () => vscode.workspace.fs.delete(claude, { recursive: true }));
    assert.deepEqual([broken, mended], [['unknown'], ['unset', 'variable-unset']]);
  });

  it('may be a pipe, which nobody waits for, or a folder', async () => {
    execFileSync('mkfifo', [inFolder('other', '.env.local').fsPath]);
    mkdirSync(inFolder('beside', '.env').fsPath, { recursive: true });
    const uri = inFolder('beside', '.mcp.json');
    await writeText(uri, configOf('SOURCES_TOKEN'));
    await waitForRules(uri, ['variable-unset']);
    await api.whenIdle();
    // It asks every place for the value.
    assert.match(await explained(other), /the server gets the text `\$\{SOURCES_TOKEN\}`/);
  });

  it('are not in a .env.example, for which nothing is evaluated', async () => {
    const example = inFolder('uses', '.env.example');
    const evaluated = await evaluatedAfter(api, example, () =>
      writeText(example, '# for docs\nSOURCES_TOKEN=\nOTHER_NAME=x\n'),
    );
    assert.deepEqual(evaluated, []);
  });

  it('start the login shell once, however often its setting changes meanwhile', async () => {
    const runs = inWorkspace('shell-runs');
    const go = inWorkspace('shell-go');
    const wait = `until [ -e '${go.fsPath}' ]; do sleep 0.05; done`;
    const files = ['.profile', '.zshenv'].map((name) => join(homedir(), name));
    files.forEach((file) => writeFileSync(file, `echo run >> '${runs.fsPath}'\n${wait}\n`));
    const settings = vscode.workspace.getConfiguration('mcpAuth');
    const set = (isOn: true | undefined) =>
      settings.update('variables.readLoginShell', isOn, vscode.ConfigurationTarget.Global);
    try {
      await untilTold(runs, () => set(true));
      await set(undefined);
      await set(true);
      await writeText(go, '');
      await api.whenIdle();
      assert.equal(await readText(runs), 'run\n');
    } finally {
      await set(undefined);
      files.forEach((file) => rmSync(file));
      await vscode.workspace.fs.delete(runs);
      await vscode.workspace.fs.delete(go);
    }
  });

  it('are the login shell as well, once a person has it read', async () => {
    const lines = 'echo noise\nexport SOURCES_TOKEN=of-the-shell\n';
    const files = ['.profile', '.zshenv'].map((name) => join(homedir(), name));
    for (const file of files) {
      writeFileSync(file, lines);
    }
    try {
      const evaluated: string[] = [];
      const counting = api.onDidEvaluate((id) => evaluated.push(id));
      await vscode.commands.executeCommand('mcpAuth.loginShell.read');
      counting.dispose();
      const isEvaluated = [other, below].map((uri) => evaluated.includes(uri.toString()));
      assert.deepEqual(isEvaluated, [true, false]);
      const [diagnostic] = vscode.languages.getDiagnostics(other);
      assert.equal(diagnostic?.severity, vscode.DiagnosticSeverity.Information);
      assert.match(diagnostic.message, /^SOURCES_TOKEN is set in your login shell, not in this/);
    } finally {
      for (const file of files) {
        rmSync(file);
      }
      await vscode.commands.executeCommand('mcpAuth.loginShell.read');
    }
    assert.deepEqual(state(other), { kind: 'unset' });
  });

  it('are a store as well, which says only that something changed', () => {
    const names = new Map<string, 'set' | 'empty'>([['A', 'set']]);
    const changed = new vscode.EventEmitter<void>();
    const valueFor = () => Promise.resolve(undefined);
    const stored = new StoredVariables({
      namesFor: () => names,
      valueFor,
      onDidChange: changed.event,
    });
    const changes: VariableChange[] = [];
    stored.onDidChange((change) => changes.push(change));
    stored.statesFor(uses);
    changed.fire();
    names.set('B', 'set').set('A', 'empty');
    stored.statesFor(uses);
    changed.fire();
    assert.deepEqual(
      changes.map((change) => [change.names, change.folder?.path]),
      [[new Set(['A', 'B']), inWorkspace().path]],
    );
    stored.dispose();
    changed.dispose();
  });

  /** Of a folder that goes, the event may be told in two steps. */
  async function waitForState(uri: vscode.Uri, kind: string): Promise<void> {
    if (state(uri).kind !== kind) {
      await new Promise<void>((resolve) => {
        const subscription = api.onDidEvaluate(() => {
          if (state(uri).kind === kind) {
            subscription.dispose();
            resolve();
          }
        });
      });
    }
  }
});
