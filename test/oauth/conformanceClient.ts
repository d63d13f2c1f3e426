/**
 * An MCP client under test: `node conformance-client.mjs SERVER-URL` signs in with the product's
 * engine, HTTP client and listener, lists the tools and calls the first. It exits with 0 when the
 * call was answered, and says on standard error what happened at each step.
 *
 * It prints `OPEN <url>` for each URL that the product would hand to a browser, and plays the
 * browser; with MCP_AUTH_NO_BROWSE=1 somebody else is it.
 */
import { describeFailure } from '../../src/core/oauth/failureTexts';
import { openLoopbackListener } from '../../src/node/oauth/loopbackListener';
import { createGuardedHttp } from '../../src/node/oauth/guardedHttp';
import type { SignInFailure } from '../../src/core/oauth/failure';
import type { SignInTarget } from '../../src/core/oauth/prepare';
import type { OAuthClient } from '../../src/core/oauth/client';
import type { SignedIn } from '../../src/core/oauth/tokens';
import type { StepRecord } from '../../src/core/oauth/steps';
import {
  createAuthorizer,
  nextAuthorization,
  signIn,
  signInWithGrant,
  type Authorizer,
} from '../../src/oauth';
import { browse } from './browser';
import { identityFor, readScenario } from './scenario';
import { startMcpClient, type McpAnswer } from './mcpClient';

const limitMs = 15_000;
const hasBrowser = process.env['MCP_AUTH_NO_BROWSE'] !== '1';
const signal = hasBrowser ? AbortSignal.timeout(limitMs) : new AbortController().signal;

const serverUrl = process.argv.at(-1) ?? '';
const scenario = readScenario(process.env);
const http = createGuardedHttp({ serverUrl });
const ports = { http, clock: Date, record };
const callbacks = { review: () => Promise.resolve(true), keepClient };
const clients: OAuthClient[] = [];

let held: SignedIn | undefined;
let authorizer: Authorizer | undefined;

async function main(): Promise<void> {
  if (hasBrowser) {
    // The suite ends a shell that is late, and not what the shell started.
    setTimeout(() => end(`Not done after ${limitMs / 1000} seconds.`), limitMs + 1000).unref();
  }
  const mcp = startMcpClient(serverUrl, scenario.protocolVersion, send);
  await mcp.open();
  const [tool] = await mcp.listTools();
  if (tool !== undefined) {
    await mcp.callTool(tool);
  }
}

/** One operation: the same request again for each sign-in that its answers ask for. */
async function send(
  method: 'POST',
  headers: Readonly<Record<string, string>>,
  body: string,
): Promise<McpAnswer> {
  let hasNonce = false;
  for (let authorizations = 0; ;) {
    const own = (await authorizer?.headersFor(method, serverUrl)) ?? {};
    const request = { method, url: serverUrl, headers: { ...headers, ...own }, body };
    const answer = await http.send(request, signal);
    const isNew = await authorizer?.heed(serverUrl, answer.status, answer.headers);
    if (isNew === true && !hasNonce) {
      hasNonce = true;
      continue;
    }
    const challenge = answer.headers['www-authenticate'] ?? [];
    const next = nextAuthorization(answer.status, challenge, held, authorizations);
    switch (next.kind) {
      case 'none':
        return answer;
      case 'give-up':
        return fail(next.failure);
      case 'sign-in':
        await authorize({ serverUrl, challenge, ...preferred() });
        break;
      case 'step-up': {
        const { previousScopes } = next;
        await authorize({ serverUrl, challenge, previousScopes, ...preferred() });
        break;
      }
    }
    authorizations += 1;
    hasNonce = false;
  }
}

function preferred(): Pick<SignInTarget, 'preferredIssuer'> {
  return held === undefined ? {} : { preferredIssuer: held.issuer };
}

async function authorize(target: SignInTarget): Promise<void> {
  const identity = { ...identityFor(scenario), kept: clients };
  const { grant } = scenario;
  const outcome =
    grant === undefined
      ? await signInByBrowser(target, identity)
      : await signInWithGrant(target, identity, grant, ports, callbacks, signal);
  if (outcome.kind === 'failed') {
    fail(outcome.failure);
  }
  held = outcome.value.signedIn;
  authorizer = await createAuthorizer(held.tokens);
}

async function signInByBrowser(
  target: SignInTarget,
  identity: Parameters<typeof signIn>[1],
): ReturnType<typeof signIn> {
  const page = { title: 'Sign-in', text: 'Return to the terminal.' };
  const texts = { language: 'en', received: page, failed: page, refused: page };
  const redirect = await openLoopbackListener({ texts });
  const openBrowser = async (url: string) => {
    console.log(`OPEN ${url}`);
    if (hasBrowser) {
      // A browser that fails says so to its user; the listener goes on waiting.
      browse(url, redirect.redirectUri, signal).catch((error: unknown) => console.error(error));
    }
  };
  try {
    return await signIn(target, identity, { ...ports, redirect, openBrowser }, callbacks, signal);
  } finally {
    await redirect.close();
  }
}

async function keepClient(client: OAuthClient): Promise<void> {
  clients.push(client);
}

function record(step: StepRecord): void {
  console.error(JSON.stringify(step));
}

function fail(failure: SignInFailure): never {
  const { sentence, cause, remedy } = describeFailure(failure);
  throw new Error(`${sentence} ${cause} ${remedy}`);
}

function end(message: string): void {
  console.error(message);
  process.exit(1);
}

main().then(
  () => process.exit(0),
  (error: unknown) => end(error instanceof Error ? error.message : String(error)),
);
