import { rangeBetween, rangeEnd } from '../../../base/range';
import { credentialVariablesIn } from '../../../helperScript/credentialVariables';
import type { CodeHelper, ShellHelper } from '../../../helperScript/helperScript';
import {
  programOf,
  type ShellCommand,
  type ShellRedirect,
  type ShellScript,
} from '../../../helperScript/shellScript';
import { findCalls } from '../../../helperScript/sourceCode';
import type { ScriptReport, ScriptRule } from '../../scriptRule';

export const helperCacheWorldReadable = {
  id: 'helper-cache-world-readable',
  category: 'helper',
  severity: 'warning',
  *checkScript(script) {
    yield* script.kind === 'shell' ? checkShell(script) : checkCode(script);
  },
} satisfies ScriptRule<'helper-cache-world-readable'>;

function describe(advice: string): string {
  return `This file holds a credential, and nothing here keeps other users of the machine from reading it. ${advice}`;
}

function* checkShell(script: ShellHelper): Iterable<ScriptReport> {
  const { shell, text } = script;
  // Rights are set for the whole script, or for a file that is made before.
  if (
    shell.commands.some(({ words }) =>
      words.some(({ text }) => /^(?:umask|chmod|mktemp|install)$/.test(text)),
    )
  ) {
    return;
  }
  for (const command of shell.commands) {
    const file = command.depth === 0 ? fileOf(command) : undefined;
    const written = file && text.slice(file.target.start, file.target.end);
    const isLog = written !== undefined && /log/i.test(written);
    if (file && !isLog && holdsCredential(shell, command)) {
      const { start, end } = file.target;
      const message = describe('Put umask 077 before it.');
      yield { range: rangeBetween(start, end), message };
    }
  }
}

function holdsCredential(shell: ShellScript, command: ShellCommand): boolean {
  return [command, ...command.hereDocuments].some(
    (span) => credentialVariablesIn(shell, span, command.depth).length > 0,
  );
}

/** The file to which a command writes what it is given. */
function fileOf(command: ShellCommand): ShellRedirect | undefined {
  if (!['echo', 'printf', 'cat'].includes(programOf(command))) {
    return undefined;
  }
  return command.redirects.find(
    ({ operator, descriptor, target }) =>
      /^(?:>|>>|>\|)$/.test(operator) &&
      (descriptor ?? 1) === 1 &&
      target.text !== '' &&
      !/^\/(?:dev|proc)\//.test(target.text),
  );
}

const writing = {
  python: /(?<![\w.])open(?=\()/g,
  node: /\b(?:writeFileSync|writeFile)(?=\()/g,
} as const;

function* checkCode({ kind, text, source }: CodeHelper): Iterable<ScriptReport> {
  if (
    /\bchmod|\bumask|\bmkstemp|NamedTemporaryFile|\bos\.open\b|\bmode\s*:|opener\s*=/.test(
      source.code,
    )
  ) {
    return;
  }
  for (const { args } of findCalls(source, writing[kind])) {
    const [path, second] = args;
    const written = path ? text.slice(path.offset, rangeEnd(path)) : '';
    const mode = second ? text.slice(second.offset, rangeEnd(second)) : '';
    const writes = kind === 'node' || /^(?:mode\s*=\s*)?["'][wax]/.test(mode);
    if (path && writes && /token|credential|secret/i.test(written)) {
      const advice = kind === 'node' ? 'Add { mode: 0o600 }.' : 'Call os.umask(0o077) before it.';
      yield { range: path, message: describe(advice) };
    }
  }
}
