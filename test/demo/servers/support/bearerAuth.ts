import { createHash, timingSafeEqual } from 'node:crypto';
import { type IncomingMessage, type ServerResponse } from 'node:http';
import { type Judgement, sendJson } from './serveHttp';

/**
 * The token of an `Authorization: Bearer` header, or undefined when there is none. The scheme's
 * name is case-insensitive.
 * @see RFC 6750 section 2.1, RFC 9110 section 11.1
 */
export function bearerToken(request: IncomingMessage): string | undefined {
  return /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
}

/** Compares the request's bearer token with the only one that is accepted. */
export function judgeBearer(request: IncomingMessage, accepted: string): Judgement {
  if (request.headers.authorization === undefined) return { credential: 'none' };
  return { credential: isSameSecret(bearerToken(request), accepted) ? 'right' : 'wrong' };
}

/** Compares two secrets in a time that does not tell how much of them agrees. */
export function isSameSecret(given: string | undefined, accepted: string): boolean {
  return given !== undefined && timingSafeEqual(digest(given), digest(accepted));
}

function digest(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

/**
 * The value of a `WWW-Authenticate` header: `Bearer name="value", …`.
 * @see RFC 6750 section 3
 */
export function bearerChallenge(parameters: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(parameters).map(([name, value]) => `${name}="${value}"`);
  return `Bearer ${pairs.join(', ')}`;
}

/**
 * Answers 401 with a challenge. A request without any credential is told how to get in, but not
 * that something was wrong with it.
 * @see RFC 6750 section 3.1
 */
export function refuseBearer(
  response: ServerResponse,
  { credential }: Judgement,
  parameters: Readonly<Record<string, string>> = { realm: 'demo' },
): void {
  if (credential === 'none') {
    const body = { error: 'unauthorized', error_description: 'Send a bearer token' };
    sendJson(response, 401, body, { 'WWW-Authenticate': bearerChallenge(parameters) });
    return;
  }
  const body = {
    error: 'invalid_token',
    error_description: 'The token is unknown, expired or revoked',
  };
  const challenge = bearerChallenge({ ...parameters, ...body });
  sendJson(response, 401, body, { 'WWW-Authenticate': challenge });
}
