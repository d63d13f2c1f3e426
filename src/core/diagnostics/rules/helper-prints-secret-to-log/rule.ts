import { rangeBetween, rangeEnd } from '../../../base/range';
import { credentialVariablesIn, isCredentialName } from '../../../helperScript/credentialVariables';
import type { CodeHelper, ShellHelper } from '../../../helperScript/helperScript';
import { programOf, type ShellCommand } from '../../../helperScript/shellScript';
import { findCalls } from '../../../helperScript/sourceCode';
import type { ScriptReport, ScriptRule } from '../../scriptRule';
import { shown } from '../../words';

export const helperPrintsSecretToLog = {
  id: 'helper-prints-secret-to-log',
  category: 'helper',
  severity: 'warning',
  *checkScript(script) {
    yield* script.kind === 'shell' ? checkShell(script) : checkCode(script);
  },
} satisfies ScriptRule<'helper-prints-secret-to-log'>;

function* checkShell(script: ShellHelper): Iterable<ScriptReport> {
  for (const command of script.shell.commands) {
    const log = logOf(command, script.text);
    const [variable] = log ? credentialVariablesIn(script.shell, command, command.depth) : [];
    if (log && variable) {
      yield {
        range: rangeBetween(variable.start, variable.end),
        ...describe(variable.name, log),
      };
    }
    if (isTrace(command)) {
      yield {
        range: rangeBetween(command.start, command.end),
        severity: 'information',
        message:
          'This writes every command with its values to standard error, tokens included. Claude Code drops that, but a terminal, a pipeline or a log keeps it. Remove it.',
      };
    }
  }
}

type Log = 'file' | 'standard-error';

function describe(name: string, log: Log): Pick<ScriptReport, 'message' | 'severity'> {
  return log === 'file'
    ? {
        message: `This writes the value of ${shown(name)} to a log, where everyone who can read it can use it. Leave it out.`,
      }
    : {
        severity: 'information',
        message: `This writes the value of ${shown(name)} to standard error. Claude Code drops that, but a terminal or a pipeline keeps it. Leave it out.`,
      };
}

/** Where a command that writes text puts it, if that is a log. */
function logOf(command: ShellCommand, text: string): Log | undefined {
  const program = programOf(command);
  if (program === 'logger') {
    return 'file';
  }
  if (!['echo', 'printf'].includes(program)) {
    return undefined;
  }
  const target = command.redirects.find(
    ({ operator, descriptor }) => operator.includes('>') && (descriptor ?? 1) === 1,
  );
  if (target === undefined) {
    return undefined;
  }
  if (target.operator === '>&' && target.target.text === '2') {
    return 'standard-error';
  }
  const path = text.slice(target.target.start, target.target.end);
  if (path === '/dev/stderr') {
    return 'standard-error';
  }
  return /\.log\b|(?:^|[\W_])logs?(?:file)?(?:[\W_]|$)/i.test(path) ? 'file' : undefined;
}

function isTrace({ words }: ShellCommand): boolean {
  const [first, ...rest] = words.map(({ text }) => text);
  return first === 'set' && rest.some((word) => /^-[a-z]*x/.test(word) || word === 'xtrace');
}

const logging = {
  python:
    /\b(?:logging|logger|log)\.(?:debug|info|warning|error|exception)(?=\()|(?<![\w.])print(?=\()/g,
  node: /\bconsole\.(?:error|warn)(?=\()/g,
} as const;

function* checkCode({ kind, text, source }: CodeHelper): Iterable<ScriptReport> {
  for (const { args, inside, name } of findCalls(source, logging[kind])) {
    const isPrint = text.slice(name.offset, rangeEnd(name)) === 'print';
    const written = source.code.slice(inside.offset, rangeEnd(inside));
    if (isPrint && !/\bfile\s*=\s*sys\.stderr\b/.test(written)) {
      continue;
    }
    for (const { offset, length } of args) {
      const argument = text.slice(offset, offset + length);
      const names = source.strings.get(offset)?.isTemplate ? interpolated : bare;
      const found = Array.from(argument.matchAll(names)).find(([, name = '']) =>
        isCredentialName(name),
      );
      const [whole, variable] = found ?? [];
      if (found !== undefined && whole !== undefined && variable !== undefined) {
        const start = offset + found.index + whole.indexOf(variable);
        yield {
          range: rangeBetween(start, start + variable.length),
          ...describe(variable, 'standard-error'),
        };
      }
    }
  }
}

/** A name by itself, and one that an f-string or a template puts in as it is. */
const bare = /^([A-Za-z_][\w.]{0,99})$/g;
const interpolated = /\{([A-Za-z_][\w.]{0,99})\}/g;
