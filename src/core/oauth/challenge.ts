import { parseChallenges } from '../base/wwwAuthenticate';

/** What a 401 or 403 of an MCP server asks for. */
export interface ServerChallenge {
  readonly resourceMetadata?: string;
  readonly scopes?: readonly string[];
  /** `invalid_token`, `insufficient_scope` … */
  readonly error?: string;
  /** Whether tokens have to be bound to a key. @see RFC 9449 §7.1 */
  readonly isDpop: boolean;
}

/**
 * The challenges for tokens among the values of `WWW-Authenticate`; the first that has a parameter
 * gives it.
 * @see RFC 6750 §3, RFC 9728 §5.1
 */
export function readChallenge(headerValues: readonly string[]): ServerChallenge {
  const challenges = parseChallenges(headerValues)
    .map(({ scheme, params }) => ({ scheme: scheme.toLowerCase(), params }))
    .filter(({ scheme }) => scheme === 'bearer' || scheme === 'dpop');
  const first = (name: string) => challenges.find(({ params }) => params[name])?.params[name];
  const [resourceMetadata, scope, error] = [
    first('resource_metadata'),
    first('scope'),
    first('error'),
  ];
  return {
    ...(resourceMetadata !== undefined && { resourceMetadata }),
    ...(scope !== undefined && { scopes: splitScopes(scope) }),
    ...(error !== undefined && { error }),
    isDpop:
      challenges.some(({ scheme }) => scheme === 'dpop') &&
      !challenges.some(({ scheme }) => scheme === 'bearer'),
  };
}

/** The values of a `scope` parameter, each once. @see RFC 6749 §3.3 */
export function splitScopes(text: string): readonly string[] {
  return [...new Set(text.split(' '))].filter((scope) => /^[\x21\x23-\x5b\x5d-\x7e]+$/.test(scope));
}
