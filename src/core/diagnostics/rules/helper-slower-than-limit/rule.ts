import { rangeBetween, rangeEnd } from '../../../base/range';
import { findOption, programCall } from '../../../helperScript/commandOptions';
import type { CodeHelper, ShellHelper } from '../../../helperScript/helperScript';
import type { ShellWord } from '../../../helperScript/shellScript';
import type { ScriptReport, ScriptRule } from '../../scriptRule';

/** Claude Code's own, in seconds. */
const limit = 10;

export const helperSlowerThanLimit = {
  id: 'helper-slower-than-limit',
  category: 'helper',
  severity: 'warning',
  *checkScript(script) {
    yield* script.kind === 'shell' ? checkShell(script) : checkCode(script);
  },
} satisfies ScriptRule<'helper-slower-than-limit'>;

const tooSlow =
  'Claude Code waits 10 seconds for a helper, then connects without its headers and shows no error. Wait less.';
const tooPatient =
  'Claude Code waits 10 seconds for a helper, so that this limit is never reached. With one below 10 the script can say on standard error what was slow.';

function* checkShell({ shell }: ShellHelper): Iterable<ScriptReport> {
  for (const command of shell.commands) {
    const call = programCall(command);
    const [first] = call?.args ?? [];
    if (call?.name === 'sleep' && first && (readDuration(first.text) ?? 0) >= limit) {
      yield { range: rangeBetween(first.start, first.end), message: tooSlow };
    }
    for (const word of call ? limitsOf(call) : []) {
      if ((readDuration(word.text) ?? 0) > limit) {
        const range = rangeBetween(word.start, word.end);
        yield { range, message: tooPatient, severity: 'information' };
      }
    }
  }
}

function limitsOf(call: NonNullable<ReturnType<typeof programCall>>): readonly ShellWord[] {
  const [runner, ...operands] = call.wrappers;
  const isTimeout = runner?.text.endsWith('timeout') === true;
  const duration = isTimeout ? operands.find(({ text }) => /^\d/.test(text)) : undefined;
  const own =
    call.name === 'curl'
      ? findOption(call, 'm', ['--max-time'])
      : call.name === 'wget'
        ? findOption(call, 'T', ['--timeout'])
        : undefined;
  return [duration, own].filter((word) => word !== undefined);
}

/** Seconds; `undefined` where the text is no duration. */
function readDuration(text: string): number | undefined {
  const [, number, unit = 's'] = /^(\d{1,9}(?:\.\d{1,9})?)([smhd])?$/.exec(text) ?? [];
  const factors: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };
  return number === undefined ? undefined : Number(number) * (factors[unit] ?? 1);
}

const codeWaits = {
  python: /\btime\.sleep\(\s{0,9}(\d{1,9}(?:\.\d{1,9})?)\s{0,9}\)/g,
  node: /\bsetTimeout\(\s{0,9}(?:resolve|r|res)\s{0,9},\s{0,9}([\d_]{1,12})\s{0,9}\)/g,
} as const;
const codeLimits = {
  python: /\btimeout\s{0,9}=\s{0,9}(\d{1,9}(?:\.\d{1,9})?)(?=\s{0,9}[,)\n])/g,
  node: /\bAbortSignal\.timeout\(\s{0,9}([\d_]{1,12})\s{0,9}\)/g,
} as const;

function* checkCode({ kind, source }: CodeHelper): Iterable<ScriptReport> {
  const unit = kind === 'python' ? 1 : 1000;
  for (const match of source.code.matchAll(codeWaits[kind])) {
    if (secondsOf(match[1]) >= limit * unit) {
      yield { range: rangeOfNumber(match), message: tooSlow };
    }
  }
  for (const match of source.code.matchAll(codeLimits[kind])) {
    if (secondsOf(match[1]) > limit * unit) {
      yield { range: rangeOfNumber(match), message: tooPatient, severity: 'information' };
    }
  }
}

function secondsOf(number = ''): number {
  return Number(number.replaceAll('_', ''));
}

function rangeOfNumber(match: RegExpExecArray): { offset: number; length: number } {
  const number = match[1] ?? '';
  const offset = match.index + match[0].lastIndexOf(number);
  return rangeBetween(offset, rangeEnd({ offset, length: number.length }));
}
