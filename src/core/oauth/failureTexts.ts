import { assertNever } from '../base/assertNever';
import type { DocumentName, SignInFailure } from './failure';
import type { UrlProblem } from './urlPolicy';

/** A failure in words. */
export interface FailureText {
  /** What is wrong. */
  readonly sentence: string;
  readonly cause: string;
  /** What to do next. */
  readonly remedy: string;
  /** For whoever runs the server, where the server is at fault. */
  readonly forAuthor?: string;
}

const urlProblems: Readonly<Record<UrlProblem, string>> = {
  unreadable: 'it is not a plain absolute address',
  scheme: 'it is neither https: nor http:',
  'not-encrypted': 'it is http: and not on this machine',
  'user-info': 'it holds a user name or a password',
  fragment: 'it has a part after #',
  'this-machine': 'it leads to this machine, where the MCP server is not',
};

const tellAuthor = 'Send the text for the author to whoever runs the server.';

/** Total. What of it comes from a server is one line and is to be escaped where it is shown. */
export function describeFailure(failure: SignInFailure): FailureText {
  switch (failure.kind) {
    case 'cancelled':
      return text(
        'The sign-in was cancelled.',
        'You cancelled it.',
        'Start it again when you like.',
      );
    case 'declined':
      return text(
        'The sign-in ended at the review.',
        'You did not agree to it. Nothing was registered and no browser was opened.',
        'Start it again when you like.',
      );
    case 'no-connection':
      return text(
        `${failure.host} could not be asked.`,
        failure.sentence,
        failure.reason === 'refused-address' || failure.reason === 'refused-scheme'
          ? tellAuthor
          : 'Check the connection, a proxy and the address, and sign in again.',
      );
    case 'unexpected-status':
      return text(
        `${failure.host} answered ${failure.status} instead of its ${failure.document}.`,
        failure.status === 429
          ? 'It limits how often it is asked.'
          : 'It has a fault at the moment.',
        'Try again in some minutes.',
        `A request for the ${failure.document} is answered with ${failure.status}. Answer 200 with the document, or 404 where there is none.`,
      );
    case 'url-refused':
      return text(
        `The address in “${failure.field}” is not used: ${urlProblems[failure.problem]}.`,
        'Such an address can start a program, reach a private network or show credentials.',
        failure.field === 'server URL' ? 'Correct the URL of the server.' : tellAuthor,
        failure.field === 'server URL'
          ? undefined
          : `“${failure.field}” has to be a plain https: address; ${urlProblems[failure.problem]}.`,
      );
    case 'document-invalid':
      return text(
        `The answer with the ${documentWords[failure.document]} cannot be used: ${failure.flaw}.`,
        'The server does not follow the specification.',
        tellAuthor,
        `The ${documentWords[failure.document]} is not valid: ${failure.flaw}.`,
      );
    case 'resource-mismatch':
      return text(
        'The server’s metadata is about another server.',
        `It says “${failure.resource}”; the server is “${failure.serverUrl}”. A token for the one must not go to the other.`,
        'Check the URL of the server; if it is right, send the text for the author.',
        `“resource” in the protected resource metadata has to be the URL of the server, or a path above it on the same origin (RFC 9728 §3.3). It is “${failure.resource}”.`,
      );
    case 'metadata-missing':
      return text(
        `${failure.issuer} does not say how to sign in.`,
        'None of the well-known addresses has its metadata.',
        tellAuthor,
        `Publish the metadata of “${failure.issuer}” (RFC 8414 §3 or OpenID Connect Discovery §4).`,
      );
    case 'issuer-mismatch':
      return text(
        'The authorization server calls itself something else.',
        `Its metadata says “${failure.found}”; it was asked for as “${failure.expected}”. They have to be the same to the letter.`,
        tellAuthor,
        `“issuer” has to be “${failure.expected}” to the letter, a slash at the end included, or “authorization_servers” has to name “${failure.found}” (RFC 8414 §3.3).`,
      );
    case 'pkce-missing':
      return text(
        failure.advertised === undefined
          ? 'The authorization server does not say that it supports PKCE.'
          : 'The authorization server does not offer the PKCE method S256.',
        'Without PKCE somebody who sees the code can use it. The MCP specification has clients refuse.',
        failure.advertised === undefined
          ? `${tellAuthor} For a server that is known to support PKCE, allow it in the settings of this server.`
          : tellAuthor,
        'Support PKCE and publish "code_challenge_methods_supported": ["S256"] (RFC 8414 §2).',
      );
    case 'client-needed':
      return text(
        `${failure.issuer} wants a client that was registered beforehand.`,
        'It takes neither a client metadata document nor registrations by programs.',
        `Register a client there, with the redirect URI ${failure.redirectUri}, and enter its id.`,
      );
    case 'client-elsewhere':
      return text(
        'The client that you entered belongs to another issuer.',
        `It was registered at “${failure.clientIssuer}”; the server now names “${failure.issuer}”.`,
        'Enter a client that was registered at the new issuer, if you expected the change.',
      );
    case 'token-endpoint-moved':
      return text(
        'The token endpoint moved to another place.',
        `“${failure.issuer}” used ${failure.from} and now names ${failure.to}. What was kept for the one is not sent to the other.`,
        'If you expected the change, forget this sign-in and its client, and sign in again.',
      );
    case 'registration-refused':
      return text(
        `The registration of a client was refused${saying(failure)}.`,
        failure.error === 'invalid_redirect_uri'
          ? `The server does not accept the redirect URI ${failure.redirectUri}.`
          : `The server answered ${failure.status}.`,
        'Ask for a client id from whoever runs the server and enter it.',
        failure.error === 'invalid_redirect_uri'
          ? 'Accept loopback redirect URIs for native clients, with any port (RFC 8252 §7.3).'
          : undefined,
      );
    case 'client-key-unreadable':
      return text(
        'The private key of the client cannot be read.',
        'It has to be PKCS #8 in PEM form, and fit its algorithm.',
        'Enter the key again.',
      );
    case 'browser-failed':
      return text(
        'No browser could be opened.',
        'The editor gave no reason.',
        'Use another way to sign in.',
      );
    case 'no-answer':
      return text(
        'The browser did not come back.',
        'Nobody finished the sign-in there, or the way back is blocked.',
        'Sign in again, or use another way to sign in.',
      );
    case 'answer-invalid':
      return text(
        'The answer of the authorization server was not used.',
        answerFlaws[failure.flaw],
        'Sign in again.',
        `The authorization response is not valid: ${answerFlaws[failure.flaw]}`,
      );
    case 'answer-of-another-issuer':
      return text(
        'The answer may be of another authorization server and was not used.',
        failure.flaw === 'missing'
          ? `“${failure.issuer}” promises to name itself in the answer, and is not named.`
          : `The answer names another issuer than “${failure.issuer}”.`,
        'Sign in again; if it happens again, do not use this server.',
        'Send “iss” in each authorization response, identical to “issuer” to the letter (RFC 9207 §2).',
      );
    case 'authorization-refused':
      return text(
        `The authorization server refused${saying(failure)}.`,
        failure.error === 'access_denied'
          ? 'You, or an administrator, did not consent.'
          : failure.error === 'invalid_scope'
            ? 'It does not know a scope that was asked for.'
            : 'It did not accept the request.',
        failure.error === 'invalid_scope' ? 'Sign in with fewer scopes.' : 'Sign in again.',
      );
    case 'token-refused':
      return text(
        `The token endpoint refused${saying(failure)}.`,
        failure.error === 'invalid_client'
          ? 'It does not know the client, or its secret is wrong.'
          : `It answered ${failure.status}.`,
        failure.error === 'invalid_client'
          ? 'Forget the registered client, or enter the right one, and sign in again.'
          : failure.error === 'invalid_target'
            ? 'The server does not know the resource; send this report to whoever runs it.'
            : 'Sign in again.',
      );
    case 'refresh-refused':
      return text(
        'The sign-in is over.',
        'The refresh token expired, was revoked, or was used somewhere else.',
        'Sign in again.',
      );
    case 'not-offered':
      return text(
        `${failure.issuer} does not offer “${failure.what}”.`,
        'This way to sign in needs it.',
        failure.what === 'refresh_token' ? 'Sign in again.' : 'Use another way to sign in.',
      );
    case 'code-expired':
      return text('The code expired.', 'Nobody entered it in time.', 'Ask for a new code.');
    case 'too-many-authorizations':
      return text(
        `The server still refuses after ${failure.limit} sign-ins.`,
        'It asks for another sign-in each time, which will not help.',
        tellAuthor,
        'A token that was just issued for what the challenge asked for is refused with 401 or 403.',
      );
    default:
      return assertNever(failure);
  }
}

const documentWords: Readonly<Record<DocumentName, string>> = {
  'resource metadata': 'protected resource metadata',
  'authorization server metadata': 'authorization server metadata',
  'client registration': 'client registration',
  'device code': 'device code',
  token: 'token',
};

const answerFlaws = {
  state: 'It does not belong to this sign-in.',
  repeated: 'It gives a parameter twice.',
  'no-code': 'It holds neither a code nor an error.',
} as const;

function saying({
  error,
  description,
}: {
  readonly error?: string;
  readonly description?: string;
}): string {
  const words = [error, description].filter((word) => word !== undefined && word !== '');
  return words.length === 0 ? '' : `: “${words.join(', ')}”`;
}

function text(sentence: string, cause: string, remedy: string, forAuthor?: string): FailureText {
  return { sentence, cause, remedy, ...(forAuthor !== undefined && { forAuthor }) };
}
