import { deepStrictEqual } from 'node:assert/strict';
import { findSecrets } from '../../../src/core/secrets/findSecrets';
import type { SecretMatch, SecretSlot } from '../../../src/core/secrets/secretMatch';
import {
  argument,
  command,
  env,
  githubToken,
  header,
  headersHelper,
  hex,
  jwt,
  oauth,
  opaque,
  other,
  pem,
  supabaseToken,
  url,
  uuid,
} from './samples';

type Found = Omit<SecretMatch, 'start' | 'end'> & { readonly text: string };

/** The matches with what they cover in place of their offsets. */
function found(value: string, slot: SecretSlot): readonly Found[] {
  return findSecrets(value, slot).map(({ start, end, ...rest }) => ({
    text: value.slice(start, end),
    ...rest,
  }));
}

interface Case {
  readonly title: string;
  readonly value: string;
  readonly slot: SecretSlot;
  readonly expected: Found;
}

function check(cases: readonly Case[]): void {
  for (const { title, value, slot, expected } of cases) {
    it(title, () => deepStrictEqual(found(value, slot), [expected]));
  }
}

const inHeader = (title: string, value: string, rest: Partial<Found> = {}): Case => ({
  title,
  value,
  slot: header('Authorization'),
  expected: { text: opaque, kind: 'token', where: 'value', keyName: 'Authorization', ...rest },
});

const basic = btoa('alice:wonderland');

describe('findSecrets in headers', () => {
  check([
    inHeader('finds the token behind Bearer', `Bearer ${opaque}`),
    inHeader('reads the scheme in any case', `bEARER ${opaque}`),
    inHeader('finds the token behind Token', `Token ${opaque}`),
    inHeader('finds the parameter of a Token scheme', `Token token="${opaque}"`),
    inHeader('finds the token behind ApiKey', `ApiKey ${opaque}`),
    inHeader('finds the token behind a scheme it has never heard of', `Acme-V2 ${opaque}`),
    inHeader('finds a token without a scheme', opaque),
    inHeader('finds the Base64 of user and password', `Basic ${basic}`, {
      text: basic,
      kind: 'basic',
    }),
    inHeader('leaves the brackets around a pasted token out', `Bearer <${opaque}>`),
    inHeader('finds a word that is no placeholder', 'Bearer opensesame', { text: 'opensesame' }),
    inHeader('names the provider of a known prefix', `Bearer ${githubToken}`, {
      text: githubToken,
      provider: 'GitHub',
      shownPrefix: 'ghp_',
    }),
    ...['X-API-Key', 'x-goog-api-key', 'SGAI-APIKEY', 'DD-APPLICATION-KEY'].map((name) => ({
      title: `takes a UUID in ${name} for a key`,
      value: uuid,
      slot: header(name),
      expected: { text: uuid, kind: 'api-key', where: 'value', keyName: name } as const,
    })),
    {
      title: 'finds a session cookie',
      value: `session=${opaque}; theme=dark`,
      slot: header('Cookie'),
      expected: {
        text: `session=${opaque}; theme=dark`,
        kind: 'cookie',
        where: 'value',
        keyName: 'Cookie',
      },
    },
  ]);
});

const inEnv = (title: string, name: string, value: string, rest: Partial<Found> = {}): Case => ({
  title,
  value,
  slot: env(name),
  expected: { text: value, kind: 'api-key', where: 'value', keyName: name, ...rest },
});

const serviceRole = jwt({ iss: 'supabase', role: 'service_role' });

