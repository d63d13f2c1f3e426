/** Where the scopes of a request come from. */
export interface ScopeSources {
  /** Chosen by a person: asked for as they are. */
  readonly chosen?: readonly string[] | undefined;
  /** Of the challenge: what the current operation needs. */
  readonly challenged?: readonly string[] | undefined;
  /** Of earlier requests for this server; a step-up keeps them. */
  readonly previous?: readonly string[] | undefined;
  /** Listed in the metadata of the resource. */
  readonly offered: readonly string[];
  /** Listed in the metadata of the authorization server. */
  readonly offeredByIssuer: readonly string[];
}

const offlineAccess = 'offline_access';

/**
 * The scopes to ask for; none: the server decides.
 *
 * | chosen | challenge | previous | resource | asked for                |
 * | ------ | --------- | -------- | -------- | ------------------------ |
 * | yes    |           |          |          | chosen                   |
 * | no     | yes       | yes      |          | previous and challenge   |
 * | no     | yes       | no       |          | challenge                |
 * | no     | no        |          | yes      | previous and resource    |
 * | no     | no        |          | no       | previous                 |
 *
 * Where the issuer lists `offline_access` it is added to any other scopes, for a refresh token.
 * @see MCP 2026-07-28 authorization, scope selection strategy and step-up
 */
export function selectScopes(sources: ScopeSources): readonly string[] {
  const { chosen, challenged, previous = [], offered, offeredByIssuer } = sources;
  if (chosen !== undefined) {
    return [...new Set(chosen)];
  }
  const scopes = new Set([...previous, ...(challenged ?? offered)]);
  if (scopes.size > 0 && offeredByIssuer.includes(offlineAccess)) {
    scopes.add(offlineAccess);
  }
  return [...scopes];
}

/** OpenID Connect gives offline access only with consent asked for. @see OIDC Core §11 */
export function needsConsent(scopes: readonly string[]): boolean {
  return scopes.includes(offlineAccess);
}
