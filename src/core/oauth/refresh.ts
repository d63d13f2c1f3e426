import * as oauth from 'oauth4webapi';
import type { OAuthClient } from './client';
import { optional } from './documents';
import { readDpopKey } from './dpop';
import { foreign, SignInError } from './failure';
import { runFlow, stopIfCancelled, type Flow, type Outcome, type SignInPorts } from './flow';
import { libraryServerOf } from './prepare';
import { requestTokens, type Granted } from './tokenEndpoint';
import type { SignedIn } from './tokens';
import { judgeUrl } from './urlPolicy';

/** Where a sign-in is kept, shared by everything that may refresh it. */
export interface RefreshStore {
  /** Runs `run` while nobody else, in no other window, runs it for the same sign-in. */
  exclusively<T>(run: () => Promise<T>, signal: AbortSignal): Promise<T>;
  /** Undefined: signed out meanwhile. */
  read(): Promise<SignedIn | undefined>;
  write(signedIn: SignedIn): Promise<void>;
}

/**
 * Gets new tokens, once for all who ask at the same time: a refresh token that is used twice makes
 * careful servers revoke everything. What another window stored meanwhile is taken instead, also
 * after a refusal.
 * @param held what the caller found to be old
 * @see RFC 6749 §6, RFC 9700 §4.14
 */
export function refresh(
  held: SignedIn,
  client: OAuthClient,
  ports: SignInPorts,
  store: RefreshStore,
  signal: AbortSignal,
): Promise<Outcome<SignedIn>> {
  return runFlow(ports, held.serverUrl, signal, (flow) =>
    store.exclusively(async () => {
      stopIfCancelled(signal, 'refresh');
      const current = await readCurrent(store);
      if (isNewer(current, held)) {
        return current;
      }
      try {
        const renewed = await askForTokens(flow, current, client);
        await store.write(renewed);
        return renewed;
      } catch (error) {
        if (!(error instanceof SignInError) || !isRefusal(error)) {
          throw error;
        }
        const later = await readCurrent(store);
        if (isNewer(later, current)) {
          return later;
        }
        const refused = error.failure.kind === 'token-refused' ? error.failure.error : undefined;
        throw new SignInError({ kind: 'refresh-refused', error: refused ?? '' }, 'refresh');
      }
    }, signal),
  );
}

async function readCurrent(store: RefreshStore): Promise<SignedIn> {
  const current = await store.read();
  if (current === undefined) {
    throw new SignInError({ kind: 'refresh-refused', error: '' }, 'refresh');
  }
  return current;
}

function isNewer(current: SignedIn, held: SignedIn): boolean {
  return current.tokens.accessToken !== held.tokens.accessToken;
}

function isRefusal({ failure }: SignInError): boolean {
  return failure.kind === 'token-refused' && failure.error === 'invalid_grant';
}

async function askForTokens(flow: Flow, current: SignedIn, client: OAuthClient): Promise<SignedIn> {
  const { tokens, tokenEndpoint, tokenEndpointOrigin, issuer, resource } = current;
  const { refreshToken, dpopKey } = tokens;
  if (refreshToken === undefined) {
    const failure = {
      kind: 'not-offered',
      what: 'refresh_token',
      issuer: foreign(issuer),
    } as const;
    throw new SignInError(failure, 'refresh');
  }
  checkPins(flow, current, client);
  const dpop = dpopKey && (await readDpopKey(dpopKey));
  const server = libraryServerOf({ issuer, tokenEndpoint });
  const granted = await requestTokens(
    flow,
    'refresh',
    server,
    client,
    (libraryClient, authentication, options) =>
      oauth.refreshTokenGrantRequest(server, libraryClient, authentication, refreshToken, {
        ...options,
        ...(resource !== undefined && { additionalParameters: { resource } }),
      }),
    dpop,
  );
  return renewed(flow, { ...current, tokenEndpointOrigin }, granted);
}

/** Tokens and secrets go nowhere but where they came from. @throws SignInError */
export function checkPins(
  flow: Flow,
  { tokenEndpoint, tokenEndpointOrigin: from, issuer, clientId }: SignedIn,
  client: OAuthClient,
): void {
  const judged = judgeUrl(tokenEndpoint, flow.isLocal);
  if (judged.kind === 'refused') {
    const failure = {
      kind: 'url-refused',
      field: 'token_endpoint',
      problem: judged.problem,
    } as const;
    throw new SignInError(failure, 'refresh');
  }
  if (client.issuer !== issuer || client.clientId !== clientId) {
    const issuers = { issuer: foreign(issuer), clientIssuer: foreign(client.issuer) };
    throw new SignInError({ kind: 'client-elsewhere', ...issuers }, 'refresh');
  }
  const to = judged.url.origin;
  if (to !== from || client.tokenEndpointOrigin !== from) {
    throw new SignInError(
      { kind: 'token-endpoint-moved', issuer: foreign(issuer), from, to },
      'refresh',
    );
  }
}

function renewed(flow: Flow, current: SignedIn, { tokens, scopes, expiresAt }: Granted): SignedIn {
  return {
    ...withoutExpiry(current),
    scopes: { ...current.scopes, granted: scopes ?? current.scopes.granted },
    ...optional('expiresAt', expiresAt),
    obtainedAt: flow.ports.clock.now(),
    // A server that does not rotate sends no new one. @see RFC 6749 §6
    tokens: { ...optional('refreshToken', current.tokens.refreshToken), ...tokens },
  };
}

function withoutExpiry(signedIn: SignedIn): Omit<SignedIn, 'expiresAt'> {
  const copy: { expiresAt?: number } & Omit<SignedIn, 'expiresAt'> = { ...signedIn };
  delete copy.expiresAt;
  return copy;
}
