import { type IncomingMessage, type ServerResponse } from 'node:http';
import type Provider from 'oidc-provider';
import { type OAuthSwitches } from './oauthSwitches';
import { type ProtectedResource } from './startAuthorizationServer';
import { pathOf } from './serveHttp';

const accountId = 'demo-user';

/**
 * The page between the authorization request and its answer. There is one user, who is always
 * signed in; what is left to decide is consent: `POST …/allow` or `POST …/deny`.
 */
export async function answerInteraction(
  provider: Provider,
  { resource, scopes, consent: usual }: ProtectedResource & Pick<OAuthSwitches, 'consent'>,
  { request, response }: { readonly request: IncomingMessage; readonly response: ServerResponse },
): Promise<void> {
  const { uid, params } = await provider.interactionDetails(request, response);
  const decision = usual === 'page' ? decisionOf(request) : usual;
  const requested = String(params['scope'] ?? '');

  if (decision === 'allow') {
    const grant = new provider.Grant({ accountId, clientId: String(params['client_id']) });
    grant.addOIDCScope(requested);
    grant.addResourceScope(resource, requested);
    const consent = { grantId: await grant.save() };
    await provider.interactionFinished(request, response, { login: { accountId }, consent });
    return;
  }
  if (decision === 'deny') {
    const denial = { error: 'access_denied', error_description: 'The user said no' };
    await provider.interactionFinished(request, response, denial);
    return;
  }
  const shown = scopes.filter((scope) => requested.split(' ').includes(scope));
  response.writeHead(200, pageHeaders).end(consentPage(uid, shown));
}

/** Only a POST decides: a link or an image must not be able to. */
function decisionOf(request: IncomingMessage): string | undefined {
  return request.method === 'POST' ? pathOf(request).split('/')[3] : undefined;
}

const pageHeaders = {
  'Content-Type': 'text/html; charset=utf-8',
  'Cache-Control': 'no-store',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
};

/** Shows only what the server itself knows, so nothing in it needs escaping. */
function consentPage(uid: string, scopes: readonly string[]): string {
  return `<!doctype html>
<html lang="en">
  <title>Demo sign-in</title>
  <h1>Allow access to the demo issues?</h1>
  <p>The application asks for: ${scopes.join(', ') || 'no scope'}</p>
  <form method="post">
    <button formaction="/interaction/${uid}/allow">Allow</button>
    <button formaction="/interaction/${uid}/deny">Deny</button>
  </form>
</html>
`;
}
