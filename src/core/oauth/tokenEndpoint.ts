import * as oauth from 'oauth4webapi';
import { isObject, type JsonObject } from '../base/jsonObject';
import { splitScopes } from './challenge';
import type { OAuthClient } from './client';
import { authenticationOf } from './clientAuthentication';
import { optional, parse, readDocument } from './documents';
import { SignInError } from './failure';
import { takeStep, type Flow, type Send } from './flow';
import { readError } from './oauthError';
import type { OAuthResponse } from './ports';
import type { StepName } from './steps';
import { isTokenValue, type PrivateJwk, type TokenSet } from './tokens';
import { withoutEcho } from './withoutEcho';

/** A server as the library wants it. */
export type LibraryServer = oauth.AuthorizationServer;

/** Options of the library for one request, and the request itself. */
export type TokenRequest = (
  client: oauth.Client,
  authentication: oauth.ClientAuth,
  options: oauth.TokenEndpointRequestOptions,
) => Promise<Response>;

/** The key pair of a sign-in. */
export interface DpopKey {
  readonly handle: oauth.DPoPHandle;
  readonly privateKey: PrivateJwk;
}

export interface Granted {
  readonly tokens: TokenSet;
  /** Absent: those that were asked for. @see RFC 6749 §5.1 */
  readonly scopes?: readonly string[];
  /** Milliseconds since 1970. */
  readonly expiresAt?: number;
}

/**
 * Asks a token endpoint; repeats once with the nonce that it demands.
 * @throws SignInError
 * @see RFC 6749 §5, RFC 9449 §8
 */
export async function requestTokens(
  flow: Flow,
  step: StepName,
  server: LibraryServer,
  client: OAuthClient,
  request: TokenRequest,
  dpop?: DpopKey,
): Promise<Granted> {
  const authentication = await authenticationOf(client);
  return takeStep(flow, step, async (send) => {
    const libraryClient = { client_id: client.clientId };
    let answer: OAuthResponse | undefined;
    const options = {
      ...libraryOptions(send, (response) => (answer = response)),
      ...(dpop && { DPoP: dpop.handle }),
    };
    const ask = async () => {
      await request(libraryClient, authentication, options);
      return answer as unknown as OAuthResponse;
    };
    let response = await ask();
    if (dpop !== undefined && errorOf(response).error === 'use_dpop_nonce') {
      response = await ask();
    }
    const granted = await readGranted(response, step, server, libraryClient, flow, dpop);
    return {
      value: granted,
      read: [
        ['token_type', granted.tokens.type],
        ['scope', granted.scopes?.join(' ') ?? 'as asked for'],
        ['refresh_token', granted.tokens.refreshToken === undefined ? 'none' : 'given'],
      ],
    };
  });
}

/** Requests of the library go through our port, which refuses what is not encrypted by itself. */
export function libraryOptions(
  send: Send,
  keep: (response: OAuthResponse) => void,
): oauth.HttpRequestOptions<'POST', URLSearchParams> {
  return {
    [oauth.allowInsecureRequests]: true,
    [oauth.customFetch]: async (url, { body, headers }) => {
      const request = { method: 'POST', url, headers, body: body.toString() } as const;
      const response = await send(request);
      keep(withoutEcho(response, request));
      const nonce = response.headers['dpop-nonce']?.[0];
      return new Response(null, {
        headers: { ...(nonce !== undefined && { 'dpop-nonce': nonce }) },
      });
    },
  };
}

/** Total: of what is no error nothing. */
export function errorOf({ body }: OAuthResponse): ReturnType<typeof readError> {
  const json = parse(body);
  return isObject(json) ? readError(json) : {};
}

async function readGranted(
  response: OAuthResponse,
  step: StepName,
  server: LibraryServer,
  client: oauth.Client,
  flow: Flow,
  dpop: DpopKey | undefined,
): Promise<Granted> {
  const error = errorOf(response);
  if (response.status !== 200 || error.error !== undefined) {
    throw new SignInError({ kind: 'token-refused', status: response.status, ...error }, step);
  }
  const json = readDocument(response.body, 'token', step);
  const known = await checked(json, step, server, client);
  const { access_token: accessToken, refresh_token: refreshToken, token_type: type } = known;
  if (!isTokenValue(accessToken) || (refreshToken !== undefined && !isTokenValue(refreshToken))) {
    throw invalid('a token with characters that no token has', step);
  }
  if (type === 'dpop' && dpop === undefined) {
    throw invalid('a token bound to a key that was not sent', step);
  }
  const { expires_in: seconds, scope } = known;
  return {
    tokens: {
      accessToken,
      type: type === 'dpop' ? 'DPoP' : 'Bearer',
      ...optional('refreshToken', refreshToken),
      ...(type === 'dpop' && optional('dpopKey', dpop?.privateKey)),
    },
    ...(scope !== undefined && { scopes: splitScopes(scope) }),
    ...(seconds !== undefined && { expiresAt: flow.ports.clock.now() + seconds * 1000 }),
  };
}

/**
 * Only what is used of an answer reaches the library: an ID token says who signed in, which
 * nobody asks here, and an unreadable lifetime is none.
 */
async function checked(
  json: JsonObject,
  step: StepName,
  server: LibraryServer,
  client: oauth.Client,
): Promise<oauth.TokenEndpointResponse> {
  const { access_token, token_type, refresh_token, scope, expires_in } = json;
  const seconds = typeof expires_in === 'string' ? Number(expires_in) : expires_in;
  const hasLifetime = typeof seconds === 'number' && seconds >= 0 && seconds < 1e10;
  const body = {
    access_token,
    token_type,
    ...(typeof refresh_token === 'string' && { refresh_token }),
    ...(typeof scope === 'string' && { scope }),
    ...(hasLifetime && { expires_in: seconds }),
  };
  try {
    const response = new Response(JSON.stringify(body), {
      headers: { 'content-type': 'application/json' },
    });
    return await oauth.processGenericTokenEndpointResponse(server, client, response);
  } catch {
    const isTyped = typeof token_type === 'string';
    throw invalid(
      typeof access_token !== 'string' || access_token === ''
        ? 'no “access_token”'
        : isTyped
          ? 'a token of an unknown type'
          : 'no “token_type”',
      step,
    );
  }
}

function invalid(flaw: string, step: StepName): SignInError {
  return new SignInError({ kind: 'document-invalid', document: 'token', flaw }, step);
}
