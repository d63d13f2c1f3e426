import { candidateAt, type Candidate } from './candidate';
import { readCredentialName } from './credentialNames';
import { hasOpaqueRun } from './knownPublic';
import { sliceLayer, type Layer } from './layer';

/** The credentials in every address of a text: user information, query, path. @see RFC 3986 §3 */
export function urlCandidates(layer: Layer): readonly Candidate[] {
  const candidates: Candidate[] = [];
  const { text } = layer;
  for (let mark = text.indexOf('://'); mark !== -1;) {
    const end = endOfUrl(text, mark);
    const start = startOfScheme(text, mark);
    const scheme = text.slice(start, mark).toLowerCase();
    candidates.push(...partsOf(scheme, sliceLayer(layer, mark + 3, end)));
    mark = text.indexOf('://', end);
  }
  return candidates;
}

function startOfScheme(text: string, mark: number): number {
  let start = mark;
  while (start > 0 && mark - start < 20 && /[A-Za-z0-9+.-]/.test(text.charAt(start - 1))) {
    start--;
  }
  return start;
}

function endOfUrl(text: string, mark: number): number {
  const end = /[\s"'`]/g;
  end.lastIndex = mark;
  return end.exec(text)?.index ?? text.length;
}

function partsOf(scheme: string, layer: Layer): readonly Candidate[] {
  const isWeb = /(?:^|\+)(?:https?|wss?)$/.test(scheme);
  const { text } = layer;
  const pathStart = indexOrEnd(text, /[/?#]/);
  // A password may hold a bare `/` in practice; in a web address `@` is common in paths.
  const beforeQuery = indexOrEnd(text, /[?\s]/);
  const atSign = text.slice(0, isWeb ? pathStart : beforeQuery).lastIndexOf('@');
  const hostEnd =
    atSign === -1 ? pathStart : atSign + 1 + indexOrEnd(text.slice(atSign + 1), /[/?#]/);
  const host = text.slice(atSign + 1, hostEnd);
  const queryStart = hostEnd + indexOrEnd(text.slice(hostEnd), /[?#]/);
  return [
    ...(atSign === -1 ? [] : userInfo(sliceLayer(layer, 0, atSign), host, isWeb)),
    ...(isWeb ? capability(sliceLayer(layer, hostEnd, queryStart), host) : []),
    ...parameters(sliceLayer(layer, queryStart)),
  ];
}

function indexOrEnd(text: string, pattern: RegExp): number {
  const index = text.search(pattern);
  return index === -1 ? text.length : index;
}

function userInfo(layer: Layer, host: string, isWeb: boolean): readonly Candidate[] {
  const colon = layer.text.indexOf(':');
  if (colon !== -1) {
    const password = sliceLayer(layer, colon + 1);
    return [
      {
        ...candidateAt(password, {
          kind: isWeb ? 'password' : 'connection-string',
          where: 'userinfo',
        }),
        text: decodeLiteral(password.text),
        account: { isLocal: isLocalHost(host), user: percentDecode(layer.text.slice(0, colon)) },
      },
    ];
  }
  // `https://<token>@host`; the key of a Sentry address is meant to be public.
  const isToken = isWeb && layer.text.length >= 16 && !/(?:^|\.)sentry\.io(?::|$)/.test(host);
  return isToken ? [candidateAt(layer, { kind: 'token', where: 'userinfo', isVague: true })] : [];
}

/** On this machine, or a name that only a container network knows. */
function isLocalHost(host: string): boolean {
  const name = host.replace(/:[^:\]]*$/, '').toLowerCase();
  return (
    /^(?:localhost|127(?:\.\d{1,3}){3}|0\.0\.0\.0|\[::1\]|host\.docker\.internal|)$/.test(name) ||
    /^[a-z][a-z0-9_-]{0,62}(?:\.local(?:host)?)?$/.test(name)
  );
}

function parameters(layer: Layer): readonly Candidate[] {
  const candidates: Candidate[] = [];
  for (const part of layer.text.matchAll(/[?&#;]([^=&#;]{1,100})=([^&#]*)/g)) {
    const [whole, keyName = '', value = ''] = part;
    const name = readCredentialName(keyName) ?? queryNames.get(keyName.toLowerCase());
    if (name !== undefined && value !== '') {
      const end = part.index + whole.length;
      const stretch = sliceLayer(layer, end - value.length, end);
      const candidate = candidateAt(stretch, { ...name, where: 'query', keyName });
      candidates.push({ ...candidate, text: decodeLiteral(candidate.text) });
    }
  }
  return candidates;
}

/** Azure Functions call their key `code`. */
const queryNames = new Map([['code', { kind: 'api-key', isVague: true } as const]]);

/** Segments before which an endpoint's address is as good as a token. */
const endpoint = /^(?:mcp|sse|messages?|stream|http)$/;

/** Segments behind which an identifier stands. */
const collection =
  /^(?:p|projects?|accounts?|orgs?|organizations?|workspaces?|teams?|tenants?|users?|sites?|apps?)$/;

/**
 * A long random segment right before the endpoint. UUIDs stay out: most are ids of projects and
 * accounts.
 */
function capability(path: Layer, host: string): readonly Candidate[] {
  if (/(?:^|\.)git(?:hub|lab|hubusercontent)\./.test(host)) {
    return [];
  }
  const hook = webhookStart(path.text, host);
  if (hook !== undefined) {
    return [candidateAt(sliceLayer(path, hook), { kind: 'capability-url', where: 'path' })];
  }
  const candidates: Candidate[] = [];
  let start = 0;
  const segments = path.text.split('/');
  segments.forEach((segment, index) => {
    const isSecret =
      endpoint.test(segments[index + 1] ?? '') &&
      !collection.test(segments[index - 1] ?? '') &&
      /^[A-Za-z0-9_-]{14,}$/.test(segment) &&
      !/^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(segment) &&
      hasOpaqueRun(segment, 14);
    if (isSecret) {
      const layer = sliceLayer(path, start, start + segment.length);
      candidates.push(candidateAt(layer, { kind: 'capability-url', where: 'path' }));
    }
    start += segment.length + 1;
  });
  return candidates;
}

/** Outlook and Teams: `/webhookb2/<group>@<tenant>/IncomingWebhook/<key>/<owner>`. */
function webhookStart(path: string, host: string): number | undefined {
  const isOffice = /^(?:outlook\.office(?:365)?\.com|[a-z0-9-]+\.webhook\.office\.com)$/i.test(
    host,
  );
  const prefix = isOffice ? /^\/webhookb?\d?\/(?=.*\/IncomingWebhook\/[^/]{16})/i.exec(path) : null;
  return prefix?.[0].length;
}

/** Beside a reference the text stays as written, so that its parts can be told apart. */
function decodeLiteral(text: string): string {
  return text.includes('${') ? text : percentDecode(text);
}

/** Total: what is no valid encoding stays as it is. @see RFC 3986 §2.1 */
function percentDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
