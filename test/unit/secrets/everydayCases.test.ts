import { deepStrictEqual } from 'node:assert/strict';
import { findPlaceholders, findSecrets } from '../../../src/core/secrets/findSecrets';
import type { SecretSlot } from '../../../src/core/secrets/secretMatch';
import {
  argument,
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
  url,
  uuid,
} from './samples';

/** What is found, as text: nothing, or the stretches in order. */
type Case = readonly [title: string, value: string, slot: SecretSlot, ...found: readonly string[]];

const texts = (value: string, spans: readonly { start: number; end: number }[]) =>
  spans.map(({ start, end }) => value.slice(start, end));

function checkSecrets(cases: readonly Case[]): void {
  for (const [title, value, slot, ...found] of cases) {
    it(title, () => deepStrictEqual(texts(value, findSecrets(value, slot)), found));
  }
}

const base64 = btoa('robot:Zk3vQ9pL7xT2');
const authorization = header('Authorization');
const last = (...args: readonly string[]): SecretSlot => argument(...args);
const awsSecret = 'wJalrXUtn' + 'FEMI/K7MDENG/bPxRfiCY' + 'zq8LmT3vQa';

describe('credentials that people write: headers', () => {
  checkSecrets([
    ['Basic in lower case', `basic ${base64}`, authorization, base64],
    ['Basic for a proxy', `Basic ${base64}`, header('Proxy-Authorization'), base64],
    ['ApiKey as scheme', `ApiKey ${opaque}`, authorization, opaque],
    ['Api-Key as scheme', `Api-Key ${uuid}`, authorization, uuid],
    ['Token as scheme', `Token ${hex(40)}`, authorization, hex(40)],
    ['Bot as scheme', `Bot ${opaque}`, authorization, opaque],
    ['two schemes', `Bearer Bearer ${opaque}`, authorization, opaque],
    [
      'a private token of GitLab',
      'glpat-' + 'a1B2c3D4e5'.repeat(2),
      header('PRIVATE-TOKEN'),
      'glpat-' + 'a1B2c3D4e5'.repeat(2),
    ],
    ['a subscription key', hex(32), header('Ocp-Apim-Subscription-Key'), hex(32)],
    ['an access token header', opaque, header('X-Access-Token'), opaque],
    ['an auth token header', opaque, header('X-Auth-Token'), opaque],
    [
      'a vault token',
      'hvs.' + 'CAESIJ1a2B3c4D5e6F7g8H9i',
      header('X-Vault-Token'),
      'hvs.' + 'CAESIJ1a2B3c4D5e6F7g8H9i',
    ],
    ['a functions key', `${opaque}==`, header('x-functions-key'), `${opaque}==`],
    ['a session cookie', `sid=${opaque}`, header('Cookie'), `sid=${opaque}`],
    ['a csrf mode', 'strict', header('X-Csrf-Mode')],
    ['an accepted type', 'application/json, text/event-stream', header('Accept')],
    ['a request id', uuid, header('X-Request-Id')],
    ['a tenant', uuid, header('X-Tenant-Id')],
    ['a trace', '00-' + hex(32) + '-' + hex(16) + '-01', header('traceparent')],
    ['a user agent', 'acme-mcp/1.2.3 (+https://acme.example)', header('User-Agent')],
    ['an API version', '2024-11-05', header('X-Api-Version')],
  ]);
});

