export interface JwtClaims {
  readonly iss?: unknown;
  readonly role?: unknown;
}

const shape = /^eyJ[\w-]{5,}={0,2}\.eyJ[\w-]{5,}={0,2}\.[\w-]*={0,2}$/;

export function isJwt(text: string): boolean {
  return shape.test(text);
}

/** The claims, unverified; `undefined` where the text is no readable JWT. @see RFC 7519 §3 */
export function readJwtClaims(text: string): JwtClaims | undefined {
  if (!isJwt(text)) {
    return undefined;
  }
  const payload = text.split('.')[1] ?? '';
  try {
    const claims: unknown = JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/')));
    return typeof claims === 'object' && claims !== null ? claims : undefined;
  } catch {
    return undefined;
  }
}

/** Meant to be published: Supabase's `anon` key and the keys of its local demo. */
export function isPublicJwt(text: string): boolean {
  const claims = readJwtClaims(text);
  return claims?.iss === 'supabase-demo' || claims?.role === 'anon';
}

/** Bypasses every row-level rule of the database. */
export function isServiceRoleJwt(text: string): boolean {
  return readJwtClaims(text)?.role === 'service_role' && !isPublicJwt(text);
}
