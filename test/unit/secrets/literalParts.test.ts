import { deepStrictEqual } from 'node:assert/strict';
import { findSecrets } from '../../../src/core/secrets/findSecrets';
import type { SecretSlot } from '../../../src/core/secrets/secretMatch';
import { argument, env, header, hex, opaque, url } from './samples';

const found = (value: string, slot: SecretSlot) =>
  findSecrets(value, slot).map(({ start, end, defaultOf }) => [
    value.slice(start, end),
    ...(defaultOf === undefined ? [] : [defaultOf]),
  ]);

describe('a credential beside a reference', () => {
  const flag = `--api-key=\${P}${opaque}`;
  const cases: readonly (readonly [value: string, slot: SecretSlot, ...parts: string[]])[] = [
    [`Bearer \${A:-}${opaque}`, header('Authorization'), opaque],
    [`\${P}-${hex(32)}`, header('X-Api-Key'), hex(32)],
    [`${hex(32)}-\${P}`, header('X-Api-Key'), hex(32)],
    [`\${P}${opaque}`, env('API_KEY'), opaque],
    [flag, argument(flag), opaque],
    [`https://mcp.example.com/?api_key=\${P}${opaque}`, url, opaque],
    [`https://app:\${P}${opaque}@mcp.example.com/`, url, opaque],
    [`\${{ secrets.P }}${opaque}`, env('API_KEY'), opaque],
  ];
  for (const [value, slot, ...parts] of cases) {
    it(`is found by itself in ${value.slice(0, 24)}`, () =>
      deepStrictEqual(found(value, slot), [parts]));
  }

  it('is found as the default inside a default, and before it', () => {
    deepStrictEqual(found(`\${A:-\${B:-${opaque}}}`, env('API_KEY')), [[opaque, 'B']]);
    deepStrictEqual(found(`\${A:-${opaque}\${B}}`, env('API_KEY')), [[opaque, 'A']]);
  });

  for (const value of [
    ...['Bearer ${T}', '${PREFIX}-production-eu', 'sk-${T}', '${A}:${B}', 'v2-${T}', '${A:-${B}}'],
    ...['${open', '${A}${B}', 'Bearer ${T}; tenant=3f9a1c07-2b4d-4e6f-8a1b-9c0d7e5f3a21'],
    ...['arn:aws:secretsmanager:eu-west-1:123456789012:secret:${ENV}-a1b2c3d4e5f6'],
    ...['projects/acme/secrets/1a2b3c4d5e6f/${X}', '${HOME}/keys/9f8e7d6c5b4a.pem'],
  ]) {
    it(`is not what can be read in ${value}`, () =>
      deepStrictEqual(found(value, env('API_KEY')), []));
  }

  it('takes time linear in the text', () => {
    const seconds = (length: number) => {
      const value = '${a:-'.repeat(length / 5);
      const start = process.hrtime.bigint();
      findSecrets(value, env('API_KEY'));
      return Number(process.hrtime.bigint() - start) / 1e9;
    };
    seconds(10_000);
    deepStrictEqual(seconds(100_000) < 40 * seconds(10_000) + 0.1, true);
  });
});
