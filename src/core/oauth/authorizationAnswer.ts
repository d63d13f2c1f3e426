import type { ServerMetadata } from './documents';
import { foreign, SignInError, type SignInFailure } from './failure';

/**
 * Checks what the browser brought back before anything of it is used or shown. The issuer comes
 * first: an error of a foreign one is not for us.
 *
 * | metadata promises `iss` | answer has it | then                       |
 * | ----------------------- | ------------- | -------------------------- |
 * | yes or no               | yes           | compared byte for byte     |
 * | yes                     | no            | refused                    |
 * | no                      | no            | goes on                    |
 *
 * @throws SignInError
 * @see RFC 9207 §2.4, RFC 6749 §4.1.2, MCP 2026-07-28 authorization response validation
 */
export function checkAuthorizationAnswer(
  answer: URLSearchParams,
  { issuer, sendsIssuer }: Pick<ServerMetadata, 'issuer' | 'sendsIssuer'>,
  state: string,
): void {
  const iss = answer.get('iss');
  const shown = foreign(issuer);
  if (answer.getAll('iss').length > 1 || (iss !== null && iss !== issuer)) {
    throw ended({ kind: 'answer-of-another-issuer', issuer: shown, flaw: 'different' });
  }
  if (iss === null && sendsIssuer) {
    throw ended({ kind: 'answer-of-another-issuer', issuer: shown, flaw: 'missing' });
  }
  const names = ['state', 'code', 'error', 'error_description'];
  if (names.some((name) => answer.getAll(name).length > 1)) {
    throw ended({ kind: 'answer-invalid', flaw: 'repeated' });
  }
  if (answer.get('state') !== state) {
    throw ended({ kind: 'answer-invalid', flaw: 'state' });
  }
  const error = answer.get('error');
  if (error !== null && error !== '') {
    const description = answer.get('error_description');
    throw ended({
      kind: 'authorization-refused',
      error: foreign(error).slice(0, 80),
      ...(description !== null && { description: foreign(description) }),
    });
  }
  if (!answer.get('code')) {
    throw ended({ kind: 'answer-invalid', flaw: 'no-code' });
  }
}

function ended(failure: SignInFailure): SignInError {
  return new SignInError(failure, 'authorization-answer');
}
