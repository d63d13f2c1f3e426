import * as oauth from 'oauth4webapi';
import { checkAuthorizationAnswer } from './authorizationAnswer';
import type { ClientIdentity, OAuthClient } from './client';
import { SignInError } from './failure';
import {
  runFlow,
  stopIfCancelled,
  takeStep,
  type Flow,
  type Outcome,
  type SignInPorts,
} from './flow';
import type { RedirectReceiver } from './ports';
import {
  prepare,
  signedInFrom,
  type Prepared,
  type SignInCallbacks,
  type SignInTarget,
} from './prepare';
import { needsConsent } from './scopes';
import { requestTokens } from './tokenEndpoint';
import type { SignedIn } from './tokens';

/** The sign-in, and the client to keep for its issuer. */
export interface SignInValue {
  readonly signedIn: SignedIn;
  readonly client: OAuthClient;
}

export interface BrowserPorts extends SignInPorts {
  /** Bound already; closed by whoever opened it. */
  readonly redirect: RedirectReceiver;
  /** Rejects when no browser could be opened. @param url `https:`, or `http:` on loopback */
  openBrowser(url: string): Promise<void>;
}

/**
 * Signs a person in through the browser.
 * @see RFC 6749 §4.1, RFC 7636, RFC 8252, MCP 2026-07-28 authorization
 */
export function signIn(
  target: SignInTarget,
  identity: ClientIdentity,
  ports: BrowserPorts,
  callbacks: SignInCallbacks,
  signal: AbortSignal,
): Promise<Outcome<SignInValue>> {
  return runFlow(ports, target.serverUrl, signal, async (flow) => {
    const { redirectUri } = ports.redirect;
    const way = { login: 'authorization', redirectUri } as const;
    const prepared = await prepare(flow, target, identity, callbacks, way);
    const { client, libraryServer, parameters, dpop } = prepared;
    const verifier = oauth.generateRandomCodeVerifier();
    const answer = await authorize(flow, ports, prepared, verifier);
    const { resource } = parameters;
    const granted = await requestTokens(
      flow,
      'token',
      libraryServer,
      client,
      (libraryClient, authentication, options) =>
        oauth.authorizationCodeGrantRequest(
          libraryServer,
          libraryClient,
          authentication,
          answer,
          redirectUri,
          verifier,
          { ...options, ...(resource !== undefined && { additionalParameters: { resource } }) },
        ),
      dpop,
    );
    return { signedIn: signedInFrom(flow, target, prepared, granted), client };
  });
}

/** The parameters of the checked answer, as the library wants them. @throws SignInError */
async function authorize(
  flow: Flow,
  { redirect, openBrowser }: BrowserPorts,
  { discovered: { server }, client, parameters, scopes, dpop }: Prepared,
  verifier: string,
): Promise<URLSearchParams> {
  const state = oauth.generateRandomState();
  const url = new URL(server.authorizationEndpoint ?? '');
  const query = {
    response_type: 'code',
    client_id: client.clientId,
    redirect_uri: redirect.redirectUri,
    state,
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    ...parameters,
    ...(needsConsent(scopes) && { prompt: 'consent' }),
    ...(dpop && { dpop_jkt: await dpop.handle.calculateThumbprint() }),
  };
  for (const [name, value] of Object.entries(query)) {
    url.searchParams.set(name, value);
  }
  // Whatever ends the wait ends it for both.
  const ending = new AbortController();
  const answered = redirect.receive(state, AbortSignal.any([flow.signal, ending.signal]));
  answered.catch(() => {});
  try {
    await takeStep(flow, 'authorization', async () => {
      try {
        await openBrowser(url.href);
      } catch {
        throw new SignInError({ kind: 'browser-failed' }, 'authorization');
      }
      const opened = `${url.origin}${url.pathname}`;
      const names = [...url.searchParams.keys()].join(' ');
      return {
        value: undefined,
        read: [
          ['opened', opened],
          ['parameters', names],
        ],
      };
    });
    return await takeStep(flow, 'authorization-answer', async () => {
      const answer = await waitFor(answered, flow);
      checkAuthorizationAnswer(answer, server, state);
      const libraryServer = { issuer: server.issuer };
      const checked = oauth.validateAuthResponse(
        libraryServer,
        { client_id: client.clientId },
        answer,
        state,
      );
      const iss = answer.has('iss') ? 'as expected' : 'absent';
      return {
        value: checked,
        read: [
          ['state', 'as expected'],
          ['iss', iss],
        ],
      };
    });
  } finally {
    ending.abort();
  }
}

async function waitFor(answered: Promise<URLSearchParams>, flow: Flow): Promise<URLSearchParams> {
  try {
    return await answered;
  } catch {
    stopIfCancelled(flow.signal, 'authorization-answer');
    throw new SignInError({ kind: 'no-answer' }, 'authorization-answer');
  }
}
