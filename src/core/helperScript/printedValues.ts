import { rangeEnd, type OffsetRange } from '../base/range';
import type { CodeHelper } from './helperScript';
import { callAt, findCalls, type Call } from './sourceCode';

/** What Python or JavaScript code prints with one call. */
export interface PrintedValue {
  /** The call's name and what stands in its parentheses. */
  readonly call: Call;
  /** The argument; for `print(json.dumps(x))` that is `x`. */
  readonly value: OffsetRange;
  readonly isJson: boolean;
  readonly isBeforeExit: boolean;
}

const printing = {
  python: /(?<![\w.])print(?=\()|\bsys\.stdout\.write(?=\()/g,
  node: /\bconsole\.(?:log|info|debug)(?=\()|\bprocess\.stdout\.write(?=\()/g,
} as const;

const serializing = /(?:json\.dumps|JSON\.stringify)(?=\()/y;

/** What the script prints with a single argument, none of it to standard error or to a file. */
export function findPrintedValues({ kind, source }: CodeHelper): readonly PrintedValue[] {
  return findCalls(source, printing[kind]).flatMap((call) => {
    const inside = source.code.slice(call.inside.offset, rangeEnd(call.inside));
    const [first] = call.args;
    if (first === undefined || /\bfile\s*=/.test(inside)) {
      return [];
    }
    const dumped = callAt(source, first.offset, serializing);
    const value = dumped?.args[0] ?? first;
    const rest = source.code.slice(rangeEnd(call.inside) + 1, rangeEnd(call.inside) + 120);
    const isBeforeExit = /^\s*;?\s*(?:sys\.exit|exit|quit|raise|process\.exit|throw)\b/.test(rest);
    return [{ call, value, isJson: dumped !== undefined, isBeforeExit }];
  });
}
