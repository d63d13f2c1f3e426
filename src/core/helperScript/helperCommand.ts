import type { McpConfig, McpServer } from '../config/mcpConfig';
import type { PlaceId } from '../config/place';
import type { Span } from '../secrets/secretMatch';
import { parseShell } from './parseShell';
import { programOf, unknownCharacter, type ShellScript, type ShellWord } from './shellScript';

/** What a `headersHelper` says. Offsets count in its decoded text. */
export interface HelperCommand {
  readonly text: string;
  readonly shell: ShellScript;
  /** The script that it runs; `undefined` where it is a program or cannot be told. */
  readonly file: HelperFile | undefined;
}

/** A script as it is named in the command. */
export interface HelperFile extends Span {
  /** What the name starts from. A plugin's variable is one of its own. */
  readonly base: 'absolute' | 'working-folder' | 'plugin-root' | 'project-variable';
  /** Below the base; the whole where it is absolute. */
  readonly path: string;
  /** No interpreter stands in front: the file itself is the program. */
  readonly isProgram: boolean;
}

/** A server with the helper that it runs. */
export interface ServerHelper {
  readonly server: McpServer;
  readonly command: HelperCommand;
}

const known = new WeakMap<McpConfig, readonly ServerHelper[]>();

/** The helpers that Claude Code would run, in the order of the text. Found once for all rules. */
export function helpersIn(config: McpConfig): readonly ServerHelper[] {
  const found = known.get(config) ?? config.servers.flatMap(helperOf);
  known.set(config, found);
  return found;
}

function helperOf(server: McpServer): readonly ServerHelper[] {
  const { headersHelper, loads, transport } = server;
  return headersHelper === undefined || !loads || transport === 'stdio'
    ? []
    : [{ server, command: readHelperCommand(headersHelper.value) }];
}

/** Reads the text as `/bin/sh -c` does: no variable of it is Claude Code's to expand. */
export function readHelperCommand(text: string): HelperCommand {
  const shell = parseShell(text);
  return { text, shell, file: shell.isPartial ? undefined : findFile(text, shell) };
}

/** Options of interpreters that take no value and leave the script the first argument. */
const plainOptions: Readonly<Record<string, RegExp>> = {
  sh: /^-[aefux]+$/,
  bash: /^(?:-[aefux]+|--noprofile|--norc|--posix)$/,
  dash: /^-[aefux]+$/,
  zsh: /^-[aefux]+$/,
  ksh: /^-[aefux]+$/,
  python: /^-[BEIOPSsu]+$/,
  python3: /^-[BEIOPSsu]+$/,
  node: /^--(?:no-warnings|enable-source-maps|trace-warnings)$/,
};

function findFile(text: string, { commands, variables }: ShellScript): HelperFile | undefined {
  const command = commands.find(({ depth }) => depth === 0);
  const [first, ...rest] = command?.words ?? [];
  if (command === undefined || first === undefined) {
    return undefined;
  }
  const toFile = (word: ShellWord | undefined, isProgram: boolean) => {
    const base = word && baseOf(word, text, variables);
    return word && base && { start: word.start, end: word.end, isProgram, ...base };
  };
  if (first.text.includes('/') && !isSystemPath(first.text)) {
    return toFile(first, true);
  }
  const program = programOf(command);
  const options = Object.hasOwn(plainOptions, program) ? plainOptions[program] : undefined;
  const script = options && rest.find((word) => !options.test(word.text));
  return script?.text.startsWith('-') ? undefined : toFile(script, false);
}

/** Programs of the system are no scripts of the project. */
function isSystemPath(path: string): boolean {
  return /^\/(?:bin|usr|snap|nix)\//.test(path);
}

function baseOf(
  word: ShellWord,
  text: string,
  variables: ShellScript['variables'],
): Pick<HelperFile, 'base' | 'path'> | undefined {
  const rest = word.text.slice(1);
  if (!word.text.includes(unknownCharacter)) {
    const isHome = word.text.startsWith('~') && text.charAt(word.start) === '~';
    const base = word.text.startsWith('/') ? 'absolute' : 'working-folder';
    return isHome || /[*?[]/.test(word.text) || word.text === ''
      ? undefined
      : { base, path: word.text };
  }
  if (word.text.lastIndexOf(unknownCharacter) !== 0 || !rest.startsWith('/')) {
    return undefined;
  }
  const variable = variables.find(({ start }) => start >= word.start && start < word.end);
  const path = rest.slice(1);
  switch (variable === undefined ? '' : variable.name + variable.operator) {
    case 'CLAUDE_PLUGIN_ROOT':
      return { base: 'plugin-root', path };
    case 'CLAUDE_PROJECT_DIR':
      return { base: 'project-variable', path };
    case 'CLAUDE_PROJECT_DIR:-.':
    case 'PWD':
      return { base: 'working-folder', path };
    default:
      return undefined;
  }
}

/**
 * Where the script is, seen from the folder of the configuration; `undefined` where that cannot be
 * told: a user's helper runs in another folder.
 */
export function helperPath(
  { base, path }: HelperFile,
  place: PlaceId,
  { project }: McpServer,
): string | undefined {
  const relative = path.replace(/^(?:\.\/)+/, '');
  switch (base) {
    case 'absolute':
      return path;
    case 'working-folder':
    case 'plugin-root':
      if (place === 'plugin') {
        return relative;
      }
      if (place === 'pluginManifest') {
        return `../${relative}`;
      }
      return place === 'project' && base === 'working-folder' && project === undefined
        ? relative
        : undefined;
    case 'project-variable':
      return undefined;
  }
}