describe('credentials that people write: addresses', () => {
  checkSecrets([
    ['user and password', `http://svc:${opaque}@mcp.internal.example:8080/mcp`, url, opaque],
    ['a short password', 'https://admin:hunter22@mcp.example.com/mcp', url, 'hunter22'],
    ['a socket with a token', `ws://mcp.example.com:9000/?access_token=${opaque}`, url, opaque],
    ['a socket with a key', `wss://mcp.example.com/ws?apikey=${hex(32)}`, url, hex(32)],
    ['a signature', `https://mcp.example.com/sse?sig=${opaque}${opaque}`, url, opaque + opaque],
    [
      'a code of a function',
      `https://f.azurewebsites.net/runtime/webhooks/mcp/sse?code=${opaque}${opaque}==`,
      url,
      `${opaque}${opaque}==`,
    ],
    ['a session in a fragment', `https://mcp.example.com/mcp#token=${opaque}`, url, opaque],
    ['a branch', 'https://mcp.example.com/mcp?ref=main&v=2', url],
    ['a project', `https://mcp.example.com/mcp?project=${uuid}`, url],
    ['a port', 'http://localhost:3845/sse', url],
    ['a scope in a path', 'https://mcp.example.com/@acme/server/mcp', url],
    ['an SSH address', 'ssh://git@git.example.com/acme/repo.git', env('REPO')],
    ['a queue', `amqps://svc:${opaque}@mq.example.com/v`, env('BROKER_URL'), opaque],
    [
      'a JDBC address',
      `jdbc:postgresql://db.example.com/x?user=app&password=${opaque}`,
      env('JDBC_URL'),
      opaque,
    ],
    [
      'an ADO connection',
      `Data Source=db.example.com;User Id=app;Pwd=${opaque};`,
      env('CONN'),
      opaque,
    ],
    [
      'a storage connection',
      `DefaultEndpointsProtocol=https;AccountName=acme;AccountKey=${opaque}${opaque}==;EndpointSuffix=core.windows.net`,
      env('AZURE_STORAGE_CONNECTION_STRING'),
      `${opaque}${opaque}==`,
    ],
    [
      'a webhook of Slack',
      `https://hooks.slack.com/services/T0AB12CD3/B0AB12CD3/${opaque}aB12`,
      env('HOOK'),
      `https://hooks.slack.com/services/T0AB12CD3/B0AB12CD3/${opaque}aB12`,
    ],
    ['a local Redis', 'redis://localhost:6379/0', env('REDIS_URL')],
  ]);
});

describe('credentials that people write: arguments and variables', () => {
  checkSecrets([
    ['--env.X=', `--env.ACME_TOKEN=${opaque}`, last(`--env.ACME_TOKEN=${opaque}`), opaque],
    ['--env X=', `ACME_TOKEN=${opaque}`, last('--env', `ACME_TOKEN=${opaque}`), opaque],
    ['the key of a registry', uuid, last('run', '@acme/mcp', '--key', uuid), uuid],
    ['a key joined to its flag', `--key=${uuid}`, last(`--key=${uuid}`), uuid],
    ['a flag in camel case', opaque, last('--apiKey', opaque), opaque],
    ['a flag with an underscore', opaque, last('--auth_token', opaque), opaque],
    ['a Windows flag', `/p:Password=${opaque}`, last(`/p:Password=${opaque}`), opaque],
    [
      'a header of a bridge',
      `X-Api-Key:${opaque}`,
      last('--header', `X-Api-Key:${opaque}`),
      opaque,
    ],
    [
      'a Basic header of a bridge',
      `Authorization: Basic ${base64}`,
      last('--header', `Authorization: Basic ${base64}`),
      base64,
    ],
    [
      'JSON in an argument',
      `{"env":{"ACME_TOKEN":"${opaque}"}}`,
      last('--config', `{"env":{"ACME_TOKEN":"${opaque}"}}`),
      opaque,
    ],
    [
      'JSON in JSON in a variable',
      JSON.stringify({ a: JSON.stringify({ password: 'Qw8zz!pol' }) }),
      env('CONFIG'),
      'Qw8zz!pol',
    ],
    [
      'JSON that is escaped once too often',
      `{\\"apiKey\\":\\"${opaque}\\"}`,
      env('CONFIG'),
      opaque,
    ],
    [
      'headers in JSON',
      `{"X-Api-Key":"${opaque}","X-Team":"blue"}`,
      env('OPENAPI_MCP_HEADERS'),
      opaque,
    ],
    [
      'a PEM with \\n',
      pem('EC PRIVATE KEY', '\\n'),
      env('PRIVATE_KEY'),
      pem('EC PRIVATE KEY', '\\n'),
    ],
    [
      'an OpenSSH key',
      pem('OPENSSH PRIVATE KEY', '\n'),
      env('SSH_KEY'),
      pem('OPENSSH PRIVATE KEY', '\n'),
    ],
    [
      'an encrypted PEM',
      pem('ENCRYPTED PRIVATE KEY', '\n'),
      env('KEY'),
      pem('ENCRYPTED PRIVATE KEY', '\n'),
    ],
    ['an AWS secret', awsSecret, env('AWS_SECRET_ACCESS_KEY'), awsSecret],
    ['a JWT under any name', jwt({ sub: '1' }), env('N8N'), jwt({ sub: '1' })],
    ['a password with a space', 'correct horse 7', env('SMTP_PASSWORD'), 'correct horse 7'],
    [
      'an app password of Google',
      'qwpt zkrn mvbd xlcs',
      env('GMAIL_APP_PASSWORD'),
      'qwpt zkrn mvbd xlcs',
    ],
    ['a default behind a space', `\${ ACME:-${opaque} }`, env('ACME_TOKEN'), opaque],
    ['a passcode', 'Qx93-817b', env('DEVICE_PASSCODE'), 'Qx93-817b'],
    [
      'a token in export',
      `export GH_TOKEN=${githubToken}`,
      last('-c', `export GH_TOKEN=${githubToken}`),
      githubToken,
    ],
    [
      'a token in PowerShell',
      `$env:ACME_TOKEN='${opaque}'; npx acme`,
      last('-Command', `$env:ACME_TOKEN='${opaque}'; npx acme`),
      opaque,
    ],
    [
      'a header that curl sends',
      `curl -s -H "Authorization: Token ${opaque}" https://a.example`,
      headersHelper,
      opaque,
    ],
    [
      'a printf of a helper',
      `printf '{"Authorization":"Bearer ${opaque}"}'`,
      headersHelper,
      opaque,
    ],
    ['a client secret', opaque, oauth('client_secret'), opaque],
    [
      'a seed phrase',
      'ridge maple coral angle velvet orbit tunnel pepper lunar basket window drift',
      env('WALLET_MNEMONIC'),
      'ridge maple coral angle velvet orbit tunnel pepper lunar basket window drift',
    ],
    ['a wallet key', '0x' + hex(64), env('WALLET_PRIVATE_KEY'), '0x' + hex(64)],
  ]);
});

