import assert from 'node:assert/strict';
import { checkAuthorizationAnswer } from '../../../src/core/oauth/authorizationAnswer';
import { SignInError } from '../../../src/core/oauth/failure';

const issuer = 'https://login.example';

describe('the answer that the browser brings', () => {
  const good = 'state=s&code=c';
  const rows: readonly (readonly [
    situation: string,
    query: string,
    promised: string,
    notPromised?: string,
  ])[] = [
    ['the issuer as expected', `${good}&iss=https%3A%2F%2Flogin.example`, 'ok'],
    ['no issuer', good, 'answer-of-another-issuer missing', 'ok'],
    [
      'another issuer',
      `${good}&iss=https%3A%2F%2Fevil.example`,
      'answer-of-another-issuer different',
    ],
    [
      'the issuer with a slash',
      `${good}&iss=https%3A%2F%2Flogin.example%2F`,
      'answer-of-another-issuer different',
    ],
    [
      'the issuer in capitals',
      `${good}&iss=https%3A%2F%2FLOGIN.example`,
      'answer-of-another-issuer different',
    ],
    [
      'the issuer with its port',
      `${good}&iss=https%3A%2F%2Flogin.example%3A443`,
      'answer-of-another-issuer different',
    ],
    ['an empty issuer', `${good}&iss=`, 'answer-of-another-issuer different'],
    [
      'two issuers',
      `${good}&iss=https%3A%2F%2Flogin.example&iss=https%3A%2F%2Flogin.example`,
      'answer-of-another-issuer different',
    ],
    [
      'an error of another issuer, whose text is not shown',
      'state=s&error=evil&iss=https%3A%2F%2Fevil.example',
      'answer-of-another-issuer different',
    ],
    ['another state', `state=t&code=c&iss=${issuer}`, 'answer-invalid state'],
    ['no state', `code=c&iss=${issuer}`, 'answer-invalid state'],
    ['two codes', `${good}&code=d&iss=${issuer}`, 'answer-invalid repeated'],
    ['neither code nor error', `state=s&iss=${issuer}`, 'answer-invalid no-code'],
    [
      'an error',
      `state=s&error=access_denied&iss=${issuer}`,
      'authorization-refused access_denied',
    ],
    [
      'an error with control characters',
      `state=s&error=a%1b%5b31m%0d%0ab&iss=${issuer}`,
      'authorization-refused a [31m  b',
    ],
  ];
  for (const [situation, query, promised, notPromised = promised] of rows) {
    it(situation, () => {
      assert.deepEqual([check(query, true), check(query, false)], [promised, notPromised]);
    });
  }
});

function check(query: string, sendsIssuer: boolean): string {
  try {
    checkAuthorizationAnswer(new URLSearchParams(query), { issuer, sendsIssuer }, 's');
    return 'ok';
  } catch (error) {
    assert.ok(error instanceof SignInError);
    const { failure } = error;
    const detail = 'flaw' in failure ? failure.flaw : 'error' in failure ? failure.error : '';
    return `${failure.kind} ${detail}`;
  }
}
