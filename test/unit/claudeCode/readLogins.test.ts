import assert from 'node:assert/strict';
import { loginState } from '../../../src/core/claudeCode/loginState';
import { readLogins } from '../../../src/core/claudeCode/readLogins';

const secret = 'canary-4f1d';
const minute = 60_000;

function stateOf(entry: object, now = 0): unknown {
  const text = JSON.stringify({ mcpOAuth: { 'a|0': entry } });
  return loginState({ kind: 'read', login: readLogins(text).get('a|0') }, now);
}

describe('what Claude Code keeps of sign-ins', () => {
  it('is read without any token', () => {
    const logins = readLogins(
      JSON.stringify({
        claudeAiOauth: { accessToken: secret },
        mcpOAuth: {
          'a|b|0': {
            serverName: 'a|b',
            serverUrl: `https://h.example/mcp?token=${secret}`,
            accessToken: secret,
            refreshToken: secret,
            clientSecret: secret,
            expiresAt: 5,
            issuer: 'https://as.example',
            scope: 'a b',
            discoveryState: { issuer: 'other', accessToken: '', list: [{ scope: 'x' }] },
          },
          'none|1': {},
        },
        mcpOAuthClientConfig: { 'x|2': { clientSecret: secret } },
      }),
    );
    assert.deepEqual(
      [...logins],
      [
        [
          'a|b|0',
          {
            hasAccessToken: true,
            hasRefreshToken: true,
            expiresAt: 5,
            issuer: 'https://as.example',
            scope: 'a b',
          },
        ],
        ['none|1', { hasAccessToken: false, hasRefreshToken: false }],
      ],
    );
  });

  for (const text of ['', '[]', 'null', '{', '{"mcpOAuth":3}']) {
    it(`is nothing in ${JSON.stringify(text)}`, () => {
      assert.deepEqual(
        [...readLogins(text).values()].filter((it) => it.hasAccessToken),
        [],
      );
    });
  }

  it('means a state that depends on the time', () => {
    const both = { accessToken: 'x', refreshToken: 'y' };
    const rows: readonly (readonly [object, unknown])[] = [
      [{ accessToken: 'x' }, { kind: 'signed-in' }],
      [
        { accessToken: 'x', expiresAt: 43 * minute },
        { kind: 'signed-in', timeLeft: 43 * minute },
      ],
      [
        { accessToken: 'x', expiresAt: minute },
        { kind: 'signed-in', timeLeft: minute },
      ],
      [{ accessToken: 'x', expiresAt: -minute }, { kind: 'expired' }],
      [
        { ...both, expiresAt: 6 * minute },
        { kind: 'signed-in', timeLeft: 6 * minute },
      ],
      [{ ...both, expiresAt: 4 * minute }, { kind: 'will-refresh' }],
      [{ ...both, expiresAt: -minute }, { kind: 'will-refresh' }],
      [{ ...both, expiresAt: 0 }, { kind: 'signed-out' }],
      [{ accessToken: '', refreshToken: 'y', expiresAt: 5 }, { kind: 'signed-out' }],
      [{ accessToken: '', scope: 'a' }, { kind: 'signed-out' }],
      // What registering a client leaves.
      [{ accessToken: '', clientId: 'c' }, { kind: 'never' }],
      [{ accessToken: 5 }, { kind: 'never' }],
    ];
    assert.deepEqual(
      rows.map(([entry]) => stateOf(entry)),
      rows.map(([, state]) => state),
    );
    assert.deepEqual(loginState({ kind: 'read', login: undefined }, 0), { kind: 'never' });
  });
});
