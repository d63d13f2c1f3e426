import { readJwtClaims } from '../secrets/jwt';
import { credentialHeaders } from './credentials';
import type { RemoteTarget } from './tokenTestTarget';

/** What a JSON Web Token says about itself; its signature was not verified. */
export interface TokenReading {
  readonly header: string;
  /** Milliseconds since it expired; negative while it is valid. */
  readonly expiredForMs: number | undefined;
  /** Milliseconds until it becomes valid, if that is still to come. */
  readonly validInMs: number | undefined;
  readonly audience: readonly string[];
  readonly issuer: string | undefined;
  /** `undefined` where the token does not speak of scopes. */
  readonly scopes: readonly string[] | undefined;
}

/**
 * Reads the first JSON Web Token among the credentials of `target`; `now` in epoch milliseconds.
 * @see RFC 7519 §4.1
 */
export function readToken(target: RemoteTarget, now: number): TokenReading | undefined {
  for (const { name, value } of credentialHeaders(target)) {
    const claims: Claims | undefined = readJwtClaims(value.replace(/^\S+\s+/, ''));
    if (claims !== undefined) {
      const startMs = secondsToMs(claims.nbf);
      const endMs = secondsToMs(claims.exp);
      return {
        header: name,
        expiredForMs: endMs === undefined ? undefined : now - endMs,
        validInMs: startMs !== undefined && startMs > now ? startMs - now : undefined,
        audience: [claims.aud].flat().filter((aud) => typeof aud === 'string'),
        issuer: typeof claims.iss === 'string' ? claims.iss : undefined,
        scopes: readScopes(claims.scope ?? claims.scp),
      };
    }
  }
  return undefined;
}

interface Claims {
  readonly exp?: unknown;
  readonly nbf?: unknown;
  readonly aud?: unknown;
  readonly iss?: unknown;
  readonly scope?: unknown;
  readonly scp?: unknown;
}

/** `scope` is one text, `scp` of some issuers a list. @see RFC 8693 §4.2 */
function readScopes(claim: unknown): readonly string[] | undefined {
  const parts: readonly unknown[] = [claim].flat();
  const scopes = parts
    .filter((part) => typeof part === 'string')
    .flatMap((part) => part.split(' '));
  return claim === undefined ? undefined : scopes.filter((scope) => scope !== '');
}

function secondsToMs(seconds: unknown): number | undefined {
  const ms = typeof seconds === 'number' ? seconds * 1000 : undefined;
  // JSON has numbers that no time is.
  return Number.isFinite(ms) ? ms : undefined;
}

/** A length of time in the largest unit that fits, as people say it: `3 days`, `1 minute`. */
export function describeDuration(ms: number): string {
  const units = [
    ['day', 86_400_000],
    ['hour', 3_600_000],
    ['minute', 60_000],
  ] as const;
  const [name, length] = units.find(([, unitMs]) => ms >= unitMs) ?? ['second', 1000];
  const count = Math.max(1, Math.floor(ms / length));
  return `${count} ${name}${count === 1 ? '' : 's'}`;
}
