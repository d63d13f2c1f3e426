export type WrapperProgram = 'mcp-remote' | 'supergateway' | 'mcp-proxy';

/** What an option of a wrapper says, by its name; a number is how many words follow it. */
type Option =
  | { readonly kind: 'header'; readonly words: 1 | 2 }
  | { readonly kind: 'bearer' }
  | { readonly kind: 'url'; readonly type: 'http' | 'sse' }
  | {
      readonly kind: 'transport';
      readonly types: Readonly<Record<string, 'http' | 'sse' | undefined>>;
    }
  /** It concerns logs, or what Claude Code does anyway. */
  | { readonly kind: 'idle'; readonly words: 0 | 1 }
  /** It makes the program something else: a server for others. */
  | { readonly kind: 'serves'; readonly unless?: string };

const idle = (words: 0 | 1): Option => ({ kind: 'idle', words });

/** @see the README of each program */
const options: Readonly<Record<WrapperProgram, Readonly<Record<string, Option | undefined>>>> = {
  'mcp-remote': {
    '--header': { kind: 'header', words: 1 },
    '--transport': {
      kind: 'transport',
      types: { 'http-only': 'http', 'http-first': 'http', 'sse-only': 'sse', 'sse-first': 'sse' },
    },
    '--allow-http': idle(0),
    '--debug': idle(0),
    '--silent': idle(0),
  },
  supergateway: {
    '--sse': { kind: 'url', type: 'sse' },
    '--streamableHttp': { kind: 'url', type: 'http' },
    '--header': { kind: 'header', words: 1 },
    '--oauth2Bearer': { kind: 'bearer' },
    '--logLevel': idle(1),
    '--outputTransport': { kind: 'serves', unless: 'stdio' },
    '--stdio': { kind: 'serves' },
  },
  'mcp-proxy': {
    '--headers': { kind: 'header', words: 2 },
    '-H': { kind: 'header', words: 2 },
    '--transport': { kind: 'transport', types: { streamablehttp: 'http', sse: 'sse' } },
    '--debug': idle(0),
    '--port': { kind: 'serves' },
    '--sse-port': { kind: 'serves' },
  },
};

export interface FoundOptions {
  /** The address, where an option has it. */
  url?: string;
  type?: 'http' | 'sse';
  servesOthers: boolean;
  readonly headers: string[];
  /** Arguments that belong to no option. */
  readonly words: string[];
  readonly others: string[];
}

/** Reads what follows the program's name on its command line. */
export function readOptions(program: WrapperProgram, words: readonly string[]): FoundOptions {
  const known = options[program];
  const found: FoundOptions = { servesOthers: false, headers: [], words: [], others: [] };
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? '';
    const option = Object.hasOwn(known, word) ? known[word] : undefined;
    const value = words[index + 1] ?? '';
    if (option === undefined) {
      (word.startsWith('-') ? found.others : found.words).push(word);
      continue;
    }
    index += readOption(option, word, [value, words[index + 2] ?? ''], found);
  }
  return found;
}

/** @returns how many words the option took */
function readOption(
  option: Option,
  name: string,
  [value, second]: readonly [string, string],
  found: FoundOptions,
): number {
  switch (option.kind) {
    case 'header':
      found.headers.push(option.words === 2 ? `${value}:${second}` : value);
      return option.words;
    case 'bearer':
      found.headers.push(`Authorization: Bearer ${value}`);
      return 1;
    case 'url':
      found.url = value;
      found.type = option.type;
      return 1;
    case 'transport': {
      const type = option.types[value];
      if (type === undefined) {
        found.others.push(name);
      } else {
        found.type = type;
      }
      return 1;
    }
    case 'idle':
      return option.words;
    case 'serves':
      found.servesOthers ||= value !== option.unless;
      return 1;
  }
}
