import { deepStrictEqual } from 'node:assert/strict';
import { parseMcpConfig } from '../../../src/core/config/parseMcpConfig';
import { secretsIn } from '../../../src/core/secrets/secretsIn';
import { opaque } from './samples';

function found(entry: object): readonly (string | undefined)[][] {
  return secretsIn(parseMcpConfig(JSON.stringify({ mcpServers: { a: entry } }))).flatMap(
    ({ leaf, secrets }) =>
      secrets.map(({ start, end, keyName }) => [leaf.value.slice(start, end), keyName]),
  );
}

describe('a credential in a value of another form', () => {
  const cases: readonly (readonly [what: string, entry: object, keyName: string])[] = [
    ['a list under a variable', { env: { API_KEY: [opaque] } }, 'API_KEY'],
    ['an object under a variable', { env: { API_KEY: { value: opaque } } }, 'API_KEY'],
    ['a list of assignments', { env: [`API_KEY=${opaque}`] }, 'API_KEY'],
    ['an object of arguments', { args: { token: opaque } }, 'token'],
    ['arguments in one string', { args: `run --api-key ${opaque}` }, '--api-key'],
    ['a flag and its value in one string', { args: `--api-key ${opaque}` }, '--api-key'],
    ['a list of headers', { headers: [{ name: 'X-Api-Key', value: opaque }] }, 'X-Api-Key'],
    ['a list of variables', { env: [{ key: 'API_KEY', value: opaque }] }, 'API_KEY'],
  ];
  for (const [what, entry, keyName] of cases) {
    it(`is found in ${what}`, () => deepStrictEqual(found(entry), [[opaque, keyName]]));
  }

  it('is none where no name announces it', () =>
    deepStrictEqual(found({ headers: [{ name: 'X-Team', value: opaque }], args: 'run me' }), []));
});
