import { assertNever } from '../../base/assertNever';
import { oneLine } from '../../base/text';
import { converse, type Conversation } from '../conversation';
import { findLocalRefusal } from '../localRefusal';
import { folderMissing, type ChannelEnd, type Channels } from '../messageChannel';
import { createMessageRecorder, keptLength } from '../messageRecorder';
import type { StartProblem } from '../processOutcome';
import { createTextRedactor, type TextRedactor } from '../redaction';
import { findUnresolved, remarkOnStray, type Remark } from '../remarks';
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
  let conversation: Conversation;
  try {
    conversation = await converse(channel, recorder, options);
  } finally {
    await channel.close();
  }
  const errorOutput = lastPart(redactor.text(channel.errorOutput().trim()));
  recordStart(errorOutput === '' ? 'Nothing was written to stderr.' : errorOutput);

  const { result, stray } = conversation;
  const remarks = [...findUnresolved(target), ...remarkOnStray(stray, 'process', recorder)];
  const context = { target, redactor, errorOutput, remarks };
  const outcome = judge(result, context);
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
  /** Without anything private. */
  readonly errorOutput: string;
  readonly remarks: readonly Remark[];
}

function judge(result: Conversation['result'], context: JudgeContext): TokenTestOutcome {
  const { redactor, remarks } = context;
  const noted = remarks.length === 0 ? {} : { remarks };
  switch (result.kind) {
    case 'listed': {
      const { serverName, protocolVersion, toolCount, hasMoreTools, tools } = result;
      return {
        kind: 'accepted',
        serverName: serverName === undefined ? undefined : redactor.values(serverName),
        protocolVersion,
        toolCount,
        hasMoreTools,
        ...(tools && { tools }),
        ...noted,
      };
    }
    case 'error': {
      const { step, code } = result;
      const message = oneLine(redactor.text(result.message)).trim();
      return { kind: 'rpc-error', step, code, message, over: 'process', ...noted };
    }
    case 'protocol-version':
      return { kind: 'not-mcp', step: result.step, flaw: { kind: result.kind }, ...noted };
    case 'ended':
      return judgeEnd(result.step, result.end, context);
    default:
      return assertNever(result);
  }
}

function judgeEnd(step: StepName, end: ChannelEnd, context: JudgeContext): TokenTestOutcome {
  const { target, redactor, remarks } = context;
  const lastWords = lastLines(context.errorOutput);
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
        remarks,
      };
    }
    case 'closed': {
      const { code, signal } = end;
      const hasEnv = target.env.length > 0;
      return { kind: 'process-ended', step, code, signal, lastWords, hasEnv, remarks };
    }
    case 'timeout':
      return { kind: 'process-silent', step, lastWords, remarks };
    case 'too-large':
      return { kind: 'process-flooded', step, remarks };
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
