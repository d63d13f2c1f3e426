import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keychainHelper } from '../../src/core/helperScript/keychainHelper';
import { createKeychain } from '../../src/node/keychain';
import { startKeyring, type Keyring } from '../environment/keyring';

const token = `ghp_${'a1B2c3D4e5F6'.repeat(3)}`;

describe('the keychain of a desktop', function () {
  this.timeout(150_000);
  const keychain = createKeychain('linux');
  const original = { ...process.env };
  let folder = '';
  let keyring: Keyring;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'mcp-auth-'));
    keyring = await startKeyring(folder);
  });
  beforeEach(() => {
    delete process.env['DISPLAY'];
    Object.assign(process.env, keyring.env);
  });
  afterEach(() => {
    for (const name of Object.keys(process.env)) {
      delete process.env[name];
    }
    Object.assign(process.env, original);
  });
  after(async () => {
    await keyring.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** As Claude Code runs it, elsewhere and without variables that are named like credentials. */
  function runHelper(account: string) {
    const helper = keychainHelper({ name: 'Authorization', before: 'Bearer ', after: '', account });
    assert.ok(helper !== undefined);
    const { PATH } = process.env;
    const { status, stdout } = spawnSync('/bin/sh', ['-c', helper], {
      cwd: '/',
      env: { PATH, ...keyring.env },
      encoding: 'utf8',
    });
    return { status, stdout };
  }

  it('has no value before one is kept, and the helper then prints nothing', async () => {
    assert.deepEqual(await keychain.lookup('NOT_THERE'), { kind: 'none' });
    const { status, stdout } = runHelper('NOT_THERE');
    assert.notEqual(status, 0);
    assert.equal(stdout, '');
  });

  it('keeps a value, which the helper prints as the header', async () => {
    assert.equal(await keychain.store('GITHUB_TOKEN', token), undefined);
    assert.deepEqual(await keychain.lookup('GITHUB_TOKEN'), { kind: 'found', value: token });
    const { status, stdout } = runHelper('GITHUB_TOKEN');
    assert.equal(status, 0);
    assert.deepEqual(JSON.parse(stdout), { Authorization: `Bearer ${token}` });
  });

  it('replaces the value of a name, and leaves other names alone', async () => {
    const value = "it's $(id) `id` %s {} 100%";
    await keychain.store('OTHER', 'stays');
    await keychain.store('GITHUB_TOKEN', value);
    assert.deepEqual(JSON.parse(runHelper('GITHUB_TOKEN').stdout), {
      Authorization: `Bearer ${value}`,
    });
    assert.deepEqual(await keychain.lookup('OTHER'), { kind: 'found', value: 'stays' });
  });

  it('is said to refuse where no keyring runs', async () => {
    process.env['DBUS_SESSION_BUS_ADDRESS'] = `unix:path=${join(folder, 'nobody')}`;
    assert.deepEqual(await keychain.lookup('A'), { kind: 'failed', why: 'refused' });
    assert.equal(await keychain.store('A', 'value'), 'refused');
  });

  it('is said to be out of reach where its program is not installed', async () => {
    process.env['PATH'] = folder;
    assert.deepEqual(await keychain.lookup('A'), { kind: 'failed', why: 'not-installed' });
    assert.equal(await createKeychain('darwin').store('A', 'value'), 'not-installed');
  });
});
