import { deepStrictEqual, ok } from 'node:assert/strict';
import { findExpressions } from '../../../src/core/config/expressions';

/** Kind and text of each. */
function kindsIn(value: string): readonly string[] {
  return findExpressions(value).map(({ kind, start, end }) => `${kind} ${value.slice(start, end)}`);
}

describe('what Claude Code makes of ${…}', () => {
  const cases: readonly (readonly [value: string, ...found: readonly string[]])[] = [
    ['a ${FOO} b ${_b1:-} c', 'reference ${FOO}', 'reference ${_b1:-}'],
    ['${A:-a}b}', 'reference ${A:-a}'],
    ['${A:-x\n"y"}', 'reference ${A:-x\n"y"}'],
    ['$${A} \\${B}', 'reference ${A}', 'reference ${B}'],
    ['$A {B} $ {C}'],
    [
      '${A-d}${A:=d}${A:?}${A:+x}',
      ...['${A-d}', '${A:=d}', '${A:?}', '${A:+x}'].map((it) => `operator ${it}`),
    ],
    [
      '${A:0:2}${#A}${!A}${A%.x}',
      ...['${A:0:2}', '${#A}', '${!A}', '${A%.x}'].map((it) => `operator ${it}`),
    ],
    [
      '${}${ A }${1A}${A.B}${a b}${É}${:-d}',
      ...['${}', '${ A }', '${1A}', '${A.B}', '${a b}', '${É}', '${:-d}'].map(
        (it) => `misnamed ${it}`,
      ),
    ],
    ['${A:-${B}}', 'reference ${A:-${B}'],
    ['${A-${B}}', 'operator ${A-', 'reference ${B}'],
    ['${A} ${B', 'reference ${A}', 'unclosed ${B'],
    ['${', ...[]],
    ['${user_config.key}', 'user-config ${user_config.key}'],
    [
      '${env:A}${input:x}${workspaceFolder}',
      'foreign ${env:A}',
      'foreign ${input:x}',
      'foreign ${workspaceFolder}',
    ],
    ['${workspaceFolder:-.}', 'reference ${workspaceFolder:-.}'],
    [`\${${'code '.repeat(30)}}`],
  ];
  for (const [value, ...found] of cases) {
    it(`reads ${value.slice(0, 40)}`, () => deepStrictEqual(kindsIn(value), found));
  }

  it('takes time linear in the length of a hostile value', () => {
    for (const part of ['${', '${a', '${a:-', '${a-', '${ ', '{${}', '$']) {
      const value = `${part.repeat(100_000 / part.length)}}`;
      const start = performance.now();
      findExpressions(value);
      ok(performance.now() - start < 1000, part);
    }
  });
});
