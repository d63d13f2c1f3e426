import { assertNever } from '../base/assertNever';
import type { OutcomeText } from './describeOutcome';
import type { NextAction } from './nextAction';
import type { ProcessOutcome } from './processOutcome';
import type { Remark } from './remarks';
import { afterOthers } from './sentenceParts';

type Kind<K extends ProcessOutcome['kind']> = Extract<ProcessOutcome, { kind: K }>;

const openCommand: NextAction = { kind: 'open-entry', field: 'command' };

/** What befell a local server, in words; those of its remarks come behind the cause. */
export function describeProcess(outcome: ProcessOutcome): OutcomeText {
  switch (outcome.kind) {
    case 'not-started':
      return describeNotStarted(outcome);
    case 'process-ended':
      return describeEnded(outcome);
    case 'process-silent':
      return {
        headline: `No answer: the program did not answer ${outcome.step} in time.`,
        state: 'no answer',
        cause: `${quoteLastWords(outcome.lastWords)} A program that npx, uvx or docker brings is downloaded at its first start, which may take longer; Claude Code waits 30 seconds, or MCP_TIMEOUT.`,
        next: 'Test again, or give the test more time in mcpAuth.test.timeoutSeconds.',
        action: { kind: 'test-again' },
      };
    case 'process-flooded':
      return {
        headline: `Too much output: the program wrote more than 1 MiB or 10,000 lines without an answer to ${outcome.step}.`,
        state: 'too much output',
        cause: 'On stdout a server writes its JSON-RPC messages and nothing else.',
        next: 'Check in command and args that the program is an MCP server and runs in its stdio mode.',
        action: openCommand,
      };
    default:
      return assertNever(outcome);
  }
}

function describeNotStarted({ problem, command, code }: Kind<'not-started'>): OutcomeText {
  const state = 'not started';
  switch (problem) {
    case 'command-holds-arguments':
      return {
        headline: `Not started: there is no program named "${command}".`,
        state,
        cause:
          'No shell is between: the whole text of command is taken for the name of the program. Claude Code reports it as "ENOENT: Executable not found in $PATH".',
        next: 'Keep the name of the program in command, and put each word behind it into args.',
        action: openCommand,
      };
    case 'command-not-found':
      return {
        headline: `Not started: the program "${command}" was not found.`,
        state,
        cause: /[\\/]/.test(command)
          ? 'A path that does not begin at the top of the disk counts from the folder in which Claude Code is started. Claude Code reports it as "ENOENT: no such file or directory".'
          : 'It is in no folder of PATH. Claude Code looks in the PATH of the terminal in which it is started, which may differ from that of VS Code, and reports it as "ENOENT: Executable not found in $PATH".',
        next: `Install it, or write its absolute path into command.${windowsHint(command)}`,
        action: openCommand,
      };
    case 'not-executable':
      return {
        headline: `Not started: the system does not run "${command}".`,
        state,
        cause: `It is no program, or may not be executed (${code}). Claude Code reports it as "${code}".`,
        next: 'Make the file executable, or write its interpreter, such as node, into command and the file into args.',
        action: openCommand,
      };
    case 'folder-missing':
      return {
        headline: 'Not started: the folder of the project does not exist.',
        state,
        cause: 'A local server is started in the folder in which Claude Code itself is started.',
        next: 'Open the folder of the project again, then test again.',
        action: { kind: 'test-again' },
      };
    case 'other':
      return {
        headline: `Not started: the system refused to start "${command}" (${code}).`,
        state,
        cause: 'The system gives no other reason.',
        next: 'Start the command in a terminal to see more.',
        action: openCommand,
      };
    default:
      return assertNever(problem);
  }
}

/** There these are scripts for its shell, which nobody but the shell can start. */
function windowsHint(command: string): string {
  return /^(?:npx|npm|pnpm|yarn|bunx)$/.test(command)
    ? ` On Windows, write "cmd" into command and "/c", "${command}" in front of args.`
    : '';
}

function describeEnded(outcome: Kind<'process-ended'>): OutcomeText {
  const { step, code, signal, lastWords, hasEnv, remarks } = outcome;
  const isOpen = code === undefined && signal === undefined;
  const how = isOpen
    ? 'the program closed its output'
    : `the program ended ${signal === undefined ? `with exit code ${code}` : `by ${signal}`}`;
  const reported =
    step === 'initialize'
      ? 'Claude Code reports it as "CONNECTION_CLOSED: Connection closed".'
      : 'Claude Code reports it as "Connected · tools fetch failed — Connection closed".';
  return {
    headline: `Ended${afterOthers(step)}: ${how}${step === 'initialize' ? ' before it had answered' : ''}.`,
    state: isOpen ? 'closed its output' : `ended (${signal ?? code})`,
    cause: `${quoteLastWords(lastWords)} ${reported}`,
    next: hasEnv
      ? 'Check args and the values in env: many servers end like this without their token.'
      : 'Check args, and look up in its documentation which variables the server needs in env.',
    action: setVariable(remarks) ?? { kind: 'open-entry', field: hasEnv ? 'env' : 'command' },
  };
}

/** The first variable without a value, to be set. */
export function setVariable(remarks: readonly Remark[] = []): NextAction | undefined {
  const [name] = remarks.flatMap((remark) => (remark.kind === 'unresolved' ? remark.variable : []));
  return name === undefined ? undefined : { kind: 'set-variable', name };
}

function quoteLastWords(text: string): string {
  return text === '' ? 'It wrote nothing to stderr.' : `On stderr it last wrote: "${text}".`;
}
