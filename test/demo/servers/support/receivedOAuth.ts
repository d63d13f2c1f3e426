import { type KoaContextWithOIDC } from 'oidc-provider';

/** Whose values are credentials or lead to one. */
const secretParameters: ReadonlySet<string> = new Set([
  'assertion',
  'client_assertion',
  'client_secret',
  'code',
  'code_verifier',
  'device_code',
  'refresh_token',
  'state',
  'token',
  'xsrf',
]);

/** One request to an authorization server as a test may see it: no credential is in it. */
export interface OAuthRequestSeen {
  /** `authorization`, `token`, `registration`, `revocation`, … as the library calls them. */
  readonly endpoint: string;
  /** The value of a credential is `(given)`. */
  readonly parameters: Readonly<Record<string, string>>;
  /** The scheme of the Authorization header. */
  readonly scheme: string | undefined;
  readonly hasProof: boolean;
  readonly status: number;
  /** The standard's code where the request was refused. */
  readonly error: string | undefined;
}

export function describeOAuthRequest(context: KoaContextWithOIDC): OAuthRequestSeen {
  const { oidc, status, body } = context;
  const given: Readonly<Record<string, unknown>> = { ...oidc.body, ...oidc.params };
  const parameters = Object.entries(given)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => [name, secretParameters.has(name) ? '(given)' : asText(value)]);
  const error = (body as { readonly error?: unknown } | undefined)?.error;
  return {
    endpoint: oidc.route,
    parameters: Object.fromEntries(parameters),
    scheme: /^\S+/.exec(context.get('authorization'))?.[0],
    hasProof: context.get('dpop') !== '',
    status,
    error: typeof error === 'string' ? error : undefined,
  };
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
