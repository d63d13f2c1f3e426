import { assertNever } from '../base/assertNever';
import { oneLine } from '../base/text';
import { describeLocalRefusal, type LocalRefusal } from './localRefusal';
import type { TargetHeader, RemoteTarget } from './tokenTestTarget';

/** Why a request is not sent: it could not work, or would put a value where it does not belong. */
export type Refusal =
  | { readonly kind: 'variable-unresolved'; readonly where: string; readonly variable: string }
  | { readonly kind: 'url-unreadable' }
  | { readonly kind: 'url-scheme'; readonly scheme: string; readonly transport?: 'ws' }
  | { readonly kind: 'url-fragment' }
  | { readonly kind: 'header-name'; readonly header: string }
  | {
      readonly kind: HeaderValueProblem;
      readonly header: string;
      /** The only variable that the value comes from. */
      readonly variable?: string;
    }
  | LocalRefusal;

export type HeaderValueProblem =
  | 'value-empty'
  | 'control-character'
  | 'not-latin1'
  | 'scheme-without-token'
  | 'scheme-doubled'
  | 'inner-white-space'
  | 'outer-white-space'
  | 'quoted'
  | 'too-long';

/** A line of a configuration that every curl reads, with its escapes. */
const maxValueLength = 100_000;

const schemes = '(?:Bearer|Basic|Token|ApiKey|Api-Key|Digest|Negotiate)';

