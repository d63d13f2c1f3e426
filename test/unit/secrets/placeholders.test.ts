import { deepStrictEqual } from 'node:assert/strict';
import { findPlaceholders, findSecrets } from '../../../src/core/secrets/findSecrets';
import { isPlaceholder } from '../../../src/core/secrets/placeholders';
import {
  argument,
  env,
  githubToken,
  header,
  hex,
  opaque,
  supabaseToken,
  url,
  uuid,
} from './samples';

const placeholders = [
  ...['YOUR_API_KEY', 'your-token', 'yourApiKey', 'YourTokenHere', 'your_neo4j_password_here'],
  ...['<token>', '<YOUR_GITHUB_PAT>', '[YOUR-PASSWORD]', '{secret}', '<your token>', '__TOKEN__'],
  ...['changeme', 'CHANGE_ME', 'replace-with-your-key', 'INSERT_API_KEY', 'GOOGLE_API_KEY_HERE'],
  ...['xxxx', 'sk-xxx', 'ctx7sk-xxx', 'sk-ant-api03-xxxx', 'xoxb-your-slack-token'],
  ...['ghp_' + '0'.repeat(36), 'ghp_' + 'x'.repeat(36), '00000000-0000-0000-0000-000000000000'],
  ...['sk-...', 'ghm_…', 'eyJhbGciOi...', '***REMOVED***', 'REDACTED', '****'],
  ...['sk-1234567890abcdef', 'sk-ant-your_key_here', 'GOCSPX-your-client-secret', 'API_KEY'],
  ...['test-token', 'example-api-key', 'fake-key-123', 'AKIA' + 'IOSFODNN7EXAMPLE'],
  ...['TU_TOKEN_AQUI', 'tu-clave-aquí', 'sua_chave_aqui', 'coloque-sua-chave-aqui'],
  ...['votre_clé_api', 'dein-token-hier', 'ihr_schlüssel', 'jouw-sleutel', 'la_tua_chiave'],
  ...['ваш_токен', 'твой-ключ', 'twój_token', 'buraya_token', '你的token', '请替换为你的密钥'],
  ...['ここにAPIキーを入力', '여기에_토큰'],
];

const realValues = [
  ...['todoist', 'afraid-kangaroo-qH5jc8', 'abxxxcdwq', 'pfqtzmxxxhhsxmlddrta', 'MyDogRex12!'],
  ...[opaque, uuid, hex(32), githubToken, supabaseToken, `<${supabaseToken}>`, 'odtcoy4873', ''],
];

describe('isPlaceholder', () => {
  for (const value of placeholders) {
    it(`recognises ${value}`, () => deepStrictEqual(isPlaceholder(value), true));
  }
  realValues.forEach((value, index) => {
    it(`does not take real value ${index + 1} for one`, () =>
      deepStrictEqual(isPlaceholder(value), false));
  });
});

describe('findPlaceholders', () => {
  for (const [title, value, slot, expected] of [
    ['behind Bearer', 'Bearer YOUR_TOKEN', header('Authorization'), 'YOUR_TOKEN'],
    ['under a variable', '<your key>', env('ACME_API_KEY'), '<your key>'],
    ['behind a flag', 'your-token', argument('--token', 'your-token'), 'your-token'],
    ['in an assignment', 'TOKEN=xxxx', argument('-e', 'TOKEN=xxxx'), 'xxxx'],
    ['in a query', 'https://a.example/?token=changeme&x=1', url, 'changeme'],
    ['in a connection string', 'postgres://a:<PASSWORD>@db.example/x', env('DB'), '<PASSWORD>'],
    ['in JSON', '{"apiKey": "YOUR_KEY"}', env('CONFIG'), 'YOUR_KEY'],
    ['in a default', '${TOKEN:-changeme}', env('TOKEN'), 'changeme'],
  ] as const) {
    it(`finds one ${title}, which is no secret`, () => {
      const texts = findPlaceholders(value, slot).map(({ start, end }) => value.slice(start, end));
      deepStrictEqual([texts, findSecrets(value, slot)], [[expected], []]);
    });
  }

  for (const [title, value, slot] of [
    ['where no credential belongs', 'your-name', env('USER_NAME')],
    ['in a real token', opaque, env('TOKEN')],
    ['in a reference', '${YOUR_TOKEN}', env('TOKEN')],
    ['in a value nobody needs', 'none', env('TOKEN')],
    ['in a local default', 'postgres', env('DB_PASSWORD')],
  ] as const) {
    it(`finds none ${title}`, () => deepStrictEqual(findPlaceholders(value, slot), []));
  }
});