const telegram = '8543445529:' + 'AA' + 'Hd9_q'.repeat(7).slice(0, 33);
const hook = `${uuid}@${uuid}/IncomingWebhook/${hex(32)}/${uuid}`;
const signature = encodeURIComponent(`${opaque}+${opaque}=`);

describe('credentials that were missed once', () => {
  checkSecrets([
    ['a bot of Telegram', telegram, env('TELEGRAM_BOT'), telegram],
    ['a bot in an address', `https://api.telegram.org/bot${telegram}/getMe`, env('U'), telegram],
    ['curl -su', `curl -su admin:Qw8zzpol https://a.example`, headersHelper, 'Qw8zzpol'],
    ['a header in an assignment', `Authorization=Bearer ${hex(32)}`, env('HEADERS'), hex(32)],
    ['a hook of Teams', `https://acme.webhook.office.com/webhookb2/${hook}`, env('TEAMS'), hook],
    ['a hook of Outlook', `https://outlook.office.com/webhook/${hook}`, env('HOOK'), hook],
    ['an access code', '482193', env('ACCESS_CODE'), '482193'],
    ['a seed of one-time passwords', 'JBSWY3DPEHPK3PXP', env('OTP_SEED'), 'JBSWY3DPEHPK3PXP'],
    ['a PIN', '739184', env('WALLET_PIN'), '739184'],
    ['a password of leet words', 'p@ss-W0rd!', env('DB_PASSWORD'), 'p@ss-W0rd!'],
    [
      'a shared access signature that ends on a round second',
      `SharedAccessSignature sr=acme&sig=${signature}&se=1700000000&skn=root`,
      env('AZURE_TOKEN'),
      signature,
    ],
  ]);
});

describe('what was taken for a credential once', () => {
  checkSecrets([
    ['the id of a file', opaque, env('FIGMA_FILE_KEY')],
    ['a key that only searches', hex(32), env('ALGOLIA_SEARCH_KEY')],
    ['gopass', 'gopass:work/api', env('API_KEY')],
    ['1Password', '1password:item', env('API_KEY')],
    ['a reference to a secret', 'secretref:x', env('API_KEY')],
    ['the example of LiteLLM', 'sk-1234', env('API_KEY')],
    ['the example of Basic', `Basic ${btoa('user:password')}`, authorization],
    ['another of Basic', `Basic ${btoa('username:password')}`, authorization],
    ['a short PIN', '4821', env('WALLET_PIN')],
    ['a sequence', '123456', env('ACCESS_CODE')],
    ['a sequence backwards', '654321', env('PASSCODE')],
    ['a repetition', '121212', env('PASSCODE')],
    ['a web application', 'AIza' + 'aB3_'.repeat(9).slice(0, 35), env('VITE_FIREBASE_API_KEY')],
  ]);
});

