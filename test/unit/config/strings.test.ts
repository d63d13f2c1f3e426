import assert from 'node:assert/strict';
import { rangeEnd } from '../../../src/core/base/range';
import { rangeInString } from '../../../src/core/config/json';
import {
  findForeignReferences,
  findReferences,
  upperSnake,
} from '../../../src/core/config/variables';

describe('a range inside a JSON string', () => {
  const literals: readonly string[] = ['"plain ${X} end"', '"\\u0041\\n${X}\\"é"', '"\\\\${X}"'];
  for (const literal of literals) {
    it(`covers the characters as written: ${literal}`, () => {
      const text = `[ ${literal} ]`;
      const value: string = JSON.parse(literal);
      const string = { value, range: { offset: 2, length: literal.length } };
      const start = value.indexOf('${X}');
      const range = rangeInString(text, string, start, start + 4);
      assert.equal(text.slice(range.offset, rangeEnd(range)), '${X}');
      const whole = rangeInString(text, string, 0, value.length);
      assert.equal(text.slice(whole.offset, rangeEnd(whole)), literal.slice(1, -1));
    });
  }
});

describe('a reference', () => {
  const expanded: readonly [value: string, names: readonly string[]][] = [
    ['${FOO}', ['FOO']],
    ['pre-${foo}-${_U}${A1}', ['foo', '_U', 'A1']],
    ['${A:-d}', ['A=d']],
    ['${A:-}', ['A=']],
    ['${A:-a:-b}', ['A=a:-b']],
    ['${A:-a}b}', ['A=a']],
    ['${A:-${B}}', ['A=${B']],
    ['$${FOO}', ['FOO']],
    ['\\${FOO}', ['FOO']],
  ];
  for (const [value, names] of expanded) {
    it(`is expanded in ${value}`, () => {
      const found = findReferences(value).map(({ name, defaultValue }) =>
        defaultValue === undefined ? name : `${name}=${defaultValue}`,
      );
      assert.deepEqual(found, names);
    });
  }

  const literal = [
    '$FOO',
    '%FOO%',
    '${env:FOO}',
    '${A-d}',
    '${A:=d}',
    '${ A }',
    '${1X}',
    '${A-B}',
    '${}',
    '${:-d}',
    '${FOO',
  ];
  for (const value of literal) {
    it(`is not seen in ${value}`, () => assert.deepEqual(findReferences(value), []));
  }

  it('is found in linear time in a hostile value', () => {
    assert.deepEqual(findReferences('${a:-'.repeat(100_000)), []);
    assert.deepEqual(findForeignReferences('${input:'.repeat(20_000)), []);
    assert.deepEqual(findForeignReferences('$('.repeat(20_000)), []);
  });
});

describe('a variable for another program', () => {
  const written: readonly [value: string, replacement: string | undefined][] = [
    ['$API_KEY', '${API_KEY}'],
    ['Bearer $API_KEY', '${API_KEY}'],
    ['%API_KEY%', '${API_KEY}'],
    ['{{ API_KEY }}', '${API_KEY}'],
    ['${env:API_KEY}', '${API_KEY}'],
    ['${{ secrets.API_KEY }}', '${API_KEY}'],
    ['$env:API_KEY', '${API_KEY}'],
    ['${input:api-key}', '${API_KEY}'],
    ['${workspaceFolder}', '${CLAUDE_PROJECT_DIR:-.}'],
    ['$(op read x)', undefined],
  ];
  for (const [value, replacement] of written) {
    it(`${value} becomes ${replacement ?? 'nothing that is expanded'}`, () => {
      assert.deepEqual(
        findForeignReferences(value).map((found) => found.replacement),
        [replacement],
      );
    });
  }

  for (const value of [
    'pa$word',
    '100%',
    '?f=%E2%82%AC',
    'pa$WORD1',
    '?$TOP=3',
    '?$filter=a',
    '${FOO}',
    '${FOO:-x}',
    '{"a":1}',
    '$',
    'a$$b',
    '%Y%m%d',
    '%H%M%S',
    '%YT%H:%M',
    '$LATEST',
    '$SYS/broker',
  ]) {
    it(`is not seen in ${value}`, () => assert.deepEqual(findForeignReferences(value), []));
  }

  it('is seen behind another, and a command names none', () => {
    const names = (value: string) => findForeignReferences(value).map(({ name }) => name);
    assert.deepEqual([names('$FOO$A1'), names('$(cmd)')], [['FOO', 'A1'], [undefined]]);
  });

  it('gets a name that is allowed', () => {
    assert.deepEqual(['my token-name', 'apiKey', '1st', ''].map(upperSnake), [
      'MY_TOKEN_NAME',
      'API_KEY',
      '_1ST',
      '_',
    ]);
  });
});
