import { deepStrictEqual, ok } from 'node:assert/strict';
import { isBlankedName } from '../../../src/core/config/dialects/blankedNames';
import { readCredentialName } from '../../../src/core/secrets/credentialNames';
import { findSecrets } from '../../../src/core/secrets/findSecrets';
import { readJwtClaims } from '../../../src/core/secrets/jwt';
import { providers } from '../../../src/core/secrets/providers';
import { hex, jwt, opaque, other } from './samples';

const samples: readonly (readonly [provider: string, token: string])[] = [
  ['GitHub', 'github_pat_' + 'a1B2'.repeat(12)],
  ['GitLab', 'glpat-' + 'a1B2'.repeat(5)],
  ['OpenRouter', 'sk-or-v1-' + hex(64)],
  ['OpenAI', 'sk-proj-' + 'a1B2_-'.repeat(10)],
  ['Stripe', 'sk_live_' + 'a1B2'.repeat(6)],
  ['Slack', 'xoxb-' + '4408004969-' + 'a1B2'.repeat(6)],
  ['Google', 'AIza' + 'aB3_'.repeat(9).slice(0, 35)],
  ['AWS', 'AKIA' + 'A1B2'.repeat(4)],
  ['Notion', 'ntn_' + 'a1B2'.repeat(11)],
  ['Figma', 'figd_' + 'a1B2'.repeat(10)],
  ['Context7', 'ctx7sk-' + '3f9a1c07-2b4d-4e6f-8a1b-9c0d7e5f3a21'],
  ['Tavily', 'tvly-' + 'dev-' + 'a1B2'.repeat(8)],
  ['Perplexity', 'pplx-' + 'a1B2'.repeat(12)],
  ['Brave Search', 'BSA' + 'a1B2'.repeat(7)],
  ['Firecrawl', 'fc-' + hex(32)],
  ['New Relic', 'NRAK-' + 'A1B2'.repeat(7)],
  ['Trello', 'ATTA' + hex(64)],
  ['Up Bank', 'up:yeah:' + 'a1B2'.repeat(32)],
  ['npm', 'npm_' + 'a1B2'.repeat(9)],
  ['Hugging Face', 'hf_' + 'aBcDe'.repeat(7)],
  ['Telegram', '8543445529:' + 'AA' + 'Hd9_q'.repeat(7).slice(0, 33)],
  ['Tailscale', 'tskey-auth-' + 'kZ9x7CNTRL-' + 'a1B2'.repeat(8)],
  ['Tailscale', 'tskey-api-' + 'kZ9x7CNTRL-' + 'a1B2'.repeat(8)],
  ['age', 'AGE-SECRET-KEY-1' + 'Q9PZRY8X4GF2'.repeat(5).slice(0, 58)],
  ['RubyGems', 'rubygems_' + hex(48)],
  ['Pulumi', 'pul-' + hex(40)],
  ['Contentful', 'CFPAT-' + 'a1B2_'.repeat(9).slice(0, 43)],
  ['Jina', 'jina_' + hex(32) + 'a1_B2-'.repeat(5) + 'c'],
  ['Render', 'rnd_' + 'a1B2'.repeat(7)],
  ['Fireworks', 'fw_' + 'a1B2'.repeat(6)],
  ['Square', 'sq0atp-' + 'a1B2c3'.repeat(4)],
  ['Meta', 'EAAC' + 'a1B2'.repeat(40)],
  ['EasyPost', 'EZAK' + 'a1B2c3'.repeat(9)],
  ['LangSmith', 'lsv2_pt_' + hex(32) + '_' + hex(10)],
  ['LlamaCloud', 'llx-' + 'a1B2'.repeat(12)],
  ['Cerebras', 'csk-' + 'a1b2'.repeat(12)],
  ['Docker Hub', 'dckr_pat_' + 'a1B2c3D4e'.repeat(3)],
  ['Netlify', 'nfp_' + 'a1B2'.repeat(9)],
  ['Fly.io', 'fo1_' + 'a1B2c'.repeat(9).slice(0, 43)],
  ['Fly.io', 'fm2_' + 'lJPE' + 'a1B2'.repeat(40)],
  ['Vercel', 'vcp_' + 'a1B2'.repeat(14)],
  ['Heroku', 'HRKU-' + 'AA' + 'a1B2c'.repeat(12).slice(0, 58)],
  ['Buildkite', 'bkua_' + hex(40)],
  ['CircleCI', 'CCIPAT_' + 'a1B2c3D4e5F'.repeat(2) + '_' + hex(40)],
  ['SonarQube', 'squ_' + hex(40)],
  ['Sourcegraph', 'sgp_' + hex(40)],
  ['Dynatrace', 'dt0c01.' + 'A1B2C3'.repeat(4) + '.' + 'A1B2C3D4'.repeat(8)],
  ['ClickUp', 'pk_' + '84629175_' + 'A1B2'.repeat(8)],
  ['Typeform', 'tfp_' + 'a1B2c'.repeat(10)],
  ['Prefect', 'pnu_' + 'a1B2'.repeat(9)],
  ['Adafruit', 'aio_' + 'a1B2'.repeat(7)],
  ['Google', '1//0' + 'gH3_k'.repeat(14)],
];

