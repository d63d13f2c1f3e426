import { deepStrictEqual } from 'node:assert/strict';
import { findSecrets } from '../../../src/core/secrets/findSecrets';
import type { SecretSlot } from '../../../src/core/secrets/secretMatch';
import {
  argument,
  env,
  header,
  headersHelper,
  hex,
  jwt,
  oauth,
  opaque,
  other,
  url,
  uuid,
} from './samples';

type Negative = readonly [title: string, value: string, slot: SecretSlot];

function check(cases: readonly Negative[]): void {
  for (const [title, value, slot] of cases) {
    it(title, () => deepStrictEqual(findSecrets(value, slot), []));
  }
}

describe('findSecrets leaves references alone', () => {
  const references = [
    ...['${TOKEN}', '${TOKEN:-}', '${env:TOKEN}', '${input:token}', '${{ secrets.TOKEN }}'],
    ...['$TOKEN', '$env:TOKEN', '%TOKEN%', '{{TOKEN}}', '$(op read op://a/b/c)', '`cat token`'],
    ...['op://vault/item/field', 'env:ACME_TOKEN', 'process.env.ACME_TOKEN', ''],
  ];
  check(
    references.flatMap((reference): Negative[] => [
      [`under a variable: ${reference}`, reference, env('ACME_TOKEN')],
      [`behind Bearer: ${reference}`, `Bearer ${reference}`, header('Authorization')],
      [`behind a flag: ${reference}`, reference, argument('--token', reference)],
      [`as a query parameter: ${reference}`, `https://a.example/?token=${reference}`, url],
      [`in JSON: ${reference}`, JSON.stringify({ token: reference }), env('CONFIG')],
    ]),
  );
  check([
    ['in what a script fills in', `printf '{"Authorization":"Bearer %s"}' "$T"`, headersHelper],
    ['in a header line', 'Authorization:${AUTH}', argument('--header', 'Authorization:${AUTH}')],
    ['in a connection string', 'postgres://app:${PW}@db.example/x', env('DATABASE_URL')],
  ]);
});

describe('findSecrets leaves public values alone', () => {
  check([
    ['the anon key', jwt({ role: 'anon' }), env('SUPABASE_KEY')],
    ['the demo keys', jwt({ iss: 'supabase-demo', role: 'service_role' }), env('SUPABASE_KEY')],
    ['a publishable key', 'sb_publishable_' + 'a1B2'.repeat(8), argument('--access-token', 'x')],
    ['a browser key', 'AIza' + 'aB3_'.repeat(9).slice(0, 35), env('NEXT_PUBLIC_FIREBASE_API_KEY')],
    ['a project id in the place of a key', 'gen-lang-client-0123456789', env('GEMINI_API_KEY')],
    ['an OAuth client id', '1601185624273.8899143856786', oauth('clientId')],
    ['an account id', hex(32), env('CLOUDFLARE_ACCOUNT_ID')],
    ['the key of a Sentry address', `https://${hex(32)}@o1.ingest.sentry.io/2`, env('SENTRY_DSN')],
  ]);
});

const digest = `ghcr.io/acme/server@sha256:${hex(64)}`;
const tarball = `https://codeload.github.com/a/b/tar.gz/${hex(40)}`;

describe('findSecrets leaves other things alone', () => {
  check([
    ['a mode', 'oauth', header('X-MCP-Auth-Mode')],
    ['a version', '2022-06-28', header('Notion-Version')],
    ['a bundle name', 'figma_prod@2_2_101', header('X-Figma-Plugin-Bundle')],
    ['a scheme without a token', 'Bearer ', header('Authorization')],
    ['a number of tokens', '4096', env('MAX_TOKENS')],
    ['the address of a token endpoint', 'https://a.example/oauth/token', env('TOKEN_URL')],
    ['the path of a token', '/run/secrets/token', env('ACME_TOKEN')],
    ['the path of a key', './client.key', argument('--key', './client.key')],
    ['a switch', 'true', env('USE_TOKEN')],
    ['a model', 'claude-3-5-sonnet-20241022', env('MODEL')],
    ['a value nobody needs', 'not-needed', env('OPENAI_API_KEY')],
    ['the name of a local program', 'lmstudio', env('OPENAI_API_KEY')],
    ['a pattern that keys must match', '^sk-[A-Za-z0-9]{48}$', other('apiKey')],
    ['the name of a variable', 'ACME_TOKEN', argument('-e', 'ACME_TOKEN')],
    ['the name of a variable as a property', 'ACME_TOKEN', other('bearer_token_env_var')],
    ['a project key', 'PROJ', env('JIRA_PROJECT_KEY')],
    ['a profile', 'afraid-kangaroo-qH5jc8', argument('--profile', 'afraid-kangaroo-qH5jc8')],
    ['a package behind a flag', '@acme/mcp', argument('--api-key', '-y', '@acme/mcp')],
    ['a flag behind a flag', '--read-only', argument('--token', '--read-only')],
    ['an image digest', digest, argument(digest)],
    ['a commit in an address', tarball, argument(tarball)],
    ['a project in a query', 'https://a.example/mcp?project_ref=xnfutqnhuvqzmpormevm', url],
    ['a UUID in a path', `https://a.example/${uuid}/mcp`, url],
    ['a project in a path', `https://a.example/projects/${opaque}/mcp`, url],
    ['the name of a kept secret', 'production/database/login', env('AWS_SECRET')],
    ['a name with todo in it', 'todoist', argument('todoist')],
    ['an explanation', 'Your token: see https://a.example/docs', other('description')],
    ['the password of a local database', 'postgres://postgres:postgres@localhost/x', env('DB')],
    ['the password of a container', 'mongodb://root:example@mongo:27017', env('MONGO_URI')],
    ['a password equal to its product', 'grafana', env('GRAFANA_PASSWORD')],
    ...['password', 'admin123', '123456', 'P@ssw0rd!', 'devuser', 'minioadmin'].map(
      (value): Negative => [`the common password ${value}`, value, env('DB_PASSWORD')],
    ),
  ]);
});
