import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { ExtensionApi } from '../../../src/extension';
import { credentialsFor } from '../../support/claudeCredentials';
import {
  activateExtension,
  closeAll,
  inWorkspace,
  lensesAt,
  open,
  replaceAll,
  waitForRules,
  writeText,
} from '../support';

const home = join(homedir(), '.claude');
const credentials = join(home, '.credentials.json');
const url = 'http://127.0.0.1:9/mcp';

describe('signing in within Claude Code', () => {
  let api: ExtensionApi;
  const settings = () => vscode.workspace.getConfiguration('mcpAuth');
  const set = (name: string, value: string | undefined) =>
    settings().update(name, value, vscode.ConfigurationTarget.Global);

  before(async () => {
    api = await activateExtension();
    mkdirSync(home, { recursive: true });
    const approved = { enableAllProjectMcpServers: true };
    writeFileSync(join(home, 'settings.json'), JSON.stringify(approved));
  });
  after(() => rmSync(join(home, 'settings.json')));
  afterEach(async () => {
    await closeAll();
    await set('claude.path', undefined);
    await set('claude.readSignIns', undefined);
    rmSync(credentials, { force: true });
  });

  /** A `claude` that writes where and how it was called, then `next` as its sign-ins. */
  async function standIn(next = '{}'): Promise<string> {
    const seen = inWorkspace('claude-arguments').fsPath;
    const claude = inWorkspace('claude-stand-in');
    const text = inWorkspace('claude-credentials');
    await writeText(text, next);
    const lines = [
      '#!/bin/sh',
      `printf '%s\\n' "$PWD" "$@" > '${seen}'`,
      `cp '${text.fsPath}' '${credentials}'`,
    ];
    await writeText(claude, `${lines.join('\n')}\n`);
    chmodSync(claude.fsPath, 0o755);
    rmSync(seen, { force: true });
    await set('claude.path', claude.fsPath);
    return seen;
  }

  async function openServers(folder: string, mcpServers: object): Promise<vscode.TextDocument> {
    const uri = inWorkspace(folder, '.mcp.json');
    await writeText(uri, JSON.stringify({ mcpServers }, null, 2));
    await waitForRules(uri, []);
    const document = await open(uri);
    await api.whenIdle();
    return document;
  }

  const signIn = ({ uri }: vscode.TextDocument, name: string) =>
    vscode.commands.executeCommand('mcpAuth.server.signIn', {
      id: JSON.stringify([uri.toString(), 'mcpServers', name]),
    });

  /** Settles when the first lens of the document is `expected`. */
  async function untilState({ uri }: vscode.TextDocument, expected: RegExp): Promise<void> {
    for (;;) {
      let changed: () => void = () => undefined;
      const change = new Promise<void>((resolve) => (changed = resolve));
      const subscription = api.onDidEvaluate(changed);
      const [first = ''] = await lensesAt(uri);
      if (expected.test(first)) {
        subscription.dispose();
        return;
      }
      await change;
      subscription.dispose();
    }
  }

  it('hands the name of a server to it as one argument, whatever is in it', async function () {
    // The first task of a window is slow to start.
    this.timeout(90_000);
    const seen = await standIn();
    const name = `-$(touch pwned) \`x\` "q' &|<>^;% é`;
    const document = await openServers('signin', { [name]: { type: 'http', url } });
    await signIn(document, name);
    assert.deepEqual(readFileSync(seen, 'utf8').split('\n'), [
      inWorkspace('signin').fsPath,
      'mcp',
      'login',
      '--',
      name,
      '',
    ]);
    assert.ok(!existsSync(inWorkspace('signin', 'pwned').fsPath));
  });

  it('shows what came of it, and for how long', async () => {
    const server = { name: 'shown', headers: {} };
    const expiresAt = Date.now() + 44 * 60_000;
    await standIn(credentialsFor(url, [server], { expiresAt }));
    await set('claude.readSignIns', 'always');
    const document = await openServers('shown', { shown: { type: 'http', url } });
    assert.match((await lensesAt(document.uri)).join(), /3: not tested,.*Sign In/);
    await signIn(document, 'shown');
    await untilState(document, /signed in, 4\d min left/);
    const lenses = await lensesAt(document.uri);
    assert.ok(!lenses.join().includes('Sign In'), lenses.join());
  });

  it('is seen when it happens elsewhere, and when it ends', async () => {
    await set('claude.readSignIns', 'always');
    const document = await openServers('elsewhere', { elsewhere: { type: 'http', url } });
    const server = { name: 'elsewhere', headers: {} };
    writeFileSync(credentials, credentialsFor(url, [server]));
    await untilState(document, /signed in$/);
    writeFileSync(credentials, credentialsFor(url, [server], { accessToken: '', expiresAt: 0 }));
    await untilState(document, /signed out$/);
    writeFileSync(credentials, credentialsFor(url, [server], { refreshToken: '', expiresAt: 1 }));
    await untilState(document, /sign-in expired$/);
  });

  it('is lost with an edit of the headers and back with the text', async () => {
    writeFileSync(
      credentials,
      credentialsFor(url, [{ name: 'edited', headers: { 'X-Team': 'a' } }]),
    );
    await set('claude.readSignIns', 'always');
    const entry = { type: 'http', url, headers: { 'X-Team': 'a' } };
    const document = await openServers('edited', { edited: entry });
    await untilState(document, /signed in$/);
    const text = document.getText();
    await replaceAll(document, text.replace('"a"', '"b"'));
    await untilState(document, /signed out by a change of its headers$/);
    await replaceAll(document, text);
    await untilState(document, /signed in$/);
    await replaceAll(document, text.replace('"edited"', '"renamed"'));
    await untilState(document, /signed out by a change of its name$/);
  });

  it('is not read before somebody agrees', async () => {
    writeFileSync(credentials, credentialsFor(url, [{ name: 'private', headers: {} }]));
    const document = await openServers('private', { private: { type: 'http', url } });
    await api.whenIdle();
    assert.match((await lensesAt(document.uri)).join(), /3: not tested/);
    await vscode.commands.executeCommand('mcpAuth.claude.showSignIns');
    await untilState(document, /signed in$/);
    assert.equal(settings().get('claude.readSignIns'), 'always');
  });
});
