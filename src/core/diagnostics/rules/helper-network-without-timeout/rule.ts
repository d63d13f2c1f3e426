import { rangeBetween, rangeEnd } from '../../../base/range';
import { findOption, hasHiddenOptions, programCall } from '../../../helperScript/commandOptions';
import type { CodeHelper, ShellHelper } from '../../../helperScript/helperScript';
import { findCalls, type Call } from '../../../helperScript/sourceCode';
import type { ScriptReport, ScriptRule } from '../../scriptRule';

export const helperNetworkWithoutTimeout = {
  id: 'helper-network-without-timeout',
  category: 'helper',
  severity: 'information',
  *checkScript(script) {
    yield* script.kind === 'shell' ? checkShell(script) : checkCode(script);
  },
} satisfies ScriptRule<'helper-network-without-timeout'>;

function describe(what: string, advice: string): string {
  return `${what} waits here as long as the network lets it. After 10 seconds Claude Code gives up, connects without these headers and shows no error. ${advice}`;
}

function* checkShell({ text, shell }: ShellHelper): Iterable<ScriptReport> {
  for (const command of shell.commands) {
    const call = programCall(command);
    const limits =
      call && (call.name === 'curl' ? curlLimits : call.name === 'wget' ? wgetLimits : undefined);
    if (!call || !limits || call.args.length === 0 || hasHiddenOptions(call, text)) {
      continue;
    }
    const isWrapped = call.wrappers.some((word) => word.text.endsWith('timeout'));
    if (isWrapped || limits.some(([letter, names]) => findOption(call, letter, names))) {
      continue;
    }
    const option = call.name === 'curl' ? '--max-time 5' : '--timeout=5 --tries=1';
    const { end } = call.word;
    yield {
      range: rangeBetween(call.word.start, end),
      message: describe(call.name, `Add ${option}.`),
      fixes: () => [
        {
          title: `Add ${option}`,
          edits: [{ range: rangeBetween(end, end), newText: ` ${option}` }],
          isSafe: false,
        },
      ],
    };
  }
}

type Option = readonly [letter: string, names: readonly string[]];

const curlLimits: readonly Option[] = [
  ['m', ['--max-time', '--connect-timeout', '--speed-time']],
  // What only tells of curl itself asks nobody.
  ['V', ['--version', '--help']],
];
const wgetLimits: readonly Option[] = [['T', ['--timeout', '--read-timeout', '--version']]];

const pythonCalls =
  /\brequests\.(?:get|post|put|patch|delete|request)(?=\()|\b(?:urllib\.request\.)?urlopen(?=\()/g;
const nodeCalls = /(?<![\w.$])fetch(?=\()/g;

function* checkCode({ kind, text, source }: CodeHelper): Iterable<ScriptReport> {
  const isLimitedElsewhere =
    kind === 'python'
      ? /setdefaulttimeout|signal\.alarm|\bdef\s+urlopen/
      : /\bsetTimeout\b|\bAbort(?:Signal|Controller)\b|\bheadersTimeout\b|node-fetch|function\s+fetch\b|(?:const|let|var|import)\s+fetch\b/;
  if (isLimitedElsewhere.test(text)) {
    return;
  }
  for (const call of findCalls(source, kind === 'python' ? pythonCalls : nodeCalls)) {
    if (isUnlimited(call, source.code, kind)) {
      const name = text.slice(call.name.offset, rangeEnd(call.name));
      const advice =
        kind === 'python' ? 'Add timeout=5.' : 'Add signal: AbortSignal.timeout(5000).';
      yield { range: call.name, message: describe(name, advice) };
    }
  }
}

/** Nothing in the parentheses limits it, and nothing there is hidden. */
function isUnlimited({ inside, args }: Call, code: string, kind: CodeHelper['kind']): boolean {
  const written = code.slice(inside.offset, rangeEnd(inside));
  if (args.length === 0) {
    return false;
  }
  if (kind === 'python') {
    return !/\btimeout\b|\*/.test(written) && args.length < 3;
  }
  const [, options] = args;
  return (
    !/\bsignal\b|\.\.\./.test(written) && (options === undefined || code[options.offset] === '{')
  );
}
