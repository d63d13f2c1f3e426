import {
  None,
  PrivateKeyJwt,
  ClientSecretPost,
  type ClientAuth,
  type CryptoKey,
} from 'oauth4webapi';
import { assertNever } from '../base/assertNever';
import type { ClientKey, OAuthClient } from './client';
import { SignInError } from './failure';

/**
 * Adds who we are to a request of the token endpoint.
 * @throws SignInError when the key cannot be read
 * @see RFC 6749 §2.3, RFC 7523 §2.2
 */
export async function authenticationOf(client: OAuthClient): Promise<ClientAuth> {
  const { authMethod, clientId, clientSecret = '', key } = client;
  switch (authMethod) {
    case 'none':
      return None();
    case 'client_secret_basic':
      return (_server, _client, _body, headers) => {
        headers.set(
          'authorization',
          `Basic ${btoa(`${encode(clientId)}:${encode(clientSecret)}`)}`,
        );
      };
    case 'client_secret_post':
      return ClientSecretPost(clientSecret);
    case 'private_key_jwt': {
      const cryptoKey = await readKey(key);
      return PrivateKeyJwt(key?.id === undefined ? cryptoKey : { key: cryptoKey, kid: key.id });
    }
    default:
      return assertNever(authMethod);
  }
}

/**
 * As forms are written, which leaves "-", "." and "_" alone: servers that do not decode them, and
 * there are many, see the plain value.
 * @see RFC 6749 §2.3.1, appendix B
 */
function encode(text: string): string {
  return new URLSearchParams({ '': text }).toString().slice(1);
}

type ImportAlgorithm = Parameters<typeof crypto.subtle.importKey>[2];

const algorithms: Readonly<Record<string, ImportAlgorithm>> = {
  ES256: { name: 'ECDSA', namedCurve: 'P-256' },
  ES384: { name: 'ECDSA', namedCurve: 'P-384' },
  ES512: { name: 'ECDSA', namedCurve: 'P-521' },
  RS256: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
  PS256: { name: 'RSA-PSS', hash: 'SHA-256' },
  EdDSA: { name: 'Ed25519' },
  Ed25519: { name: 'Ed25519' },
};

async function readKey(key: ClientKey | undefined): Promise<CryptoKey> {
  const algorithm = algorithms[key?.algorithm ?? ''];
  const text = /-----BEGIN PRIVATE KEY-----([\sA-Za-z0-9+/=]+)-----END PRIVATE KEY-----/.exec(
    key?.pem ?? '',
  )?.[1];
  try {
    if (algorithm === undefined || text === undefined) {
      throw new TypeError('No key of a known kind.');
    }
    const bytes = Uint8Array.from(atob(text.replace(/\s/g, '')), (char) => char.charCodeAt(0));
    return await crypto.subtle.importKey('pkcs8', bytes, algorithm, false, ['sign']);
  } catch {
    throw new SignInError({ kind: 'client-key-unreadable' }, 'client');
  }
}