describe('findSecrets in environment variables', () => {
  check([
    inEnv('finds 32 hexadecimal digits under API_KEY', 'MAPS_API_KEY', hex(32)),
    inEnv('finds a UUID under API_KEY', 'EXA_API_KEY', uuid),
    inEnv('finds a key under a name without separators', 'APIKEY', opaque),
    inEnv('finds a key under a numbered name', 'OPENAI_API_KEY_2', opaque),
    inEnv('finds a short password', 'MYSQL_PASSWORD', 'odtcoy4873', { kind: 'password' }),
    inEnv('finds a password of words', 'DB_PASSPHRASE', 'correct horse battery', {
      kind: 'password',
    }),
    inEnv('finds a password with punctuation', 'APP_PASS', '2P{.LKy^;g)', { kind: 'password' }),
    inEnv('finds a scheme stored with its token', 'MCP_AUTH_TOKEN', `Bearer ${opaque}`, {
      text: opaque,
      kind: 'token',
    }),
    inEnv('marks a service_role key as critical', 'SUPABASE_SERVICE_ROLE_KEY', serviceRole, {
      kind: 'jwt',
      isCritical: true,
    }),
    inEnv('finds a service_role key under a public name', 'SUPABASE_ANON_KEY', serviceRole, {
      kind: 'jwt',
      isCritical: true,
    }),
    inEnv('finds a known prefix under any name', 'ANYTHING', `see ${githubToken}.`, {
      text: githubToken,
      kind: 'token',
      provider: 'GitHub',
      shownPrefix: 'ghp_',
    }),
    inEnv('finds a private key', 'DEPLOY', pem('RSA PRIVATE KEY', '\n'), { kind: 'private-key' }),
    inEnv('finds a private key on one line', 'DEPLOY', pem('PRIVATE KEY', '\\n'), {
      kind: 'private-key',
    }),
    inEnv('finds the default of a reference', 'GITHUB_TOKEN', `\${GH:-${githubToken}}`, {
      text: githubToken,
      kind: 'token',
      provider: 'GitHub',
      shownPrefix: 'ghp_',
      where: 'default',
      defaultOf: 'GH',
    }),
    inEnv('finds a header inside JSON', 'HEADERS', `{"Authorization": "Bearer ${opaque}"}`, {
      text: opaque,
      kind: 'token',
      where: 'json',
      keyName: 'Authorization',
    }),
    inEnv(
      'finds the private key of a service account',
      'GOOGLE_CREDENTIALS',
      JSON.stringify({ type: 'service_account', private_key: pem('PRIVATE KEY', '\n') }),
      {
        text: pem('PRIVATE KEY', '\\n'),
        kind: 'private-key',
        where: 'json',
        keyName: 'private_key',
      },
    ),
    inEnv(
      'finds the password of key-value pairs',
      'SQL_CONNECTION',
      'Server=tcp:db.example.net,1433;User ID=app;Password=Qw8zz!pol;Encrypt=true',
      { text: 'Qw8zz!pol', kind: 'password', where: 'assignment', keyName: 'Password' },
    ),
    inEnv('finds a header among pairs', 'OTLP_HEADERS', `x-team=blue,x-api-key=${opaque}`, {
      text: opaque,
      where: 'assignment',
      keyName: 'x-api-key',
    }),
  ]);
});

const inArgument = (title: string, args: readonly string[], rest: Partial<Found>): Case => ({
  title,
  value: args.at(-1) ?? '',
  slot: argument(...args),
  expected: { text: opaque, kind: 'api-key', where: 'flag', ...rest },
});

describe('findSecrets in arguments', () => {
  check([
    inArgument('finds what follows a flag', ['--api-key', opaque], { keyName: '--api-key' }),
    inArgument('finds what is joined to a flag', [`--api-key=${opaque}`], {
      keyName: '--api-key',
    }),
    inArgument('finds a UUID behind --key', ['--key', uuid], { text: uuid, keyName: '--key' }),
    inArgument('finds a word behind --password', ['--password', 'Tr0ub4dor'], {
      text: 'Tr0ub4dor',
      kind: 'password',
      keyName: '--password',
    }),
    inArgument('finds a real token in brackets', ['--access-token', `<${supabaseToken}>`], {
      text: supabaseToken,
      kind: 'token',
      provider: 'Supabase',
      shownPrefix: 'sbp_',
      keyName: '--access-token',
    }),
    inArgument('finds a variable given to docker', ['-e', `API_KEY=${opaque}`], {
      where: 'assignment',
      keyName: 'API_KEY',
    }),
    inArgument('finds a variable glued to -e', [`-eAPI_KEY=${opaque}`], {
      where: 'assignment',
      keyName: 'API_KEY',
    }),
    inArgument('finds a variable named in its flag', [`--env.API_KEY=${opaque}`], {
      keyName: 'API_KEY',
    }),
    inArgument('leaves the quotes of an assignment out', [`API_KEY="${opaque}"`], {
      where: 'assignment',
      keyName: 'API_KEY',
    }),
    inArgument('finds an assignment behind a command', [`acme-mcp API_KEY=${opaque}`], {
      where: 'assignment',
      keyName: 'API_KEY',
    }),
    inArgument('finds a header line', ['--header', `Authorization: Bearer ${opaque}`], {
      kind: 'token',
      where: 'assignment',
      keyName: 'Authorization',
    }),
    inArgument('finds a header line without a space', ['-H', `X-Api-Key:${opaque}`], {
      where: 'assignment',
      keyName: 'X-Api-Key',
    }),
    inArgument('finds the password of --user', ['--user', `bob:${opaque}`], {
      kind: 'password',
      keyName: '--user',
    }),
    inArgument('finds a key in JSON', ['--config', `{"acmeApiKey":"${opaque}"}`], {
      where: 'json',
      keyName: 'acmeApiKey',
    }),
    inArgument(
      'finds a key in JSON that is quoted once more',
      ['--config', JSON.stringify(`{"acmeApiKey":"${opaque}"}`)],
      { where: 'json', keyName: 'acmeApiKey' },
    ),
    inArgument(
      'finds a key in JSON inside JSON',
      [JSON.stringify({ config: JSON.stringify({ headers: { 'x-api-key': opaque } }) })],
      { where: 'json', keyName: 'x-api-key' },
    ),
    inArgument(
      'finds a query parameter behind a bridge',
      [`https://a.example/mcp?exaApiKey=${uuid}`],
      {
        text: uuid,
        where: 'query',
        keyName: 'exaApiKey',
      },
    ),
    inArgument('finds a prefix without a flag', ['start', 'napi_' + hex(40)], {
      text: 'napi_' + hex(40),
      where: 'positional',
      provider: 'Neon',
      shownPrefix: 'napi',
    }),
    inArgument('finds a JWT without a flag', [jwt({ sub: 'a' })], {
      text: jwt({ sub: 'a' }),
      kind: 'jwt',
      where: 'positional',
    }),
    inArgument(
      'finds the secret behind a key id',
      [`AC${hex(32)}/SK${hex(32)}:${opaque}${opaque}`],
      {
        text: opaque + opaque,
        kind: 'secret',
        where: 'positional',
      },
    ),
    inArgument('finds a header in a shell script', ['-c', `curl -H 'X-Api-Key: ${opaque}' $URL`], {
      where: 'assignment',
      keyName: 'X-Api-Key',
    }),
    inArgument('finds an assignment before a command', ['-c', `API_KEY=${opaque} node a.js`], {
      where: 'assignment',
      keyName: 'API_KEY',
    }),
    inArgument('finds an assignment of cmd', ['/c', `set API_KEY=${opaque}&&npx acme`], {
      where: 'assignment',
      keyName: 'API_KEY',
    }),
  ]);
});

