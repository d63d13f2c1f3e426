import { challengeParam, parseChallenges } from '../base/wwwAuthenticate';
import { isObject, stringsIn } from '../base/jsonObject';
import { headerValues, type HttpExchange } from './httpExchange';
import type { HttpRequestSpec } from './httpRunner';
import { judgeRejection } from './judgeExchange';
import type { ResourceMetadata } from './rejection';
import type { Exchanged, Sender } from './sender';
import { readToken } from './tokenReading';
import type { TokenTestOutcome } from './tokenTestOutcome';

const maxTimeMs = 5000;

/** A server may name many; these are enough to compare with and to show. */
const maxListed = 10;

/**
 * Looks up who issues tokens for a server that answered 401 and whose challenge says where that
 * stands: on its own origin, without any credential, and only where it can explain something,
 * which is where no credential was sent or a token that names its issuer.
 * @see RFC 9728 §5.1
 */
export async function explainByMetadata(
  outcome: Extract<TokenTestOutcome, { kind: 'rejected' }>,
  sender: Sender,
): Promise<TokenTestOutcome> {
  const { rejection } = sender;
  const request = rejection && metadataRequest(rejection, sender);
  if (rejection === undefined || request === undefined || !canExplain(outcome, rejection)) {
    return outcome;
  }
  const sent = await sender.send('resource metadata', request, { maxTimeMs });
  if (sent.kind === 'decided') {
    return sent.outcome;
  }
  const metadata = readMetadata(sent.exchange, request.url);
  return metadata === undefined
    ? outcome
    : judgeRejection(rejection.exchange, rejection.context, metadata);
}

function canExplain(
  { step, credential }: Extract<TokenTestOutcome, { kind: 'rejected' }>,
  { context }: Exchanged,
): boolean {
  const token = readToken(context.target, context.now);
  const hasQuestion = credential.headers.length === 0 || token?.issuer !== undefined;
  return context.step === step && hasQuestion;
}

/** Undefined where the challenge names no address, or one that would take something elsewhere. */
function metadataRequest(
  { exchange, context }: Exchanged,
  { clean }: Sender,
): HttpRequestSpec | undefined {
  const challenges = parseChallenges(headerValues(exchange, 'www-authenticate'));
  const text = challengeParam(challenges, 'resource_metadata') ?? '';
  if (!URL.canParse(text) || clean(text) !== text) {
    return undefined;
  }
  const { protocol, origin, username, password, href } = new URL(text);
  const isPlain = username === '' && password === '';
  const own = new URL(context.target.url);
  // The origin of a `blob:` is that of the address within.
  return isPlain && protocol === own.protocol && origin === own.origin
    ? { method: 'GET', url: href, headers: [{ name: 'Accept', value: 'application/json' }] }
    : undefined;
}

/** Total. A document about a resource of another origin is none of this server. @see RFC 9728 §3.3 */
function readMetadata(
  { status, body }: Pick<HttpExchange, 'status' | 'body'>,
  url: string,
): ResourceMetadata | undefined {
  const json = status === 200 ? parse(body) : undefined;
  if (!isObject(json)) {
    return undefined;
  }
  const { resource, authorization_servers: servers, scopes_supported: scopes } = json;
  const isOwn =
    typeof resource === 'string' &&
    URL.canParse(resource) &&
    new URL(resource).origin === new URL(url).origin;
  return isOwn
    ? {
        authorizationServers: stringsIn(servers).slice(0, maxListed),
        scopes: stringsIn(scopes).slice(0, maxListed),
      }
    : undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
