import { lastOfEach } from '../base/lastOfEach';
import {
  expand,
  headerRules,
  namesIn,
  textOf,
  urlRules,
  type Lookup,
  type Segment,
} from '../config/expansion';
import type { McpConfig, McpServer } from '../config/mcpConfig';
import type { CurlOption, LinePart, NamedRequest } from '../shell/curlLine/namedRequest';
import { upgradeOptions } from './curlConfig';
import { firstRequest } from './firstRequest';
import { nameLiterals } from './nameLiterals';
import { NameMarks } from './nameMarks';
import { findRefusal, type Refusal } from './refusal';
import { asHttp, knownHost, placeUrl, type UrlRefusal } from './placeUrl';
import type { RemoteTarget } from './tokenTestTarget';

export type CurlLinePlan =
  | {
      readonly kind: 'planned';
      readonly request: NamedRequest;
      /** Of its variables, those that stand for what the file has as text. */
      readonly forLiterals: readonly string[];
      /** Where it goes, as far as that is known. */
      readonly host: string | undefined;
    }
  | { readonly kind: 'refused'; readonly refusal: CurlLineRefusal };

/** Why there is no line: a test would not send it either, or a shell could not put it together. */
export type CurlLineRefusal =
  | Refusal
  /** Its value refers to further variables, which Claude Code replaces and a shell does not. */
  | { readonly kind: 'variable-nested'; readonly variable: string }
  | UrlRefusal
  /** A credential that cannot become a variable. */
  | { readonly kind: 'literal-left' };

/** How long a stream or a socket is watched, in seconds: neither ends by itself. */
const watchSeconds = 10;

/**
 * The first request of a test of the server, with names in the place of values. `lookup` decides
 * what a test would use: the default, where a variable is not set, and nothing for one that is empty
 * or kept back by Claude Code. Of what it gives, nothing is in the plan but a part of the host.
 * @param maxSeconds for the whole exchange
 */
export function planCurlLine(
  config: McpConfig,
  server: McpServer,
  transport: RemoteTarget['transport'],
  lookup: Lookup,
  maxSeconds: number,
): CurlLinePlan {
  const entry = nameLiterals(config, server);
  if (entry === undefined) {
    return refused({ kind: 'literal-left' });
  }
  const { forLiterals } = entry;
  const known: Lookup = (name) => (forLiterals.includes(name) ? undefined : lookup(name));
  const urlSegments = expand(entry.url, known, urlRules);
  const own = lastOfEach(entry.headers, ({ name }) => name);
  const headers = own.map(({ name, value }) => ({
    name,
    segments: expand(value, known, headerRules),
  }));
  const segments = [urlSegments, ...headers.map((header) => header.segments)].flat();
  const nested = segments.flatMap(({ via }) => via).find(({ kind }) => kind === 'variable');
  if (nested !== undefined && 'name' in nested) {
    return refused({ kind: 'variable-nested', variable: nested.name });
  }

  const marks = new NameMarks(segments.map(({ text }) => text));
  const url = placeUrl(markNames(urlSegments, marks), marks, transport);
  if ('kind' in url) {
    return refused(url);
  }
  const target: RemoteTarget = {
    transport,
    serverName: server.name,
    url: url.readable,
    headers: headers.map(({ name, segments }) => ({
      name,
      value: markNames(segments, marks),
      secretNames: namesIn(segments),
    })),
  };
  const refusal = findRefusal(target);
  if (refusal !== undefined) {
    return refused(refusal);
  }
  const { method, url: sent, headers: lines, body, isUpgrade } = firstRequest(target);
  // Nothing behind "#" is sent, and it may be a credential.
  const urlParts = marks.split((url.written ?? sent).replace(/#.*$/s, ''));
  const options: readonly CurlOption[] = [
    ...['silent', 'show-error', 'include', 'no-buffer', 'globoff'].map((name) => ({ name })),
    option('proto', '=http,https'),
    // Without a scheme curl would guess one.
    ...(url.hasSchemeFromVariable ? [option('proto-default', 'file')] : []),
    ...(isUpgrade === true ? upgradeOptions.map((name) => ({ name })) : []),
    option('connect-timeout', '10'),
    option('max-time', String(transport === 'http' ? maxSeconds : watchSeconds)),
    option('write-out', '\\n'),
    option('request', method),
    ...lines.map(({ name, value }) => ({
      name: 'header',
      value: value === '' ? [`${name};`] : [`${name}: `, ...marks.split(value)],
    })),
    ...(body === undefined ? [] : [option('data-raw', body)]),
    { name: 'url', value: urlParts },
  ];
  const inUrl = namesOf(urlParts);
  const names = namesOf(options.flatMap(({ value = [] }) => value));
  const text = headers.map((header) => textOf(header.segments)).join('');
  return {
    kind: 'planned',
    request: {
      options,
      variables: names.map((name) => ({ name, isInUrl: inUrl.includes(name) })),
      isAscii: !/[\u0080-\u00ff]/.test(text),
    },
    forLiterals: names.filter((name) => forLiterals.includes(name)),
    host: knownHost(asHttp(textOf(urlSegments), transport)),
  };
}

function refused(refusal: CurlLineRefusal): CurlLinePlan {
  return { kind: 'refused', refusal };
}

function option(name: string, value: string): CurlOption {
  return { name, value: [value] };
}

function markNames(segments: readonly Segment[], marks: NameMarks): string {
  return segments
    .map(({ text, origin }) =>
      origin.kind === 'unset' || (origin.kind === 'variable' && text !== '')
        ? marks.markFor(origin.name)
        : text,
    )
    .join('');
}

function namesOf(parts: readonly LinePart[]): readonly string[] {
  return [...new Set(parts.flatMap((part) => (typeof part === 'string' ? [] : part.variable)))];
}