const inUrl = (title: string, value: string, rest: Partial<Found>): Case => ({
  title,
  value,
  slot: url,
  expected: { text: opaque, kind: 'password', where: 'userinfo', ...rest },
});

describe('findSecrets in addresses', () => {
  check([
    inUrl('finds the password of an http address', `https://alice:${opaque}@a.example/mcp`, {}),
    inUrl('finds the password of a ws address', `ws://alice:${opaque}@10.0.0.5:8080/`, {}),
    inUrl('finds a token in place of the user', `https://${opaque}@a.example/`, { kind: 'token' }),
    inUrl('finds a query parameter', `wss://a.example/mcp?x=1&token=${opaque}#top`, {
      kind: 'token',
      where: 'query',
      keyName: 'token',
    }),
    inUrl('finds the default in a parameter', `https://a.example/?key=\${K:-${opaque}}`, {
      kind: 'api-key',
      where: 'default',
      keyName: 'key',
      defaultOf: 'K',
    }),
    inUrl('finds a token in the path', `https://a.example/mcp/${opaque}/sse`, {
      kind: 'capability-url',
      where: 'path',
    }),
    inUrl('keeps the percent-encoding of a password', 'postgres://app:p%40ss%2Fwd1@db.example/x', {
      text: 'p%40ss%2Fwd1',
      kind: 'connection-string',
    }),
    inUrl('finds a password without a user', `redis://:${opaque}@cache.example:6379`, {
      kind: 'connection-string',
    }),
    inUrl('finds a poor password of another machine', 'mysql://root:root@db.example.com/x', {
      text: 'root',
      kind: 'connection-string',
    }),
    inUrl('finds a good password of this machine', `postgres://app:${opaque}@localhost/x`, {
      kind: 'connection-string',
    }),
  ]);
});

describe('findSecrets elsewhere', () => {
  check([
    {
      title: 'finds a flag inside command',
      value: `node server.js --token ${opaque}`,
      slot: command,
      expected: { text: opaque, kind: 'token', where: 'shell', keyName: '--token' },
    },
    {
      title: 'finds a header that headersHelper prints',
      value: `echo '{"Authorization":"Bearer ${opaque}"}'`,
      slot: headersHelper,
      expected: { text: opaque, kind: 'token', where: 'json', keyName: 'Authorization' },
    },
    {
      title: 'finds a header that headersHelper prints in double quotes',
      value: `echo "{\\"X-Api-Key\\": \\"${opaque}\\"}"`,
      slot: headersHelper,
      expected: { text: opaque, kind: 'api-key', where: 'json', keyName: 'X-Api-Key' },
    },
    {
      title: 'finds a client secret',
      value: opaque,
      slot: oauth('clientSecret'),
      expected: { text: opaque, kind: 'secret', where: 'value', keyName: 'clientSecret' },
    },
    {
      title: 'finds a token under an unknown property',
      value: opaque,
      slot: other('bearerToken'),
      expected: { text: opaque, kind: 'token', where: 'value', keyName: 'bearerToken' },
    },
  ]);

  it('finds each of several', () => {
    const value = `https://alice:${opaque}@a.example/?api_key=${uuid}`;
    deepStrictEqual(
      found(value, url).map(({ text }) => text),
      [opaque, uuid],
    );
  });
});
