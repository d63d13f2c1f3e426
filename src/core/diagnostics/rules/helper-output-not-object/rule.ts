import { rangeBetween, rangeEnd, type OffsetRange } from '../../../base/range';
import type { CodeHelper, ShellHelper } from '../../../helperScript/helperScript';
import { findLiteralProblem } from '../../../helperScript/literalObject';
import { findOutputProblem, type OutputProblem } from '../../../helperScript/printedJson';
import { findPrintedTexts } from '../../../helperScript/printedTexts';
import { findPrintedValues, type PrintedValue } from '../../../helperScript/printedValues';
import type { ScriptReport, ScriptRule } from '../../scriptRule';
import { shown } from '../../words';

export const helperOutputNotObject = {
  id: 'helper-output-not-object',
  category: 'helper',
  severity: 'warning',
  *checkScript(script) {
    yield* script.kind === 'shell' ? checkShell(script) : checkCode(script);
  },
} satisfies ScriptRule<'helper-output-not-object'>;

function* checkShell({ shell }: ShellHelper): Iterable<ScriptReport> {
  for (const { text, start, end, isBeforeExit } of findPrintedTexts(shell) ?? []) {
    const problem = isBeforeExit ? undefined : findOutputProblem(text);
    if (problem !== undefined) {
      yield report(problem, rangeBetween(start, end), '>&2');
    }
  }
}

function* checkCode(script: CodeHelper): Iterable<ScriptReport> {
  for (const printed of findPrintedValues(script)) {
    const { call, value, isBeforeExit } = printed;
    const problem = isBeforeExit ? undefined : problemOf(script, printed);
    if (problem !== undefined) {
      const range = problem.kind === 'words' || !printed.isJson ? call.name : value;
      const other = script.kind === 'python' ? 'file=sys.stderr' : 'console.error';
      yield report(problem, range, other);
    }
  }
}

function problemOf(
  { text, source }: CodeHelper,
  { value, isJson }: PrintedValue,
): OutputProblem | undefined {
  if (isJson) {
    return findLiteralProblem(text, source, value);
  }
  const literal = source.strings.get(value.offset);
  if (literal === undefined || literal.end !== rangeEnd(value)) {
    return source.code[value.offset] === '{' ? { kind: 'not-json' } : undefined;
  }
  const content = text.slice(literal.content.offset, rangeEnd(literal.content));
  const problem = findOutputProblem(content);
  return problem?.kind === 'words' || !literal.isTemplate ? problem : undefined;
}

function report(problem: OutputProblem, range: OffsetRange, other: string): ScriptReport {
  return {
    range,
    message: `${describe(problem, other)} Claude Code then ignores the helper and shows no error. It reads one JSON object of strings, such as {"Authorization": "Bearer …"}.`,
  };
}

function describe(problem: OutputProblem, other: string): string {
  switch (problem.kind) {
    case 'list':
      return 'This prints a list.';
    case 'wrapped':
      return 'This prints the headers inside of "headers", not at the top.';
    case 'not-string':
      return `The value of ${shown(problem.name)} is no string (${problem.found}).`;
    case 'not-json':
      return 'This prints an object in the notation of the language, which is no JSON.';
    case 'words':
      return `This line is part of the output. Write it to standard error (${other}).`;
  }
}
