import { parseArgs } from 'node:util';
import { shown } from '../core/diagnostics/words';
import { formatNames, type FormatName } from './formats';
import { severities } from './severities';

const levels = [...severities, 'never'] as const;
const placeNames = ['auto', 'project', 'plugin', 'user'] as const;

/** What `check` and `fix` are asked to look at, and how. */
export interface Inputs {
  /** Files, folders, and `-` for standard input. */
  readonly paths: readonly string[];
  readonly place: (typeof placeNames)[number];
  readonly usesEnvironment: boolean;
  readonly envFiles: readonly string[];
  readonly settings: string | undefined;
  readonly stdinName: string | undefined;
  readonly failOn: (typeof levels)[number];
}

export type Command =
  | { readonly kind: 'help' | 'version' | 'rules' }
  | { readonly kind: 'explain'; readonly rule: string }
  | ({ readonly kind: 'check'; readonly format: FormatName } & Inputs)
  | ({ readonly kind: 'fix'; readonly isDryRun: boolean } & Inputs);

const options = {
  format: { type: 'string' },
  'fail-on': { type: 'string' },
  place: { type: 'string' },
  'env-file': { type: 'string', multiple: true },
  variables: { type: 'string', multiple: true },
  'no-env': { type: 'boolean' },
  settings: { type: 'string' },
  'stdin-filename': { type: 'string' },
  'dry-run': { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
} as const;

const shared = [
  'fail-on',
  'place',
  'env-file',
  'variables',
  'no-env',
  'settings',
  'stdin-filename',
];

/** The options that a command has, apart from `--help` and `--version`. */
const optionsOf: Readonly<Record<string, readonly string[]>> = {
  check: ['format', ...shared],
  fix: ['dry-run', ...shared],
  rules: [],
  explain: [],
};

const hint = 'see "mcp-auth --help"';

/** @throws Error whose message is a sentence: what is not understood, and what to do */
export function parseCommandLine(argv: readonly string[]): Command {
  const { values, positionals, tokens } = parseArgs({
    args: [...argv],
    strict: false,
    tokens: true,
    allowPositionals: true,
    options,
  });
  const [name = '', ...words] = positionals;
  for (const token of tokens) {
    if (token.kind === 'option') {
      checkOption(token, name);
    }
  }
  if (values.help === true || values.version === true) {
    return { kind: values.help === true ? 'help' : 'version' };
  }
  const read = <T extends string>(
    option: 'format' | 'fail-on' | 'place',
    allowed: readonly T[],
    other: T,
  ) => oneOf(`--${option}`, allowed, stringOf(values[option]) ?? other);
  const stdinName = stringOf(values['stdin-filename']);
  const inputs: Inputs = {
    paths: readPaths(words, stdinName !== undefined),
    place: read('place', placeNames, 'auto'),
    usesEnvironment: values['no-env'] !== true,
    envFiles: [...(values['env-file'] ?? []), ...(values.variables ?? [])].filter(
      (file) => typeof file === 'string',
    ),
    settings: stringOf(values.settings),
    stdinName,
    failOn: read('fail-on', levels, 'error'),
  };
  switch (name) {
    case 'check':
      return { kind: 'check', format: read('format', formatNames, 'text'), ...inputs };
    case 'fix':
      return { kind: 'fix', isDryRun: values['dry-run'] === true, ...inputs };
    case 'rules':
      refuseWords(name, words);
      return { kind: 'rules' };
    case 'explain':
      refuseWords(name, words.slice(1));
      return { kind: 'explain', rule: words[0] ?? '' };
    default:
      throw new Error(
        `${name ? `there is no command ${shown(name)}` : 'a command is missing'}: use check, fix, rules or explain, or ${hint}.`,
      );
  }
}

/** Whoever names standard input means it. */
function readPaths(words: readonly string[], namesStdin: boolean): readonly string[] {
  if (namesStdin && words.length > 0 && !words.includes('-')) {
    throw new Error('--stdin-filename names standard input, which is not among the paths: add -.');
  }
  return words.length > 0 ? words : [namesStdin ? '-' : '.'];
}

function refuseWords(command: string, [word]: readonly string[]): void {
  if (word !== undefined) {
    throw new Error(`"mcp-auth ${command}" does not take ${shown(word)}; ${hint}.`);
  }
}

interface OptionToken {
  readonly name: string;
  readonly rawName: string;
  readonly value: string | undefined;
  readonly inlineValue: boolean | undefined;
}

function checkOption({ name, rawName, value, inlineValue }: OptionToken, command: string): void {
  const known = Object.hasOwn(options, name) ? options[name as keyof typeof options] : undefined;
  if (known === undefined) {
    throw new Error(`there is no option ${shown(rawName)}; ${hint}.`);
  }
  const allowed = Object.hasOwn(optionsOf, command) ? optionsOf[command] : undefined;
  if (allowed?.includes(name) === false && name !== 'help' && name !== 'version') {
    throw new Error(`"mcp-auth ${command}" has no option ${rawName}; ${hint}.`);
  }
  if (known.type === 'boolean' && value !== undefined) {
    throw new Error(`${rawName} takes no value; ${hint}.`);
  }
  const isNext = inlineValue === false && value?.startsWith('-') === true && value !== '-';
  if (known.type === 'string' && (value === undefined || value === '' || isNext)) {
    throw new Error(`${rawName} needs a value; ${hint}.`);
  }
}

function stringOf(value: string | boolean | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function oneOf<T extends string>(option: string, allowed: readonly T[], value: string): T {
  const found = allowed.find((known) => known === value);
  if (found === undefined) {
    const last = allowed.at(-1) ?? '';
    const others = allowed.slice(0, -1).join(', ');
    throw new Error(`${option} is ${others} or ${last}, not ${shown(value)}.`);
  }
  return found;
}
