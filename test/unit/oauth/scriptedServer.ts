import type { ClientIdentity } from '../../../src/core/oauth/client';
import type { SignInPorts } from '../../../src/core/oauth/flow';
import type { OAuthRequest, OAuthResponse } from '../../../src/core/oauth/ports';
import type { BrowserPorts } from '../../../src/core/oauth/signIn';
import type { StepRecord } from '../../../src/core/oauth/steps';

export const serverUrl = 'https://mcp.example/a/mcp';
export const issuer = 'https://login.example';
export const resourcePlace = 'https://mcp.example/.well-known/oauth-protected-resource/a/mcp';
export const metadataPlace = `${issuer}/.well-known/oauth-authorization-server`;
export const redirectUri = 'http://127.0.0.1:4000/callback';
export const now = 1_800_000_000_000;

export const resourceMetadata = {
  resource: serverUrl,
  authorization_servers: [issuer],
  scopes_supported: ['read', 'write'],
};

export const serverMetadata = {
  issuer,
  authorization_endpoint: `${issuer}/authorize`,
  token_endpoint: `${issuer}/token`,
  registration_endpoint: `${issuer}/register`,
  revocation_endpoint: `${issuer}/revoke`,
  device_authorization_endpoint: `${issuer}/device`,
  code_challenge_methods_supported: ['S256'],
  token_endpoint_auth_methods_supported: ['none'],
};

export const tokens = {
  access_token: 'canary-access',
  refresh_token: 'canary-refresh',
  token_type: 'Bearer',
  expires_in: 60,
};

/** What a place answers: a document, a text or a whole answer; anything else is not there. */
export type Scripted = object | string | ((request: OAuthRequest) => OAuthResponse);

/** Servers that answer as a table says, with everything that was asked of them. */
export interface ScriptedServers {
  readonly ports: SignInPorts;
  readonly requests: readonly OAuthRequest[];
  readonly records: readonly StepRecord[];
  /** The addresses that were asked, with their methods. */
  readonly asked: () => readonly string[];
  /** The parameters of the last form that went to `url`. */
  readonly form: (url: string) => URLSearchParams;
}

export function answer(status: number, body: object | string = '', headers = {}): OAuthResponse {
  return { status, headers, body: typeof body === 'string' ? body : JSON.stringify(body) };
}

export function scriptServers(places: Readonly<Record<string, Scripted>>): ScriptedServers {
  const requests: OAuthRequest[] = [];
  const records: StepRecord[] = [];
  return {
    requests,
    records,
    asked: () => requests.map(({ method, url }) => `${method} ${url}`),
    form: (url) => new URLSearchParams(requests.findLast((request) => request.url === url)?.body),
    ports: {
      clock: { now: () => now },
      record: (step) => records.push(step),
      http: {
        async send(request) {
          requests.push(request);
          const scripted = places[request.url];
          if (typeof scripted === 'function') {
            return scripted(request);
          }
          return scripted === undefined ? answer(404) : answer(200, scripted);
        },
      },
    },
  };
}

/** A server, its issuer and a registration that all work, apart from `changes`. */
export function workingServers(changes: Readonly<Record<string, Scripted>> = {}): ScriptedServers {
  return scriptServers({
    [resourcePlace]: resourceMetadata,
    [metadataPlace]: serverMetadata,
    [`${issuer}/register`]: () => answer(201, { client_id: 'client-1' }),
    [`${issuer}/token`]: tokens,
    ...changes,
  });
}

export const identity: ClientIdentity = { name: 'Editor', kept: [] };

/** A browser that comes back at once, with `parameters` beside the state. */
export function browserPorts(
  { ports }: ScriptedServers,
  parameters: Readonly<Record<string, string>> = { code: 'canary-code' },
  opened: string[] = [],
): BrowserPorts {
  return {
    ...ports,
    openBrowser: async (url) => {
      opened.push(url);
    },
    redirect: {
      redirectUri,
      receive: async (state) => new URLSearchParams({ state, ...parameters }),
      close: async () => undefined,
    },
  };
}