describe('what only looks like a credential', () => {
  checkSecrets([
    ['a publishable key', 'pk_live_' + 'a1B2c3D4'.repeat(3), env('STRIPE_KEY')],
    ['a key of PostHog for browsers', 'phc_' + 'a1B2c3D4'.repeat(5), env('POSTHOG_API_KEY')],
    [
      'a client id',
      '123456789012-a1b2c3d4e5f6.apps.googleusercontent.com',
      env('GOOGLE_CLIENT_ID'),
    ],
    ['an AAD client', uuid, env('AZURE_CLIENT_ID')],
    ['a tenant', uuid, env('AZURE_TENANT_ID')],
    ['an account', '123456789012', env('AWS_ACCOUNT_ID')],
    ['a subscription', uuid, env('AZURE_SUBSCRIPTION_ID')],
    ['a workspace', 'T01234567', env('SLACK_TEAM_ID')],
    ['a notion page', hex(32), env('NOTION_PAGE_ID')],
    ['a digest', `sha256:${hex(64)}`, env('IMAGE')],
    [
      'a digest in an image',
      `acme/mcp@sha256:${hex(64)}`,
      last('run', '-i', `acme/mcp@sha256:${hex(64)}`),
    ],
    [
      'a commit',
      `git+https://github.com/acme/mcp@${hex(40)}`,
      last('--from', `git+https://github.com/acme/mcp@${hex(40)}`),
    ],
    ['an integrity', `sha512-${opaque}${opaque}==`, other('integrity')],
    ['a public SSH key', `ssh-ed25519 AAAAC3Nza${opaque} me@host`, env('SSH_KEY')],
    ['a certificate', pem('CERTIFICATE', '\n'), env('CA')],
    ['a file of a token', '/run/secrets/acme', env('ACME_TOKEN_FILE')],
    ['a Windows path of a key', 'C:\\Users\\me\\key.pem', last('--key', 'C:\\Users\\me\\key.pem')],
    ['a limit', '200000', env('MAX_TOKENS')],
    ['a kind of token', 'Bearer', env('TOKEN_TYPE')],
    ['a life time', '3600', env('TOKEN_TTL')],
    ['a name of a secret', 'acme/prod/db', env('SECRET_NAME')],
    ['a public VAPID key', opaque.repeat(4), env('VAPID_PUBLIC_KEY')],
    ['a region', 'eu-central-1', env('AWS_REGION')],
    ['a wallet address', '0x' + hex(40), env('WALLET_ADDRESS')],
    ['a keyboard', 'de-latin1-nodeadkeys', env('KEYBOARD')],
    ['a sort key', 'createdAt', env('SORT_KEY')],
    ['a list of scopes', 'read:user,repo', oauth('scopes')],
    ['1Password', 'op://Private/GitHub/token', env('GITHUB_TOKEN')],
    [
      'an ARN',
      'arn:aws:secretsmanager:eu-west-1:123456789012:secret:acme-AbCdEf',
      env('ACME_SECRET'),
    ],
  ]);
});

describe('placeholders of the world', () => {
  for (const value of [
    ...[
      'TU_CLAVE_API',
      'pon_tu_token_aquí',
      'reemplaza_con_tu_clave',
      'SEU_TOKEN',
      'insira_seu_token_aqui',
    ],
    ...[
      '在此处填写密钥',
      'your_密钥',
      '你的API密钥',
      'IHR_API_SCHLÜSSEL',
      'dein_api_key_hier',
      'HIER_TOKEN_EINTRAGEN',
    ],
    ...[
      'VOTRE_CLE_API',
      'mettez_votre_jeton_ici',
      'remplacez-moi',
      'あなたのAPIキー',
      'トークンをここに入力',
      'YOUR-TOKEN-GOES-HERE',
    ],
    ...[
      '<insert token>',
      'TODO',
      'sk-ant-...',
      'ghp_xxxxxxxxxxxxxxxxxxxx',
      '{{your key}}',
      'my-secret-token',
      'token_here',
      'replace_me',
    ],
  ]) {
    it(`takes ${value} for one`, () => {
      const slot = env('ACME_TOKEN');
      const found = texts(value, findPlaceholders(value, slot));
      deepStrictEqual(
        [found.length > 0 || value.startsWith('{{'), findSecrets(value, slot)],
        [true, []],
      );
    });
  }
});
