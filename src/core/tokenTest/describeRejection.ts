import { assertNever } from '../base/assertNever';
import { describeHeld } from './describeForbidden';
import type { OutcomeText } from './describeOutcome';
import { renewCredential, type NextAction } from './nextAction';
import type { RejectionReason } from './rejection';
import { afterOthers, placeOf, quoteReason } from './sentenceParts';
import { describeDuration } from './tokenReading';
import type { StepName, TokenTestOutcome } from './tokenTestOutcome';

type Rejected = Extract<TokenTestOutcome, { kind: 'rejected' }>;
type Words = readonly [headline: string, cause: string, next: string];

/** A 401 in words, with what the token says about itself. */
export function describeRejection(outcome: Rejected): OutcomeText {
  const { step, passed, credential } = outcome;
  const [problem, cause, next] = describeReason(outcome.reason, outcome);
  return {
    headline: `Rejected (401)${afterOthers(step, passed)}: ${problem}.`,
    state: 'rejected (401)',
    cause: [cause, ...aboutClock(outcome)].join(' '),
    next: next.replace('{place}', () => placeOf(credential.variables)),
    action: actionFor(outcome),
  };
}

function describeReason(reason: RejectionReason, { credential, step, passed }: Rejected): Words {
  const headers = credential.headers.join(' and ');
  switch (reason.kind) {
    case 'nothing-sent':
      return [
        'the server wants a credential and none was sent',
        `No header of this server carries one.${openBefore(step, passed)}`,
        'Sign in, or add the header that the documentation of the server names.',
      ];
    case 'sign-in':
      return [
        'the server wants a sign-in with OAuth',
        `No header of this server carries a credential.${openBefore(step, passed)} Its metadata names who issues tokens: ${reason.servers.join(', ')}.${describeScopes(reason.scopes)}`,
        'Sign in to the server, then test again.',
      ];
    case 'expired':
      return [
        `the token expired ${describeDuration(reason.agoMs)} ago (read from the token itself)`,
        `The exp claim of the token in ${reason.header} is past; its signature was not verified here.`,
        'Get a new token, put it {place}, and test again.',
      ];
    case 'not-yet-valid':
      return [
        `the token becomes valid in ${describeDuration(reason.inMs)} (read from the token itself)`,
        `The nbf claim of the token in ${reason.header} is still to come; its signature was not verified here.`,
        'Check the clock of this computer and of the one that made the token, then test again.',
      ];
    case 'no-scheme':
      return [
        'the Authorization header has no scheme in front of the token',
        'The value is one word; a server expects a scheme and then the token.',
        `Write it as "${reason.scheme} \${TOKEN}", with the name of your variable.`,
      ];
    case 'wrong-scheme':
      return [
        `the server asks for ${reason.wanted.join(' or ')} and was sent ${reason.sent}`,
        'None of its challenges has the scheme of the Authorization header.',
        `Put ${reason.wanted[0] ?? 'the scheme it asks for'} in front of the token, or use the kind of token it asks for.`,
      ];
    case 'header-not-read':
      return [
        `the server asks for ${reason.wanted.join(' or ')} and may not read ${headers}`,
        'Its challenge is about the Authorization header, which was not sent.',
        `Check the name of the header, or send "Authorization: ${reason.wanted[0] ?? 'Bearer'} …".`,
      ];
    case 'other-audience':
      return [
        `the token is for ${reason.audience} (read from the token itself)`,
        `The aud claim of the token in ${reason.header} names another address than url; its signature was not verified here.`,
        'Get a token for this server, put it {place}, and test again.',
      ];
    case 'other-issuer':
      return [
        `the token was issued by ${reason.issuer}, which the server does not trust (read from the token itself)`,
        `The iss claim of the token in ${reason.header} is none of the issuers in the server's metadata (${reason.trusted.join(', ')}), letter by letter; its signature was not verified here.`,
        `Get a token from ${reason.trusted[0] ?? 'an issuer that the server trusts'}, put it {place}, and test again.`,
      ];
    case 'scope-missing': {
      const held = describeHeld(reason.held);
      const scope = reason.scope === undefined ? 'more scopes' : `scope ${reason.scope}`;
      return [
        `the server asks for ${scope}${held === undefined ? '' : `; this token has ${held} (read from the token itself)`}`,
        'Its challenge is about the scopes of the token. A server should say this with status 403.',
        `Get a token with ${scope}, put it {place}, and test again.`,
      ];
    }
    case 'basic-not-encoded':
      return [
        'the value after Basic is no base64 of a user and a password',
        `${reason.header} is to hold "Basic" and then user:password encoded in base64; without a password, too, the colon is part of it.`,
        'Encode user:password in base64 and put the result {place}, then test again.',
      ];
    case 'token-invalid':
      return [
        'the server does not accept this token (invalid_token)',
        `${quoteReason(reason.description)} It may be expired, revoked, or made for another server.`,
        'Get a new token, put it {place}, and test again.',
      ];
    case 'no-challenge':
      return [
        `the server does not accept the value of ${headers}`,
        'It sent no challenge that says what it expects, as is usual for API keys.',
        'Check the name of the header and whether the key is active; put a new one {place} if it is not.',
      ];
    case 'unexplained':
      return [
        'the server does not accept the credential',
        quoteReason(reason.description),
        'Get a new token, put it {place}, and test again.',
      ];
    default:
      return assertNever(reason);
  }
}

/** That a server is open to everybody up to the step on which it wants a credential. */
function openBefore(step: StepName, passed: readonly StepName[] = []): string {
  const open = passed.filter((name) => name === 'initialize' || name === 'server/discover');
  return open.length === 0 || step === open[0]
    ? ''
    : ` ${open.join(' and ')} is open to everybody, ${step} is not.`;
}

function describeScopes(scopes: readonly string[]): string {
  return scopes.length === 0 ? '' : ` It offers the scopes ${scopes.join(', ')}.`;
}

/** How far the clocks are apart: a token is judged by that of the server. */
export function describeClock(aheadMs: number): string {
  const side = aheadMs > 0 ? 'ahead of' : 'behind';
  return `The clock of this computer is ${describeDuration(Math.abs(aheadMs))} ${side} that of the server.`;
}

/** Where times may be the matter. */
function aboutClock({ reason, clockAheadMs }: Rejected): readonly string[] {
  if (clockAheadMs === undefined) {
    return [];
  }
  switch (reason.kind) {
    case 'expired':
    case 'not-yet-valid':
      return [`${describeClock(clockAheadMs)} The time was compared with the server's.`];
    case 'token-invalid':
    case 'unexplained':
      return [describeClock(clockAheadMs)];
    default:
      return [];
  }
}

function actionFor({ reason, credential, offeredSchemes }: Rejected): NextAction {
  switch (reason.kind) {
    case 'nothing-sent':
      return offeredSchemes.some((scheme) => scheme.toLowerCase() === 'bearer')
        ? { kind: 'sign-in' }
        : { kind: 'open-entry', field: 'headers' };
    case 'not-yet-valid':
      return { kind: 'test-again' };
    case 'no-scheme':
    case 'wrong-scheme':
    case 'header-not-read':
      return { kind: 'open-entry', field: 'headers' };
    case 'sign-in':
      return { kind: 'sign-in' };
    case 'expired':
    case 'other-audience':
    case 'other-issuer':
    case 'scope-missing':
    case 'basic-not-encoded':
    case 'token-invalid':
    case 'no-challenge':
    case 'unexplained':
      return renewCredential(credential.variables);
    default:
      return assertNever(reason);
  }
}
