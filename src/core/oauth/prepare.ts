import { chooseClient, type ClientChoice, type ClientIdentity, type OAuthClient } from './client';
import { discoverIn, type ChooseIssuer, type Discovered, type DiscoveryTarget } from './discovery';
import { createDpopKey } from './dpop';
import { foreign, SignInError } from './failure';
import { takeStep, type Flow } from './flow';
import { exceptionsIn, plannedHosts, type ServerExceptions, type SignInPlan } from './plan';
import { registerClient } from './registration';
import { selectScopes } from './scopes';
import type { DpopKey, Granted, LibraryServer } from './tokenEndpoint';
import { optional } from './documents';
import type { SignedIn } from './tokens';

/** Where and for what somebody signs in. */
export interface SignInTarget extends DiscoveryTarget {
  /** Chosen by a person, such as fewer than the server asks for. */
  readonly chosenScopes?: readonly string[];
  /** Of earlier sign-ins: kept when the server asks for more. */
  readonly previousScopes?: readonly string[];
  readonly exceptions?: ServerExceptions;
}

/** Questions on the way. */
export interface SignInCallbacks {
  readonly chooseIssuer?: ChooseIssuer;
  /** Whether to go on. Nothing was sent to the authorization server but requests for metadata. */
  review(plan: SignInPlan): Promise<boolean>;
  /** Called before the browser opens, so that a registration is not lost. */
  keepClient?(client: OAuthClient): Promise<void>;
}

type UsableChoice = Extract<ClientChoice, { kind: 'client' | 'register' }>;

/** What is known once a person agreed. */
export interface Prepared {
  readonly discovered: Discovered;
  readonly client: OAuthClient;
  readonly scopes: readonly string[];
  /** For requests of authorization and tokens. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly libraryServer: LibraryServer;
  readonly dpop?: DpopKey;
}

export interface Way {
  /** Which endpoint the person will see; absent: none. */
  readonly login?: 'authorization' | 'device';
  /** Empty where nobody comes back. */
  readonly redirectUri: string;
}

/**
 * Discovery, PKCE, scopes, client, review and registration: what all ways to sign in share.
 * @throws SignInError
 */
export async function prepare(
  flow: Flow,
  target: SignInTarget,
  identity: ClientIdentity,
  callbacks: SignInCallbacks,
  { login, redirectUri }: Way,
): Promise<Prepared> {
  const discovered = await discoverIn(flow, target, callbacks.chooseIssuer);
  const { server, challenge, resource, resourceMetadata } = discovered;
  const loginUrl =
    login === 'authorization'
      ? server.authorizationEndpoint
      : login === 'device'
        ? server.deviceAuthorizationEndpoint
        : undefined;
  if (login !== undefined && loginUrl === undefined) {
    const what = `${login}_endpoint`.replace('device_', 'device_authorization_');
    throw new SignInError({ kind: 'not-offered', what, issuer: foreign(server.issuer) }, 'client');
  }
  if (login === 'authorization') {
    await requirePkce(flow, discovered, target.exceptions);
  }
  const offered = resourceMetadata?.scopes ?? [];
  const scopes = selectScopes({
    chosen: target.chosenScopes,
    challenged: challenge.scopes,
    previous: target.previousScopes,
    offered,
    // A machine that signs in has nobody who is offline.
    offeredByIssuer: login === undefined ? [] : server.scopes,
  });
  const choice = await takeStep<UsableChoice>(flow, 'client', async () => {
    const value = chooseClient(server, identity, redirectUri, flow.ports.clock.now());
    switch (value.kind) {
      case 'needed': {
        const failure = {
          kind: 'client-needed',
          issuer: foreign(server.issuer),
          redirectUri,
        } as const;
        throw new SignInError(failure, 'client');
      }
      case 'elsewhere': {
        const issuers = {
          issuer: foreign(server.issuer),
          clientIssuer: foreign(value.clientIssuer),
        };
        throw new SignInError({ kind: 'client-elsewhere', ...issuers }, 'client');
      }
      case 'moved': {
        const { from, to } = value;
        const issuer = foreign(server.issuer);
        throw new SignInError({ kind: 'token-endpoint-moved', issuer, from, to }, 'client');
      }
      case 'client':
        return { value, read: [['client', value.client.source]] };
      case 'register':
        return { value, read: [['client', 'to be registered']] };
    }
  });
  const isDpop =
    (challenge.isDpop || resourceMetadata?.requiresDpop === true) &&
    (server.dpopAlgorithms.length === 0 || server.dpopAlgorithms.includes('ES256'));
  const plan: SignInPlan = {
    serverUrl: target.serverUrl,
    ...optional('resourceName', resourceMetadata?.name),
    issuer: foreign(server.issuer),
    hosts: plannedHosts(target.serverUrl, discovered, choice, loginUrl),
    scopes,
    offeredScopes: offered,
    client: choice.kind === 'client' ? choice.client.source : 'to be registered',
    ...(choice.kind === 'client' && { clientId: foreign(choice.client.clientId) }),
    exceptions: exceptionsIn(target.exceptions),
    isDpop,
  };
  await takeStep(flow, 'review', async () => {
    if (!(await callbacks.review(plan))) {
      throw new SignInError({ kind: 'declined' }, 'review');
    }
    const hosts = plan.hosts.map(({ use, host }) => `${use} ${host}`).join(', ');
    return {
      value: undefined,
      read: [
        ['hosts', hosts],
        ['scope', scopes.join(' ')],
      ],
    };
  });
  const client =
    choice.kind === 'client'
      ? choice.client
      : await registerClient(flow, choice.endpoint, server, identity, redirectUri);
  await callbacks.keepClient?.(client);
  return {
    discovered,
    client,
    scopes,
    parameters: {
      ...(target.exceptions?.omitResource !== true && { resource }),
      ...(scopes.length > 0 && { scope: scopes.join(' ') }),
    },
    libraryServer: libraryServerOf(server),
    ...(isDpop && { dpop: await createDpopKey() }),
  };
}

