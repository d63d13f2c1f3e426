import { createHash, createPublicKey, type JsonWebKey, verify } from 'node:crypto';

/** What is asked of a proof that comes with an access token. */
export interface ProofConditions {
  readonly method: string;
  /** Without query and fragment. */
  readonly url: string;
  readonly accessToken: string;
  readonly keyThumbprint: string;
  /** Undefined where none is demanded. */
  readonly nonce: string | undefined;
  /** The ids of the proofs that were taken before. */
  readonly usedIds: Set<unknown>;
}

/**
 * Whether a DPoP proof signed with ES256 belongs to this request and to this token. Undefined when
 * it does; otherwise the code for the challenge.
 * @see RFC 9449 sections 4.3 and 7.1
 */
export function findProofError(
  proof: string,
  conditions: ProofConditions,
): 'invalid_dpop_proof' | 'use_dpop_nonce' | undefined {
  const [head = '', body = '', signature = ''] = proof.split('.');
  const header = decode(head);
  const claims = decode(body);
  const jwk = header['jwk'] as JsonWebKey | undefined;
  if (header['typ'] !== 'dpop+jwt' || header['alg'] !== 'ES256' || jwk?.d !== undefined || !jwk) {
    return 'invalid_dpop_proof';
  }
  const key = createPublicKey({ key: jwk, format: 'jwk' });
  const isSigned = verify(
    'sha256',
    Buffer.from(`${head}.${body}`),
    { key, dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  );
  const { method, url, accessToken, keyThumbprint, nonce, usedIds } = conditions;
  const isOurs =
    isSigned &&
    thumbprint(jwk) === keyThumbprint &&
    claims['htm'] === method &&
    claims['htu'] === url &&
    claims['ath'] === digest(accessToken) &&
    typeof claims['jti'] === 'string' &&
    !usedIds.has(claims['jti']);
  if (!isOurs) return 'invalid_dpop_proof';
  if (nonce !== undefined && claims['nonce'] !== nonce) return 'use_dpop_nonce';
  usedIds.add(claims['jti']);
  return undefined;
}

/** @see RFC 7638 section 3 */
function thumbprint({ crv, kty, x, y }: JsonWebKey): string {
  return digest(JSON.stringify({ crv, kty, x, y }));
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}

function decode(part: string): Record<string, unknown> {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>;
  } catch {
    return {};
  }
}
