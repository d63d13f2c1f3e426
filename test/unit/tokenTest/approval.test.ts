import assert from 'node:assert/strict';
import { approvalKey, type TestPurpose } from '../../../src/core/tokenTest/approval';
import type {
  RemoteTarget,
  StdioTarget,
  TokenTestTarget,
} from '../../../src/core/tokenTest/tokenTestTarget';
import { localTarget, remoteTarget } from './targets';

const keyOf = (target: TokenTestTarget, purpose: TestPurpose = 'test') =>
  approvalKey(target, purpose);

describe('an approval', () => {
  const [header] = remoteTarget.headers;
  const remote: readonly (readonly [change: string, changed: Partial<RemoteTarget>])[] = [
    ['another host', { url: 'https://other.example/mcp' }],
    ['another way to write the address', { writtenUrl: 'https://${HOST}/mcp' }],
    ['another transport', { transport: 'sse' }],
    ['a further header', { headers: [header!, { ...header!, name: 'X-More' }] }],
    ['no header', { headers: [] }],
    ['another variable', { headers: [{ ...header!, secretNames: ['OTHER'] }] }],
  ];
  for (const [change, changed] of remote) {
    it(`does not hold for ${change}`, async () => {
      assert.notEqual(await keyOf({ ...remoteTarget, ...changed }), await keyOf(remoteTarget));
    });
  }

  it('holds for another value of the same variable', async () => {
    const headers = [{ ...header!, value: 'Bearer rotated' }, remoteTarget.headers[1]!];
    assert.equal(await keyOf({ ...remoteTarget, headers }), await keyOf(remoteTarget));
  });

  it('of a test is none of a comparison', async () => {
    assert.notEqual(await keyOf(remoteTarget, 'compare'), await keyOf(remoteTarget));
  });

  const [argument] = localTarget.args;
  const [entry] = localTarget.env;
  const local: readonly (readonly [change: string, changed: Partial<StdioTarget>])[] = [
    ['another program', { command: { ...localTarget.command, written: 'deno', text: 'deno' } }],
    ['another value that names the program', { command: { ...localTarget.command, text: 'deno' } }],
    ['another argument', { args: [{ ...argument!, written: 'other.mjs' }] }],
    ['another value in an argument', { args: [{ ...argument!, text: '/tmp/other.mjs' }] }],
    ['another folder', { folder: '/elsewhere' }],
    ['no environment', { env: [] }],
    ['a credential that is written otherwise', { env: [{ ...entry!, written: 'literal' }] }],
    [
      'another value of what is no credential',
      { env: [entry!, { ...localTarget.env[1]!, text: '--require ./other.cjs' }] },
    ],
  ];
  for (const [change, changed] of local) {
    it(`to start a program does not hold for ${change}`, async () => {
      assert.notEqual(await keyOf({ ...localTarget, ...changed }), await keyOf(localTarget));
    });
  }

  it('does not hold for another value of a header that leads a request', async () => {
    const keys = await Promise.all(
      ['Host', 'X-Forwarded-Host', 'Forwarded'].flatMap((name) =>
        ['a.example', 'b.example'].map((value) =>
          keyOf({ ...remoteTarget, headers: [{ name, value, secretNames: [] }] }),
        ),
      ),
    );
    assert.equal(new Set(keys).size, 6);
  });

  it('to start a program does not hold for another value under a private name', async () => {
    const keys = await Promise.all(
      ['core.pager', 'core.sshCommand'].map((text) => {
        const written = '${WHAT}';
        const env = [{ name: 'GIT_CONFIG_KEY_0', text, written, secretNames: ['WHAT'] }];
        return keyOf({ ...localTarget, env });
      }),
    );
    assert.equal(new Set(keys).size, 2);
  });
});
