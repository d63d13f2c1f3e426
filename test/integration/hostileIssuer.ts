import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { ClientIdentity, OAuthClient } from '../../src/core/oauth/client';
import { describeFailure } from '../../src/core/oauth/failureTexts';
import type { Outcome, SignInPorts } from '../../src/core/oauth/flow';
import type { SignInTarget } from '../../src/core/oauth/prepare';
import { signIn, type SignInValue } from '../../src/core/oauth/signIn';
import { createGuardedHttp } from '../../src/node/oauth/guardedHttp';
import { openLoopbackListener } from '../../src/node/oauth/loopbackListener';
import { closeServer, listen } from './curlTestServer';

export const code = 'canary-code';
export const accessToken = 'canary-access';
export const refreshToken = 'canary-refresh';

export interface Asked {
  /** Method, path and query. */
  readonly line: string;
  readonly body: string;
  readonly authorization: string;
}

export type Answering = (response: ServerResponse, asked: Asked) => void;

/** What a server does otherwise than a good one. */
export interface Hostility {
  /** Fields of the documents, put over the good ones. */
  readonly resource?: object;
  readonly server?: object;
  /** By method and path, on both servers. */
  readonly routes?: Readonly<Record<string, Answering>>;
  readonly challenge?: readonly string[];
  /** What the browser brings back. */
  answer?(answer: URLSearchParams): void;
  /** What somebody else sends to the listener before. */
  intrude?(redirectUri: string): Promise<unknown>;
}

export interface Attempt {
  readonly outcome: Outcome<SignInValue>;
  /** What the browser would have been given. */
  readonly opened: readonly string[];
  /** All that could be shown of it: report, failure and its texts. */
  readonly shown: string;
}

export interface Servers {
  readonly mcp: string;
  readonly issuer: string;
  /** A third origin, where nothing of a sign-in belongs. */
  readonly elsewhere: string;
  readonly asked: Readonly<Record<'mcp' | 'issuer' | 'elsewhere', readonly Asked[]>>;
  readonly ports: SignInPorts;
  attempt(identity?: Partial<ClientIdentity>, target?: Partial<SignInTarget>): Promise<Attempt>;
  close(): Promise<void>;
}

/** An MCP server, its authorization server and a third one, each on its own port of 127.0.0.1. */
export async function startHostile(
  be: (places: Pick<Servers, 'mcp' | 'issuer' | 'elsewhere'>) => Hostility,
): Promise<Servers> {
  const asked = { mcp: [] as Asked[], issuer: [] as Asked[], elsewhere: [] as Asked[] };
  let routes: Readonly<Record<string, Answering>> = {};
  const start = async (name: keyof typeof asked) => {
    const server = createServer((request, response) => {
      void readAsked(request).then((read) => {
        asked[name].push(read);
        const key = `${name} ${read.line.replace(/\?.*$/, '')}`;
        const answer = hostility.routes?.[key] ?? routes[key] ?? missing;
        answer(response, read);
      });
    });
    return { server, origin: `http://${await listen(server)}` };
  };
  const [mcp, as, other] = [await start('mcp'), await start('issuer'), await start('elsewhere')];
  const [issuer, serverUrl] = [as.origin, `${mcp.origin}/mcp`];
  const hostility = be({ mcp: serverUrl, issuer, elsewhere: other.origin });
  const resource = {
    resource: serverUrl,
    authorization_servers: [issuer],
    scopes_supported: ['read'],
    ...hostility.resource,
  };
  const server = () => ({
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    registration_endpoint: `${issuer}/register`,
    code_challenge_methods_supported: ['S256'],
    ...hostility.server,
  });
  routes = {
    'mcp GET /.well-known/oauth-protected-resource/mcp': json(resource),
    'issuer GET /.well-known/oauth-authorization-server': (response, read) =>
      json(server())(response, read),
    'issuer POST /register': json({ client_id: 'client' }, 201),
    'issuer POST /token': json({
      access_token: accessToken,
      refresh_token: refreshToken,
      token_type: 'Bearer',
    }),
  };

  const records: unknown[] = [];
  const http = createGuardedHttp({ serverUrl, timeoutMs: 3_000 });
  const ports: SignInPorts = { http, clock: Date, record: (step) => records.push(step) };

  async function attempt(
    identity: Partial<ClientIdentity> = {},
    target: Partial<SignInTarget> = {},
  ): Promise<Attempt> {
    const opened: string[] = [];
    const page = { title: 'Sign-in', text: 'Return.' };
    const texts = { language: 'en', received: page, failed: page, refused: page };
    const redirect = await openLoopbackListener({ texts, timeoutMs: 3_000 });
    const openBrowser = async (url: string) => {
      opened.push(url);
      await hostility.intrude?.(redirect.redirectUri);
      const state = new URL(url).searchParams.get('state') ?? '';
      const answer = new URLSearchParams({ code, state });
      hostility.answer?.(answer);
      void fetch(`${redirect.redirectUri}?${answer}`).catch(() => undefined);
    };
    const plans: unknown[] = [];
    const kept: OAuthClient[] = [];
    try {
      const outcome = await signIn(
        { serverUrl, challenge: hostility.challenge ?? [], ...target },
        { name: 'Test', kept, ...identity },
        { ...ports, redirect, openBrowser },
        { review: async (plan) => plans.push(plan) > 0 },
        AbortSignal.timeout(10_000),
      );
      const failure = outcome.kind === 'failed' ? outcome.failure : undefined;
      const texts = failure && describeFailure(failure);
      return { outcome, opened, shown: JSON.stringify([records, plans, failure, texts]) };
    } finally {
      await redirect.close();
    }
  }

  return {
    mcp: serverUrl,
    issuer,
    elsewhere: other.origin,
    asked,
    ports,
    attempt,
    async close() {
      for (const { server: each } of [mcp, as, other]) {
        each.closeAllConnections();
        await closeServer(each);
      }
    },
  };
}

async function readAsked(request: IncomingMessage): Promise<Asked> {
  let body = '';
  for await (const part of request) {
    body += String(part);
  }
  const { authorization = '' } = request.headers;
  return { line: `${request.method} ${request.url}`, body, authorization };
}

export function json(value: unknown, status = 200): Answering {
  return (response) => {
    response.writeHead(status, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify(value));
  };
}

const missing: Answering = (response) => response.writeHead(404).end();

export function to(location: string, status: number): Answering {
  return (response) => response.writeHead(status, { Location: location }).end();
}

/** Gives back what it was asked with. */
export function echo(status: number, wrap = (text: string): unknown => text): Answering {
  return (response, { line, body, authorization }) => {
    response.writeHead(status, { 'Content-Type': 'application/json' });
    const decoded = decodeURIComponent(Buffer.from(authorization.slice(6), 'base64').toString());
    const value = wrap([line, authorization, decoded, body].join(' '));
    response.end(typeof value === 'string' ? value : JSON.stringify(value));
  };
}

export function endless(response: ServerResponse): void {
  const more = () => {
    while (response.write(' '.repeat(65_536)));
  };
  response.on('drain', more);
  more();
}
