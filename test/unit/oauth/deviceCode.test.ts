import assert from 'node:assert/strict';
import { signInWithDevice, type DeviceCode } from '../../../src/core/oauth/deviceCode';
import { nextAuthorization } from '../../../src/core/oauth/nextAuthorization';
import { answer, identity, issuer, serverUrl, tokens, workingServers } from './scriptedServer';

const code = {
  device_code: 'canary-device',
  user_code: 'ABCD-EFGH',
  verification_uri: `${issuer}/activate`,
  expires_in: 600,
  interval: 2,
};

async function run(document: object, errors: readonly string[] = []) {
  const left = [...errors];
  const servers = workingServers({
    [`${issuer}/device`]: document,
    [`${issuer}/token`]: () => {
      const error = left.shift();
      return error === undefined ? answer(200, tokens) : answer(400, { error });
    },
  });
  const waits: number[] = [];
  const shown: DeviceCode[] = [];
  const outcome = await signInWithDevice(
    { serverUrl, challenge: [] },
    identity,
    {
      ...servers.ports,
      wait: async (milliseconds) => {
        waits.push(milliseconds);
      },
      showCode: async (given) => {
        shown.push(given);
        return true;
      },
    },
    { review: async () => true },
    new AbortController().signal,
  );
  const result = outcome.kind === 'done' ? 'done' : outcome.failure.kind;
  return { result, waits, shown: shown[0], servers };
}

describe('signing in with a code on another device', () => {
  it('waits as the server says', async () => {
    const { result, waits, servers } = await run(code, ['authorization_pending', 'slow_down']);
    assert.deepEqual([result, waits], ['done', [2000, 2000, 7000]]);
    assert.doesNotMatch(JSON.stringify(servers.records), /canary/);
  });

  const rows: readonly (readonly [string, object, readonly string[], string])[] = [
    ['ends when the code expired', code, ['expired_token'], 'code-expired'],
    ['ends when it is refused', code, ['access_denied'], 'token-refused'],
    [
      'shows no address of another scheme',
      { ...code, verification_uri: 'file:///x' },
      [],
      'url-refused',
    ],
    [
      'shows no code with control characters',
      { ...code, user_code: 'a\u001b[2J' },
      [],
      'document-invalid',
    ],
  ];
  for (const [situation, document, errors, expected] of rows) {
    it(situation, async () => {
      assert.equal((await run(document, errors)).result, expected);
    });
  }

  it('marks a page that is not of the issuer', async () => {
    const foreign = { ...code, verification_uri: 'https://evil.example/activate' };
    assert.deepEqual(
      [(await run(code)).shown?.isForeign, (await run(foreign)).shown?.isForeign],
      [false, true],
    );
  });
});

describe('what an answer of the server means for the sign-in', () => {
  const more = 'Bearer error="insufficient_scope", scope="admin"';
  const rows: readonly (readonly [number, string, number, string])[] = [
    [200, '', 0, 'none'],
    [401, 'Bearer', 0, 'sign-in'],
    [401, '', 2, 'sign-in'],
    [401, 'Bearer', 3, 'give-up'],
    [403, more, 0, 'step-up'],
    [403, more, 3, 'give-up'],
    [403, 'Bearer error="access_denied"', 0, 'none'],
    [500, more, 0, 'none'],
  ];
  for (const [status, challenge, authorizations, expected] of rows) {
    it(`${status} ${challenge} after ${authorizations} sign-ins: ${expected}`, () => {
      const next = nextAuthorization(status, [challenge], undefined, authorizations);
      assert.equal(next.kind, expected);
    });
  }
});