describe('known prefixes', () => {
  for (const [provider, token] of samples) {
    it(`tells ${provider} in any text, also in brackets`, () => {
      const value = `use <${token}>, please`;
      const [found, ...more] = findSecrets(value, other('note'));
      deepStrictEqual(
        [found?.provider, found && value.slice(found.start, found.end), more],
        [provider, token, []],
      );
    });
  }

  it('recognises shared prefixes without naming anybody', () => {
    for (const prefix of ['sk-', 'op_', 'access_']) {
      const [found] = findSecrets(prefix + hex(40), other('note'));
      deepStrictEqual([found?.provider, found?.shownPrefix], [undefined, undefined]);
      ok(found !== undefined);
    }
  });

  for (const value of [
    'sk-learn-classifiers-and-other-names',
    'task-' + hex(40),
    'access_control_list_manager_version_2',
    'BSA',
    'fw_update_interval_seconds_default_value',
    'EAA',
    'rnd_seed_for_the_sampling_of_rows',
    '1:AA',
    `8543445529:AA${hex(50)}`,
    'pk_live_' + 'a1B2c3D4'.repeat(3),
    'git@github.com:acme/ghp_tools.git',
  ]) {
    it(`sees no credential in ${value.slice(0, 30)}`, () =>
      deepStrictEqual(findSecrets(value, other('note')), []));
  }

  it('shows four characters of a prefix at most', () => {
    for (const [, token] of samples) {
      const [found] = findSecrets(token, other('note'));
      const shown = found?.shownPrefix ?? '';
      ok(shown.length <= 4 && token.startsWith(shown));
    }
  });

  it('gives token pages over https and names that a shell accepts', () => {
    const wrong = providers.filter(
      ({ tokenPage = 'https://a', variable }) =>
        !tokenPage.startsWith('https://') || !/^[A-Z][A-Z0-9_]*$/.test(variable),
    );
    deepStrictEqual(wrong, []);
  });
});

describe('a match', () => {
  it('holds no part of the credential beyond its prefix', () => {
    const [found] = findSecrets(`Bearer ghp_${'a1B2'.repeat(9)}`, { kind: 'header', name: 'A' });
    deepStrictEqual(JSON.stringify(found).includes('a1B2'), false);
  });
});

describe('readCredentialName', () => {
  for (const name of [
    ...['API_KEY', 'exaApiKey', 'X-Goog-Api-Key', '--access-token', 'PGPASSWORD', 'client_secret'],
    ...['ACCESS_CODE', 'OTP_SEED', 'WALLET_PIN', 'BRAVE_SEARCH_KEY', 'FIREBASE_API_KEY'],
    ...['GITHUB_PAT', 'TOKEN_PROD', 'SECRET2', 'accessToken', 'Proxy-Authorization', 'DB_PWD'],
  ]) {
    it(`expects a credential under ${name}`, () => ok(readCredentialName(name) !== undefined));
  }
  for (const name of [
    ...['MAX_TOKENS', 'TOKEN_URL', 'API_KEY_FILE', '--api-key-env', 'KEY_ID', 'clientId', 'author'],
    ...['SUPABASE_ANON_KEY', 'NEXT_PUBLIC_API_KEY', 'PRIMARY_KEY', 'tokenizer', 'monkey', ''],
    ...['FIGMA_FILE_KEY', 'ALGOLIA_SEARCH_KEY', 'ALGOLIA_SEARCH_API_KEY', 'STATUS_CODE'],
    ...['VITE_FIREBASE_API_KEY', 'FIREBASE_WEB_API_KEY', 'RANDOM_SEED', 'LED_PIN', 'CODE', 'PIN'],
    ...['COMPASS', 'AUTH_MODE', 'X-Api-Key-Header', 'PASSWORD_POLICY'],
  ]) {
    it(`expects none under ${name || 'an empty name'}`, () =>
      deepStrictEqual(readCredentialName(name), undefined));
  }
});

describe('readJwtClaims', () => {
  it('reads the claims of a token', () =>
    deepStrictEqual(readJwtClaims(jwt({ iss: 'ü>?', role: 'anon' })), {
      iss: 'ü>?',
      role: 'anon',
    }));
  for (const text of ['', opaque, 'eyJhbGciOi.eyJhbGciOi.x', 'a.b.c']) {
    it(`gives nothing for ${text.slice(0, 6) || 'an empty text'}`, () =>
      deepStrictEqual(readJwtClaims(text), undefined));
  }
});

describe('isBlankedName', () => {
  for (const name of ['NPM_TOKEN', 'npm_token', 'https_proxy', 'CARGO_REGISTRIES_ACME_TOKEN']) {
    it(`knows that ${name} reads as empty`, () => ok(isBlankedName(name)));
  }
  for (const name of ['GITHUB_TOKEN', 'OPENAI_API_KEY', 'Npm_Token', 'NO_PROXY', 'MY_NPM_TOKEN']) {
    it(`knows that ${name} does not`, () => ok(!isBlankedName(name)));
  }
});
