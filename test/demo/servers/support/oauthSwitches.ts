/** What the authorization server of a test can do, and how it behaves; each is one switch. */
export interface OAuthSwitches {
  readonly accessTokenTtlSeconds: number;
  /** `rotate` gives a new refresh token each time and revokes the family when an old one returns. */
  readonly refresh: 'rotate' | 'keep' | 'none';
  /** Dynamic registration. Without it only the known clients get in. @see RFC 7591 */
  readonly registration: boolean;
  /**
   * Client ID Metadata Documents by their URL, given without a request. Undefined where the server
   * does not know them.
   */
  readonly clientDocuments: Readonly<Record<string, object>> | undefined;
  /** @see RFC 8628 */
  readonly device: boolean;
  /** `nonce` demands proofs as `required` does, and in each the nonce of the server. @see RFC 9449 */
  readonly dpop: 'off' | 'allowed' | 'required' | 'nonce';
  /** What becomes of an authorization request: a page with two buttons, or an answer at once. */
  readonly consent: 'page' | 'allow' | 'deny';
  /** @see RFC 9207 */
  readonly iss: 'on' | 'off' | 'wrong';
  /** Under which names the server publishes its metadata. */
  readonly metadata: 'both' | 'openid' | 'rfc8414';
  /** Changes the metadata before they are published, for servers that say too little or untruth. */
  readonly changeMetadata: (metadata: Record<string, unknown>) => Record<string, unknown>;
  /** @see RFC 7009 */
  readonly revocation: boolean;
  /** @see RFC 7662 */
  readonly introspection: boolean;
  /** @see RFC 6749 section 4.4 */
  readonly clientCredentials: boolean;
  /** Where known clients let the browser come back to; the port is free. @see RFC 8252 section 7.3 */
  readonly redirectUris: readonly string[];
}

export const usualSwitches: OAuthSwitches = {
  accessTokenTtlSeconds: 3600,
  refresh: 'rotate',
  registration: true,
  clientDocuments: undefined,
  device: false,
  dpop: 'off',
  consent: 'page',
  iss: 'on',
  metadata: 'both',
  changeMetadata: (metadata) => metadata,
  revocation: true,
  introspection: false,
  clientCredentials: false,
  redirectUris: ['http://127.0.0.1/callback', 'http://localhost/callback'],
};
