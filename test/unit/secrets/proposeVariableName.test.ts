import { deepStrictEqual, match } from 'node:assert/strict';
import { findSecrets } from '../../../src/core/secrets/findSecrets';
import { proposeVariableName } from '../../../src/core/secrets/proposeVariableName';
import type { SecretSlot } from '../../../src/core/secrets/secretMatch';
import {
  argument,
  env,
  githubToken,
  header,
  headersHelper,
  oauth,
  opaque,
  url,
  uuid,
} from './samples';

function propose(value: string, slot: SecretSlot, server: string, ...taken: string[]): string {
  const [secret] = findSecrets(value, slot);
  if (secret === undefined) {
    throw new Error('The sample holds no secret.');
  }
  return proposeVariableName(secret, slot, server, new Set(taken));
}

const anthropicKey = 'sk-ant-' + 'a1B2'.repeat(10);
const bearer = `Bearer ${opaque}`;
const authorization = header('Authorization');
const json = `{"Authorization":"${bearer}"}`;
const assignment = `acme_PORT=1;ACME_KEY=${opaque}`;

const cases: readonly (readonly [string, value: string, SecretSlot, server: string, string])[] = [
  ['keeps the variable of an env entry', opaque, env('X_TOKEN'), 'acme', 'X_TOKEN'],
  ['makes a name of an odd env key', opaque, env('x-api.token'), 'acme', 'X_API_TOKEN'],
  ['keeps the variable of a default', `\${T:-${githubToken}}`, env('A'), 'acme', 'T'],
  ['says server and token', bearer, authorization, 'acme tracker', 'ACME_TRACKER_TOKEN'],
  ['says server and key', opaque, header('X-API-Key'), 'acme tracker', 'ACME_TRACKER_API_KEY'],
  ['drops mcp and server', bearer, authorization, 'acme-mcp-server', 'ACME_TOKEN'],
  ['takes the last part of a path', bearer, authorization, 'io.github.a/wiki-mcp', 'WIKI_TOKEN'],
  ['says basic', `Basic ${btoa('a:secret99x')}`, authorization, 'acme', 'ACME_BASIC_AUTH'],
  ['uses a header that says whose', opaque, header('CONTEXT7_API_KEY'), 'x', 'CONTEXT7_API_KEY'],
  ['uses a parameter', `https://a.example/?exaApiKey=${uuid}`, url, 'search', 'EXA_API_KEY'],
  ['uses a flag', opaque, argument('--figma-api-key', opaque), 'design', 'FIGMA_API_KEY'],
  ['says server for a bare flag', opaque, argument('--key', opaque), 'acme', 'ACME_API_KEY'],
  ['uses an assignment', assignment, argument(assignment), 'acme', 'ACME_KEY'],
  ['uses the provider', `Bearer ${githubToken}`, authorization, 'github', 'GITHUB_TOKEN'],
  [
    'prefers a server that says more',
    githubToken,
    authorization,
    'github-work',
    'GITHUB_WORK_TOKEN',
  ],
  ['says server and what JSON holds', json, env('HEADERS'), 'acme', 'ACME_TOKEN'],
  ['says password', `https://a:${opaque}@a.example`, url, 'acme', 'ACME_PASSWORD'],
  ['says client secret', opaque, oauth('clientSecret'), 'acme', 'ACME_CLIENT_SECRET'],
  ['says token in a script', `echo '${json}'`, headersHelper, 'acme', 'ACME_TOKEN'],
  ['avoids what reads as empty', anthropicKey, header('X-Api-Key'), 'a', 'MCP_ANTHROPIC_API_KEY'],
  ['keeps it where it does not', anthropicKey, env('ANTHROPIC_API_KEY'), 'a', 'ANTHROPIC_API_KEY'],
  ['writes a server in ASCII', bearer, authorization, 'Café 2', 'CAFE_2_TOKEN'],
  ['starts with no digit', bearer, authorization, '21st', '_21ST_TOKEN'],
  ['copes with a server without letters', bearer, authorization, '请', 'MCP_TOKEN'],
];

describe('proposeVariableName', () => {
  for (const [title, value, slot, server, expected] of cases) {
    it(`${title}: ${expected}`, () => {
      const name = propose(value, slot, server);
      deepStrictEqual(name, expected);
      match(name, /^[A-Za-z_][A-Za-z0-9_]*$/);
    });
  }

  it('numbers a name that is taken', () => {
    deepStrictEqual(
      propose(bearer, authorization, 'acme', 'ACME_TOKEN', 'ACME_TOKEN_2'),
      'ACME_TOKEN_3',
    );
  });
});
