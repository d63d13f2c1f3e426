import assert from 'node:assert/strict';
import { parseMcpConfig } from '../../../src/core/config/parseMcpConfig';
import { findFindings } from '../../../src/core/diagnostics/findFindings';
import type { LoginReading } from '../../../src/core/claudeCode/loginState';
import {
  ServerStore,
  serverId,
  type ConfigFile,
  type LastTest,
} from '../../../src/core/servers/serverStore';
import { serverLenses } from '../../../src/core/tree/serverLens';
import { fixtureEnvironment } from '../../support/ruleFixtures';

const entry = { type: 'http', url: 'https://h.example/mcp' };
const bearer = { ...entry, headers: { Authorization: 'Bearer ${SET}' } };

function fileOf(server: object): ConfigFile {
  const config = parseMcpConfig(JSON.stringify({ mcpServers: { a: server } }));
  const findings = findFindings(config, { environment: fixtureEnvironment });
  return { id: 'file:///w/.mcp.json', label: '.mcp.json', config, findings };
}

function lensesOf(
  server: object,
  options: {
    readonly lastTest?: Partial<LastTest>;
    readonly next?: object;
    readonly login?: LoginReading;
    readonly isTrusted?: boolean;
  } = {},
): readonly string[] {
  const { lastTest, next = server, login, isTrusted = true } = options;
  const store = new ServerStore();
  const [tested] = store.servers(fileOf(server));
  assert.ok(tested);
  if (lastTest !== undefined) {
    const result = { isAccepted: true, state: 'accepted', headline: '', at: 0, ...lastTest };
    store.setLastTest(tested, result);
  }
  const file = fileOf(next);
  if (login !== undefined) {
    store.setFile(file);
    store.setLogins(file.id, new Map([[serverId(file, file.config.servers[0]!), login]]));
  }
  const [record] = store.servers(file);
  assert.ok(record);
  return serverLenses(record, { now: 180_000, isTrusted }).map(({ title, action }) =>
    action === undefined ? title : `${title} → ${action}`,
  );
}

describe('the lenses over a server', () => {
  it('say what is known, and offer what can be done', () => {
    assert.deepEqual(
      [entry, bearer, { command: 'run' }, { url: 'https://h.example' }].map((server) =>
        lensesOf(server),
      ),
      [
        ['not tested', 'Test → test', 'Sign In → sign-in'],
        ['not tested', 'Test → test'],
        ['not tested', 'Test → test'],
        ['will not load'],
      ],
    );
  });

  it('have the age of the last test, and lead to its report', () => {
    const lastTest = { isAccepted: false, state: 'rejected (401)' };
    assert.deepEqual(
      [lensesOf(bearer, { lastTest: {} }), lensesOf(bearer, { lastTest })],
      [
        ['✓ accepted 3 min ago → show-report', 'Test → test'],
        ['✗ rejected (401) 3 min ago → show-report', 'Test → test'],
      ],
    );
  });

  it('say whether Claude Code is signed in, and offer it where it is not', () => {
    const login = { hasAccessToken: true, hasRefreshToken: false, expiresAt: 180_000 + 90_000 };
    const readings: readonly LoginReading[] = [
      { kind: 'read', login },
      { kind: 'read', login: { ...login, expiresAt: 1 } },
      { kind: 'read', login: undefined },
      { kind: 'lost', by: 'headers' },
      { kind: 'unknown', why: { kind: 'not-asked' } },
    ];
    assert.deepEqual(
      readings.map((reading) => lensesOf(entry, { login: reading })[0]),
      [
        'signed in, 1 min left',
        'sign-in expired',
        'not tested',
        'signed out by a change of its headers',
        'not tested',
      ],
    );
    assert.deepEqual(
      readings.map((reading) => lensesOf(entry, { login: reading }).includes('Sign In → sign-in')),
      [false, true, true, true, true],
    );
  });

  it('say after a test that wants a sign-in that Claude Code has one', () => {
    const lastTest = { isAccepted: false, asksForSignIn: true, state: 'needs sign-in' };
    const login = { hasAccessToken: true, hasRefreshToken: true };
    const reading: LoginReading = { kind: 'read', login };
    assert.deepEqual(
      [lensesOf(entry, { lastTest, login: reading })[0], lensesOf(entry, { lastTest })[0]],
      ['signed in → show-report', '✗ needs sign-in 3 min ago → show-report'],
    );
  });

  it('say that the entry changed since', () => {
    const next = { ...bearer, url: 'https://h.example/v2' };
    assert.deepEqual(lensesOf(bearer, { lastTest: {}, next }), [
      'not tested since this change',
      'Test → test',
    ]);
  });

  it('offer no second test while one is under way', () => {
    const store = new ServerStore();
    const file = fileOf(bearer);
    const end = store.beginTest(store.servers(file)[0]!);
    const titles = () =>
      serverLenses(store.servers(file)[0]!, { now: 0, isTrusted: true }).map(({ title }) => title);
    assert.deepEqual(titles(), ['testing…']);
    end();
    assert.deepEqual(titles(), ['not tested', 'Test']);
  });

  it('are the state alone in a workspace that is not trusted', () => {
    assert.deepEqual(lensesOf(entry, { isTrusted: false }), ['not tested']);
  });

  it('keep to a part of the line, whatever a server said', () => {
    const lastTest = { state: `needs scope ${'x'.repeat(300)}\n\u202e` };
    const [state = ''] = lensesOf(bearer, { lastTest });
    assert.ok(state.length < 90 && !/[\n\u202e]/.test(state), state);
  });
});
