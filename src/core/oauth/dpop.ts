import * as oauth from 'oauth4webapi';
import type { CryptoKey } from 'oauth4webapi';
import type { DpopKey } from './tokenEndpoint';
import type { PrivateJwk, TokenSet } from './tokens';

const algorithm = { name: 'ECDSA', namedCurve: 'P-256' } as const;

/** A new key pair for one sign-in. @see RFC 9449 §4 */
export async function createDpopKey(): Promise<DpopKey> {
  const pair = await oauth.generateKeyPair('ES256', { extractable: true });
  const { kty, crv, x, y, d } = await crypto.subtle.exportKey('jwk', pair.privateKey);
  return { handle: oauth.DPoP({}, pair), privateKey: { kty, crv, x, y, d } };
}

/** The key pair of tokens that were kept. */
export async function readDpopKey(privateKey: PrivateJwk): Promise<DpopKey> {
  const { kty, crv, x, y, d } = privateKey;
  const pair = {
    privateKey: await importKey({ kty, crv, x, y, d }, false, 'sign'),
    publicKey: await importKey({ kty, crv, x, y }, true, 'verify'),
  };
  return { handle: oauth.DPoP({}, pair), privateKey };
}

function importKey(
  key: object,
  isExtractable: boolean,
  use: 'sign' | 'verify',
): Promise<CryptoKey> {
  return crypto.subtle.importKey('jwk', key, algorithm, isExtractable, [use]);
}

/** Puts a token on requests to the server it is for. */
export interface Authorizer {
  /** The headers of one request; a proof is made for each. @see RFC 6750 §2.1, RFC 9449 §7 */
  headersFor(method: string, url: string): Promise<Readonly<Record<string, string>>>;
  /**
   * Keeps the nonce of an answer.
   * @returns whether the same request, sent again, will carry what the server demands
   * @see RFC 9449 §9
   */
  heed(
    url: string,
    status: number,
    headers: Readonly<Record<string, readonly string[]>>,
  ): Promise<boolean>;
}

/** @throws TypeError when the kept key is not one */
export async function createAuthorizer(tokens: TokenSet): Promise<Authorizer> {
  const dpop = tokens.dpopKey && (await readDpopKey(tokens.dpopKey));

  /** The library makes proofs, and keeps nonces, within a request only. */
  async function exchange(
    method: string,
    url: string,
    nonce?: string,
  ): Promise<Readonly<Record<string, string>>> {
    let sent: Readonly<Record<string, string>> = {};
    await oauth.protectedResourceRequest(
      tokens.accessToken,
      method,
      new URL(url),
      undefined,
      null,
      {
        [oauth.allowInsecureRequests]: true,
        [oauth.customFetch]: async (_, { headers }) => {
          sent = headers;
          return new Response(null, {
            headers: { ...(nonce !== undefined && { 'dpop-nonce': nonce }) },
          });
        },
        ...(dpop && { DPoP: dpop.handle }),
      },
    );
    return sent;
  }

  return {
    headersFor: (method, url) => exchange(method, url),
    async heed(url, status, headers) {
      const nonce = headers['dpop-nonce']?.[0];
      if (dpop === undefined || nonce === undefined) {
        return false;
      }
      await exchange('GET', url, nonce);
      const challenge = headers['www-authenticate']?.join(', ') ?? '';
      return status === 401 && /\buse_dpop_nonce\b/.test(challenge);
    },
  };
}
