import { deepStrictEqual, ok } from 'node:assert/strict';
import { createNearNames } from '../../../src/core/variables/nearNames';

describe('a name that is nearly another', () => {
  const near = createNearNames([
    ...['GITHUB_TOKEN', 'API_KEY', 'DB_HOST', 'POSTGRES_HOST', 'KEY_1', 'HOME', 'TEST_TOKEN'],
    ...['ACME_PROD_SECRET', 'ACME_TEST_SECRET', 'OPENROUTER_API_KEY'],
  ]);
  for (const [name, meant] of [
    ['GITHUB_TOKNE', 'GITHUB_TOKEN'],
    ['GITHBU_TOKEN', 'GITHUB_TOKEN'],
    ['GITHUB_TOKENS', 'GITHUB_TOKEN'],
    ['GITHUBTOKEN', 'GITHUB_TOKEN'],
    ['github_token', 'GITHUB_TOKEN'],
    ['APIKEY', 'API_KEY'],
    ['HOMES', 'HOME'],
    ['OPENRUOTR_API_KEY', 'OPENROUTER_API_KEY'],
  ] as const) {
    it(`${name} is meant to be ${meant}`, () => deepStrictEqual(near(name), meant));
  }
  for (const name of [
    ...['DB_PORT', 'POSTGRES_PORT', 'KEY_2', 'HOM', 'GITLAB_TOKEN', 'GITHUB_TOKEN'],
    ...['ACME_DEV_SECRET', 'API_KEY_2', 'API_URL', 'A'.repeat(5000)],
  ]) {
    it(`${name.slice(0, 20)} is a name of its own`, () => deepStrictEqual(near(name), undefined));
  }

  it('guesses nothing where two are as near', () =>
    deepStrictEqual(createNearNames(['API_TOKENS', 'API_TOKENX'])('API_TOKEN'), undefined));

  it('is asked in no time among many names', () => {
    const many = createNearNames(Array.from({ length: 20_000 }, (_, n) => `${word(n)}_TOKEN`));
    const start = performance.now();
    for (let n = 0; n < 20_000; n++) {
      many(`${word(n)}X_TOKEN`);
    }
    ok(performance.now() - start < 2000);
  });
});

/** A word of letters for each number. */
function word(number: number): string {
  return [...String(number)].map((digit) => 'ABCDEFGHIJ'.charAt(Number(digit))).join('');
}
