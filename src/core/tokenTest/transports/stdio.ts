import { assertNever } from '../../base/assertNever';
import { oneLine } from '../../base/text';
import { converse } from '../conversation';
import { findLocalRefusal } from '../localRefusal';
import { folderMissing, type ChannelEnd, type Channels } from '../messageChannel';
import { createMessageRecorder, keptLength } from '../messageRecorder';
import type { StartProblem } from '../processOutcome';
import { createTextRedactor, type TextRedactor } from '../redaction';
import { findUnresolved } from '../remarks';
import { localValues, worthCovering } from '../resolveLocal';
import type { MessageStep } from '../sender';
import type { TokenTestOptions } from '../tokenTestOptions';
import type { StepName, TokenTestOutcome } from '../tokenTestOutcome';
import type { StdioTarget } from '../tokenTestTarget';

export interface StdioTest {
  readonly outcome: TokenTestOutcome;
  readonly steps: readonly MessageStep[];
}

/**
 * Starts the program of `target` and lists its tools. When this settles, the program and whatever it
 * started has ended. References without a value are handed over as Claude Code does it.
 */
export async function testStdio(
  target: StdioTarget,
  {
    startProcess,
    inheritedCredentials,
    now,
  }: Pick<Channels, 'startProcess' | 'inheritedCredentials'> & { now(): number },
  signal: AbortSignal,
  options: TokenTestOptions = {},
): Promise<StdioTest> {
  const refusal = findLocalRefusal(target);
  if (refusal !== undefined) {
    return { outcome: { kind: 'refused-to-send', refusal }, steps: [] };
  }
  const redactor = createTextRedactor([
    ...localValues(target),
    ...worthCovering(inheritedCredentials()),
  ]);
  const [start, steps]: [MessageStep[], MessageStep[]] = [[], []];
  const keepStart = createMessageRecorder(redactor, now, (step) => start.push(step));
  const recorder = createMessageRecorder(redactor, now, (step) => steps.push(step));

  const recordStart = keepStart.begin('start', describeStart(target));
  const channel = startProcess(specOf(target), signal);
  const errorOutput = () => redactor.text(channel.errorOutput().trim());
  let outcome: TokenTestOutcome;
  try {
    outcome = await converse(
      {
        channel,
        over: 'process',
        recorder,
        remarks: findUnresolved(target),
        async judgeEnd(step, end) {
          // Until then there may be more on stderr.
          await channel.close();
          const lastWords = lastLines(lastPart(errorOutput()));
          return judgeEnd(step, end, { target, redactor, lastWords });
        },
      },
      options,
    );
  } finally {
    await channel.close();
  }
  recordStart(lastPart(errorOutput()) || 'Nothing was written to stderr.');
  // Without a program there was no message either.
  return { outcome, steps: outcome.kind === 'not-started' ? start : [...start, ...steps] };
}

function specOf({ command, args, env, folder }: StdioTarget) {
  return {
    command: command.text,
    args: args.map(({ text }) => text),
    env: Object.fromEntries(env.map(({ name, text }) => [name, text])),
    folder,
  };
}

/** The command as it is written, and names instead of values. */
function describeStart({ command, args, env, folder }: StdioTarget): string {
  const words = [command, ...args].map(({ written }) =>
    /^[\w./:=@%+,${}-]+$/.test(written) ? written : JSON.stringify(written),
  );
  const names = env.map(({ name }) => name).join(', ');
  return [words.join(' '), ...(names === '' ? [] : [`env: ${names}`]), `folder: ${folder}`].join(
    '\n',
  );
}

interface JudgeContext {
  readonly target: StdioTarget;
  readonly redactor: TextRedactor;
  /** What was last written to stderr, without anything private. */
  readonly lastWords: string;
}

function judgeEnd(
  step: StepName,
  end: ChannelEnd,
  { target, redactor, lastWords }: JudgeContext,
): TokenTestOutcome {
  switch (end.kind) {
    case 'cancelled':
      return { kind: 'cancelled' };
    case 'not-opened': {
      const command = oneLine(redactor.text(target.command.written));
      return {
        kind: 'not-started',
        problem: startProblem(end.code, target),
        command,
        code: end.code,
      };
    }
    case 'closed': {
      const { code, signal } = end;
      const hasEnv = target.env.length > 0;
      return { kind: 'process-ended', step, code, signal, lastWords, hasEnv };
    }
    case 'timeout':
      return { kind: 'process-silent', step, lastWords };
    case 'too-large':
      return { kind: 'process-flooded', step };
    default:
      return assertNever(end);
  }
}

function startProblem(code: string, { command }: StdioTarget): StartProblem {
  switch (code) {
    case folderMissing:
      return 'folder-missing';
    case 'EACCES':
    case 'EPERM':
    case 'ENOEXEC':
      return 'not-executable';
    case 'ENOENT':
      return /\s/.test(command.text.trim()) ? 'command-holds-arguments' : 'command-not-found';
    default:
      return 'other';
  }
}

/** As much as a step keeps. */
function lastPart(text: string): string {
  return text.length > keptLength ? `…${text.slice(1 - keptLength)}` : text;
}

/** The end of what a program says is why it gives up. */
function lastLines(text: string): string {
  const lines = text.split('\n').map((line) => line.trim());
  const last = lines.filter((line) => line !== '').slice(-3);
  const joined = oneLine(last.join(' · ').slice(-2000), 2000);
  return joined.length > 300 ? `…${joined.slice(-300)}` : joined;
}