/** In the order of telling: the first that holds is the one to repair first. */
const valueProblems: readonly (readonly [
  kind: HeaderValueProblem,
  holds: (header: TargetHeader) => boolean,
])[] = [
  ['value-empty', ({ value, secretNames }) => secretNames.length > 0 && value.trim() === ''],
  ['scheme-without-token', ({ value }) => new RegExp(`^\\s*${schemes}\\s*$`, 'i').test(value)],

  ['control-character', ({ value }) => /[\u0000-\u001f\u007f]/.test(value)],
  ['outer-white-space', ({ value }) => value !== value.trim()],
  ['quoted', ({ value }) => /(?:^|\s)(["'`]).*\1$/.test(value)],
  ['not-latin1', ({ value }) => /[^\u0000-\u00ff]/u.test(value)],
  ['scheme-doubled', ({ value }) => new RegExp(`^(${schemes})\\s+\\1(?:\\s|$)`, 'i').test(value)],
  // A token of RFC 6750 §2.1 is one word.
  ['inner-white-space', ({ value }) => /^Bearer\s+\S+\s+\S/i.test(value)],
  [
    'too-long',
    ({ name, value }) => (name + value.replace(/["\\]/g, '\\$&')).length > maxValueLength,
  ],
];

/** The first reason against sending anything to `target`. Pure: nothing is resolved or contacted. */
export function findRefusal(target: RemoteTarget): Refusal | undefined {
  return findUrlRefusal(target) ?? firstOf(target.headers, findHeaderRefusal);
}

function findUrlRefusal({ url, transport, unresolved }: RemoteTarget): Refusal | undefined {
  const variable = unresolvedVariable(url, unresolved);
  if (variable !== undefined) {
    return { kind: 'variable-unresolved', where: 'url', variable };
  }
  if (!URL.canParse(url)) {
    return { kind: 'url-unreadable' };
  }
  const { protocol: scheme, hash } = new URL(url);
  const isHttp = scheme === 'http:' || scheme === 'https:';
  if (transport !== 'ws') {
    return isHttp ? undefined : { kind: 'url-scheme', scheme };
  }
  if (!isHttp && scheme !== 'ws:' && scheme !== 'wss:') {
    return { kind: 'url-scheme', scheme, transport };
  }
  return hash === '' ? undefined : { kind: 'url-fragment' };
}

function findHeaderRefusal(header: TargetHeader): Refusal | undefined {
  if (!/^[!#$%&'*+.^_`|~\w-]+$/.test(header.name)) {
    return { kind: 'header-name', header: header.name };
  }
  const variable = unresolvedVariable(header.value, header.unresolved);
  if (variable !== undefined) {
    return { kind: 'variable-unresolved', where: `header ${header.name}`, variable };
  }
  const problem = valueProblems.find(([, holds]) => holds(header));
  const [only, ...others] = header.secretNames;
  return (
    problem && {
      kind: problem[0],
      header: header.name,
      ...(only !== undefined && others.length === 0 && { variable: only }),
    }
  );
}

function unresolvedVariable(text: string, known?: readonly string[]): string | undefined {
  // A value may hold "${" itself, and what follows there is no name to show.
  return known !== undefined ? known[0] : /\$\{([^}:]*)/.exec(text)?.[1];
}

function firstOf<T, R>(values: readonly T[], find: (value: T) => R | undefined): R | undefined {
  for (const value of values) {
    const found = find(value);
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}

export interface RefusalText {
  readonly cause: string;
  readonly next: string;
}

/** What is wrong and what to do, in sentences without any value. */
export function describeRefusal(refusal: Refusal): RefusalText {
  switch (refusal.kind) {
    case 'variable-unresolved':
      return {
        cause: `The ${refusal.where} still contains \${${oneLine(refusal.variable, 60)}}: the variable has no value here.`,
        next: 'Set the variable or give it a default, then test again.',
      };
    case 'url-unreadable':
      return {
        cause: 'The url is not an address such as https://example.com/mcp.',
        next: 'Write url with its scheme, host and path.',
      };
    case 'url-scheme':
      if (refusal.transport === 'ws') {
        return {
          cause: `The url begins with ${oneLine(refusal.scheme, 20)} and a server of type "ws" is reached by ws: or wss:.`,
          next: 'Write url with wss:// in front of the host.',
        };
      }
      if (/^wss?:$/.test(refusal.scheme)) {
        return {
          cause: `The url begins with ${refusal.scheme} and the type of the server is not "ws".`,
          next: 'Set type to "ws", or write url with https:// in front of the host.',
        };
      }
      return {
        cause: `The url begins with ${oneLine(refusal.scheme, 20)} and this test speaks http: and https: only.`,
        next: 'Write url with http:// or https:// in front of the host.',
      };
    case 'url-fragment':
      return {
        cause: 'The url has a part behind "#", with which no WebSocket is opened.',
        next: 'Remove "#" and what follows from url.',
      };
    case 'command-empty':
    case 'nul-character':
      return describeLocalRefusal(refusal);
    case 'header-name':
      return {
        cause: `A header cannot have the name "${nameOnly(refusal.header)}".`,
        next: 'Use letters, digits and hyphens, without a colon or a space, as in X-API-Key.',
      };
    case 'value-empty':
    case 'control-character':
    case 'not-latin1':
    case 'scheme-without-token':
    case 'scheme-doubled':
    case 'inner-white-space':
    case 'outer-white-space':
    case 'quoted':
    case 'too-long':
      return describeValueProblem(refusal.kind, `The value of header ${refusal.header}`);
    default:
      return assertNever(refusal);
  }
}

function describeValueProblem(kind: HeaderValueProblem, value: string): RefusalText {
  const texts = {
    'value-empty': ['is empty.', 'Give its variable a value, then test again.'],
    'control-character': [
      'contains a line break or another control character.',
      'Copy the value again as one line; values read from a file often end with a line break.',
    ],
    'not-latin1': [
      'contains a character that HTTP headers cannot carry.',
      'Look for typographic quotes, dashes or dots that came with copying.',
    ],
    'scheme-without-token': [
      'is a scheme with no token behind it.',
      'Give the variable of the token a value, then test again.',
    ],
    'scheme-doubled': [
      'names its scheme twice, as in "Bearer Bearer …".',
      'Remove the scheme either from the header or from the value of the variable.',
    ],
    'inner-white-space': [
      'holds a token of several words, and a Bearer token is one.',
      'Copy the token again, or take what does not belong to it out of the header.',
    ],
    'outer-white-space': [
      'begins or ends with white space.',
      'Remove the space from the header or from the value of its variable.',
    ],
    quoted: [
      'is wrapped in quotes, which the server would read as part of it.',
      'Remove the quotes from the header or from the value of its variable.',
    ],
    'too-long': [
      'is longer than 100,000 characters, which is more than curl takes.',
      'Check whether a whole file came into the value in place of the token.',
    ],
  } satisfies Record<HeaderValueProblem, readonly [string, string]>;
  const [cause, next] = texts[kind];
  return { cause: `${value} ${cause}`, next };
}

/** What is behind a colon or a space is no name, and may be a value that slipped into it. */
function nameOnly(header: string): string {
  const [name = ''] = header.split(/[:\s]/, 1);
  return name === header ? oneLine(name, 60) : `${oneLine(name, 60)}…`;
}
