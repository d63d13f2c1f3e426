import * as oauth from 'oauth4webapi';
import { assertNever } from '../base/assertNever';
import { isObject } from '../base/jsonObject';
import type { ClientIdentity, EnteredClient, OAuthClient } from './client';
import { authenticationOf } from './clientAuthentication';
import { parse } from './documents';
import { SignInError } from './failure';
import { runFlow, takeStep, type Flow, type Outcome, type SignInPorts } from './flow';
import type { OAuthResponse } from './ports';
import {
  prepare,
  signedInFrom,
  type Prepared,
  type SignInCallbacks,
  type SignInTarget,
} from './prepare';
import type { SignInValue } from './signIn';
import { errorOf, libraryOptions, requestTokens } from './tokenEndpoint';
import { isTokenValue } from './tokens';
import { judgeUrl } from './urlPolicy';

/** Ways to sign in without a browser, with what an administrator gave. */
export type MachineGrant =
  | { readonly kind: 'client-credentials' }
  /** A token of the platform that a program runs on. @see RFC 7523 §2.1 */
  | { readonly kind: 'workload'; readonly assertion: string }
  /** The sign-in at the company's identity provider. @see draft-ietf-oauth-identity-assertion-authz-grant */
  | {
      readonly kind: 'enterprise';
      readonly idToken: string;
      readonly provider: EnteredClient & {
        readonly issuer: string;
        readonly tokenEndpoint: string;
      };
    };

const jwtBearer = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

/**
 * Signs a program in. What is refused is not tried again, nor in another way.
 * @param identity with an entered client: these grants need one
 * @see RFC 6749 §4.4, RFC 7523
 */
export function signInWithGrant(
  target: SignInTarget,
  identity: ClientIdentity,
  grant: MachineGrant,
  ports: SignInPorts,
  callbacks: SignInCallbacks,
  signal: AbortSignal,
): Promise<Outcome<SignInValue>> {
  return runFlow(ports, target.serverUrl, signal, async (flow) => {
    const prepared = await prepare(flow, target, identity, callbacks, { redirectUri: '' });
    const { client, libraryServer, parameters, dpop } = prepared;
    const { type, extra } = await grantParameters(flow, grant, prepared);
    const granted = await requestTokens(
      flow,
      'token',
      libraryServer,
      client,
      (libraryClient, authentication, options) =>
        oauth.genericTokenEndpointRequest(
          libraryServer,
          libraryClient,
          authentication,
          type,
          { ...parameters, ...extra },
          options,
        ),
      dpop,
    );
    return { signedIn: signedInFrom(flow, target, prepared, granted), client };
  });
}

async function grantParameters(
  flow: Flow,
  grant: MachineGrant,
  prepared: Prepared,
): Promise<{ readonly type: string; readonly extra: Readonly<Record<string, string>> }> {
  switch (grant.kind) {
    case 'client-credentials':
      return { type: 'client_credentials', extra: {} };
    case 'workload':
      return { type: jwtBearer, extra: { assertion: grant.assertion } };
    case 'enterprise':
      return {
        type: jwtBearer,
        extra: { assertion: await exchangeIdToken(flow, grant, prepared) },
      };
    default:
      return assertNever(grant);
  }
}

const tokenType = 'urn:ietf:params:oauth:token-type';

/** The assertion that the authorization server takes. @throws SignInError @see RFC 8693 §2 */
async function exchangeIdToken(
  flow: Flow,
  { idToken, provider }: Extract<MachineGrant, { kind: 'enterprise' }>,
  { discovered, parameters }: Prepared,
): Promise<string> {
  const step = 'token-exchange';
  const judged = judgeUrl(provider.tokenEndpoint, flow.isLocal);
  if (judged.kind === 'refused') {
    const failure = { field: 'token endpoint of the identity provider', problem: judged.problem };
    throw new SignInError({ kind: 'url-refused', ...failure }, step);
  }
  const client: OAuthClient = {
    ...provider,
    source: 'entered',
    authMethod:
      provider.key !== undefined
        ? 'private_key_jwt'
        : provider.clientSecret === undefined
          ? 'none'
          : 'client_secret_basic',
    tokenEndpointOrigin: judged.url.origin,
  };
  const authentication = await authenticationOf(client);
  return takeStep(flow, step, async (send) => {
    let answer: OAuthResponse | undefined;
    await oauth.genericTokenEndpointRequest(
      { issuer: provider.issuer, token_endpoint: judged.url.href },
      { client_id: provider.clientId },
      authentication,
      'urn:ietf:params:oauth:grant-type:token-exchange',
      {
        ...parameters,
        requested_token_type: `${tokenType}:id-jag`,
        audience: discovered.server.issuer,
        subject_token: idToken,
        subject_token_type: `${tokenType}:id_token`,
      },
      libraryOptions(send, (response) => (answer = response)),
    );
    return { value: readAssertion(answer as unknown as OAuthResponse) };
  });
}

function readAssertion(answer: OAuthResponse): string {
  const step = 'token-exchange';
  const json = parse(answer.body);
  const error = errorOf(answer);
  if (answer.status !== 200 || error.error !== undefined) {
    throw new SignInError({ kind: 'token-refused', status: answer.status, ...error }, step);
  }
  const assertion = isObject(json) ? json['access_token'] : undefined;
  const isAssertion = isObject(json) && json['issued_token_type'] === `${tokenType}:id-jag`;
  if (!isAssertion || !isTokenValue(assertion)) {
    const flaw = 'no identity assertion';
    throw new SignInError({ kind: 'document-invalid', document: 'token', flaw }, step);
  }
  return assertion;
}
