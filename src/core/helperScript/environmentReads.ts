import type { Span } from '../secrets/secretMatch';
import type { CodeHelper, HelperScript } from './helperScript';
import type { ShellCommand, ShellScript } from './shellScript';

/** A variable that a script takes from its environment. */
export interface EnvironmentRead extends Span {
  readonly name: string;
}

/**
 * The variables that must come from the environment for the script to work. Those that it may set
 * itself are left out, and so are those that have a default.
 */
export function findEnvironmentReads(script: HelperScript): readonly EnvironmentRead[] {
  return script.kind === 'shell' ? findShellReads(script.shell) : findCodeReads(script);
}

/** Commands that may set any variable. */
const setsAnything = new Set(['.', 'source', 'eval', 'direnv', 'dotenv']);

/** The reads of a shell script, or of a command line. */
export function findShellReads({ commands, variables }: ShellScript): readonly EnvironmentRead[] {
  const assigned = new Set(
    variables.flatMap(({ name, operator }) => (/^:?=/.test(operator) ? name : [])),
  );
  for (const command of commands) {
    const name = command.words[0]?.text ?? '';
    const isOpen = command.words.some(({ text }) => text.includes('\u0001'));
    if (
      setsAnything.has(name) ||
      ((name === 'export' || name === 'declare') && isOpenExport(command, isOpen))
    ) {
      return [];
    }
    for (const assigning of namesSetBy(command)) {
      assigned.add(assigning);
    }
  }
  return variables.filter(
    ({ name, operator }) =>
      /^[A-Za-z_]/.test(name) && !assigned.has(name) && !/^:?[-+]/.test(operator),
  );
}

/** `export $(grep … .env)` sets whatever the file names. */
function isOpenExport({ words }: ShellCommand, isOpen: boolean): boolean {
  return isOpen && words.some(({ text }) => text.startsWith('\u0001'));
}

function namesSetBy({ assignments, words }: ShellCommand): readonly string[] {
  const [command, ...args] = words.map(({ text }) => text);
  const own = assignments.map(({ name }) => name);
  switch (command) {
    case 'export':
    case 'declare':
    case 'local':
    case 'readonly':
    case 'typeset':
      return [...own, ...args.flatMap((arg) => /^(\w+)\+?=/.exec(arg)?.[1] ?? [])];
    case 'read':
    case 'mapfile':
    case 'readarray':
    case 'getopts':
    case 'unset':
    case 'printf':
      return [...own, ...args];
    case 'for':
    case 'select':
      return [...own, ...args.slice(0, 1)];
    default:
      return own;
  }
}

/** With a fallback behind it, the read may fail. */
const codeReads = {
  python:
    /\bos\.(?:environ\[|environ\.get\(|getenv\()\s{0,9}(["'])|\b(?:environ\[|environ\.get\(|getenv\()\s{0,9}(["'])/g,
  node: /\bprocess\.env(?:\.([A-Za-z_]\w*)|\[\s{0,9}(["']))/g,
} as const;

const setsEnvironment =
  /dotenv|loadEnvFile|environ\.update|environ\.setdefault|putenv|environ\[[^\]\n]{0,200}\]\s{0,9}=[^=]|process\.env(?:\.\w+|\[[^\]\n]{0,200}\])\s{0,9}(?:=[^=]|\?\?=|\|\|=)|Object\.assign\(process\.env/;

function findCodeReads({ kind, text, source }: CodeHelper): readonly EnvironmentRead[] {
  if (setsEnvironment.test(text)) {
    return [];
  }
  return Array.from(source.code.matchAll(codeReads[kind])).flatMap((match) => {
    const end = match.index + match[0].length;
    const dotted = kind === 'node' ? match[1] : undefined;
    const name = dotted ?? /^[A-Za-z_]\w{0,199}(?=["'])/.exec(text.slice(end, end + 201))?.[0];
    if (name === undefined) {
      return [];
    }
    const close = dotted === undefined ? end + name.length + 1 : end;
    // A second argument, `or`, `??` and `||` say what to do without it.
    const rest = source.code.slice(close, close + 40);
    return /^\s*(?:,|[)\]]?\s*(?:or\b|\?\?|\|\||if\b))/.test(rest)
      ? []
      : [
          {
            name,
            start: dotted === undefined ? end : end - name.length,
            end: end - (dotted ? 0 : -name.length),
          },
        ];
  });
}
