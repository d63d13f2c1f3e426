/** An elliptic private key, fit to be kept. @see RFC 7517 */
export interface PrivateJwk {
  readonly kty?: string | undefined;
  readonly crv?: string | undefined;
  readonly x?: string | undefined;
  readonly y?: string | undefined;
  readonly d?: string | undefined;
}

/** What a token endpoint gave. The only place where token values are. */
export interface TokenSet {
  readonly accessToken: string;
  readonly type: 'Bearer' | 'DPoP';
  readonly refreshToken?: string;
  /** The private key that a DPoP token is bound to. */
  readonly dpopKey?: PrivateJwk;
}

/** A sign-in that holds. Everything but `tokens` may be shown. */
export interface SignedIn {
  readonly serverUrl: string;
  readonly issuer: string;
  /** Absent where `omitResource` was on. */
  readonly resource?: string;
  readonly resourceName?: string;
  readonly clientId: string;
  /** Tokens are only ever sent here and to the server. */
  readonly tokenEndpoint: string;
  readonly tokenEndpointOrigin: string;
  readonly revocationEndpoint?: string;
  readonly scopes: {
    readonly requested: readonly string[];
    readonly granted: readonly string[];
    readonly offered: readonly string[];
  };
  /** Milliseconds since 1970; absent: the server did not say. */
  readonly expiresAt?: number;
  readonly obtainedAt: number;
  readonly tokens: TokenSet;
}

/** What fits into a header; a line break in a token would be another header. @see RFC 6750 §2.1 */
export function isTokenValue(value: unknown): value is string {
  return typeof value === 'string' && /^[\x21-\x7e]{1,65536}$/.test(value);
}
