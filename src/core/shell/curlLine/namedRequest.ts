/** A request as options of curl, with the names of variables in the place of their values. */
export interface NamedRequest {
  /** In this order; `url` comes last, so that nothing is sent of a configuration that breaks off. */
  readonly options: readonly CurlOption[];
  /** Every variable in it, each once. */
  readonly variables: readonly NamedVariable[];
  /** Where not, characters up to U+00FF go out as one byte each, as a test sends them. */
  readonly isAscii: boolean;
}

export interface CurlOption {
  /** The long one, without dashes. */
  readonly name: string;
  readonly value?: readonly LinePart[];
}

/** Text as it is, or the value that a variable has when the line runs. */
export type LinePart = string | { readonly variable: string };

export interface NamedVariable {
  readonly name: string;
  /** In the address nothing is left to encode, so that its value has to be fit for one. */
  readonly isInUrl: boolean;
}

/** The arguments of a curl that reads its options from standard input, and no `.curlrc`. */
export const curlFromStdin = '-q --config -';

/** What a line says before it ends, with nothing sent. */
export const complaints = {
  unset: 'is not set.',
  unexported: 'is not set, or not exported.',
  url: 'has a character that an address cannot have as it is.',
  header: 'has a character that a header cannot have, such as a line break.',
  ascii: 'has a line break or another character that this line cannot carry.',
} as const;

/** What is wrong with a value that has a character which its place does not take. */
export function complaintFor(
  { isInUrl }: NamedVariable,
  { isAscii }: NamedRequest,
): 'url' | 'ascii' | 'header' {
  return isInUrl ? 'url' : isAscii ? 'ascii' : 'header';
}

/**
 * The option as a line of a configuration of curl: `write` puts text and variables into the words of
 * a shell, which `separator` joins to one.
 */
export function configLine(
  { name, value }: CurlOption,
  write: (part: LinePart) => string | undefined,
  separator = '',
): string | undefined {
  const parts =
    value === undefined
      ? [name]
      : [`${name} = "`, ...value.map((part) => escapeForConfig(part)), '"'];
  return joinWritten(joinTexts(parts).map(write), separator);
}

/**
 * A `printf` of the options, which curl reads, for shells that have these words alike.
 * @param indent of the lines that continue it
 */
export function printfToCurl(
  { options, isAscii }: NamedRequest,
  write: (part: LinePart) => string | undefined,
  indent: string,
): string | undefined {
  return joinWritten(
    [
      "printf '%s\\n'",
      ...options.map((option) => configLine(option, write)),
      ...(isAscii ? [] : ['| command iconv -f UTF-8 -t ISO-8859-1']),
      `| command curl ${curlFromStdin}`,
    ],
    ` \\\n${indent}`,
  );
}

/** @see https://curl.se/docs/manpage.html#-K */
function escapeForConfig(part: LinePart): LinePart {
  return typeof part === 'string' ? part.replace(/["\\]/g, '\\$&') : part;
}

/** Texts that follow each other as one, without empty ones. */
function joinTexts(parts: readonly LinePart[]): readonly LinePart[] {
  const joined: LinePart[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    if (typeof part === 'string' && typeof last === 'string') {
      joined[joined.length - 1] = last + part;
    } else if (part !== '') {
      joined.push(part);
    }
  }
  return joined;
}

/** `undefined` where one of them could not be written. */
export function joinWritten(
  written: readonly (string | undefined)[],
  separator = '',
): string | undefined {
  return written.includes(undefined) ? undefined : written.join(separator);
}