/** @see RFC 8414 §2 */
export function libraryServerOf(server: {
  readonly issuer: string;
  readonly tokenEndpoint: string;
  readonly deviceAuthorizationEndpoint?: string;
  readonly revocationEndpoint?: string;
}): LibraryServer {
  return {
    issuer: server.issuer,
    token_endpoint: server.tokenEndpoint,
    ...optional('device_authorization_endpoint', server.deviceAuthorizationEndpoint),
    ...optional('revocation_endpoint', server.revocationEndpoint),
  };
}

/** Puts together what is kept of a sign-in. */
export function signedInFrom(
  flow: Flow,
  target: SignInTarget,
  { discovered, client, scopes, parameters }: Prepared,
  granted: Granted,
): SignedIn {
  const { server, resourceMetadata } = discovered;
  return {
    serverUrl: target.serverUrl,
    issuer: server.issuer,
    ...optional('resource', parameters['resource']),
    ...optional('resourceName', resourceMetadata?.name),
    clientId: client.clientId,
    tokenEndpoint: server.tokenEndpoint,
    tokenEndpointOrigin: new URL(server.tokenEndpoint).origin,
    ...optional('revocationEndpoint', server.revocationEndpoint),
    scopes: {
      requested: scopes,
      granted: granted.scopes ?? scopes,
      offered: resourceMetadata?.scopes ?? [],
    },
    ...optional('expiresAt', granted.expiresAt),
    obtainedAt: flow.ports.clock.now(),
    tokens: granted.tokens,
  };
}

/** @see MCP 2026-07-28 authorization, authorization code protection */
async function requirePkce(
  flow: Flow,
  { server }: Discovered,
  exceptions: ServerExceptions = {},
): Promise<void> {
  const { codeChallengeMethods: methods, issuer } = server;
  await takeStep(flow, 'pkce', async () => {
    const isExcepted = methods === undefined && exceptions.allowMissingPkceMetadata === true;
    if (methods?.includes('S256') !== true && !isExcepted) {
      const failure = { kind: 'pkce-missing', issuer: foreign(issuer) } as const;
      const advertised = methods?.map(foreign);
      throw new SignInError({ ...failure, ...optional('advertised', advertised) }, 'pkce');
    }
    return {
      value: undefined,
      read: [['code_challenge_method', 'S256']],
      ...(isExcepted && {
        remark: 'The server does not say that it supports PKCE; allowed for it.',
      }),
    };
  });
}
