import assert from 'node:assert/strict';
import { dotEnvDefinitions, parseDotEnv } from '../../../src/core/variables/dotEnv';
import { assertLinear } from '../../support/growth';

describe('a .env file', () => {
  it('is read with quotes, export, comments and CRLF', () => {
    const text =
      "A=1\r\n# B=2\nexport C = three # no\nD=\"x\\ny 'q'\"\nE='$raw # kept'\nF=\nA: last\n";
    assert.deepEqual(parseDotEnv(text), [
      { name: 'A', value: '1' },
      { name: 'C', value: 'three' },
      { name: 'D', value: "x\ny 'q'" },
      { name: 'E', value: '$raw # kept' },
      { name: 'F', value: '' },
      { name: 'A', value: 'last' },
    ]);
  });

  it('keeps backslashes but for line breaks in double quotes', () => {
    assert.deepEqual(parseDotEnv('A="a\\"b\\tc\\\\d"\nB=\'a\\nb\'\nC="two\r\nlines"\n'), [
      { name: 'A', value: 'a\\"b\\tc\\\\d' },
      { name: 'B', value: 'a\\nb' },
      { name: 'C', value: 'two\nlines' },
    ]);
  });

  it('says where names and values stand', () => {
    const text = '\uFEFF A=1\r\nexport B = "two\r\nlines" # c\r\nC=\r\nD: x\r\n';
    const at = ({ offset, length }: { offset: number; length: number }) =>
      text.slice(offset, offset + length);
    assert.deepEqual(
      dotEnvDefinitions(text).map(({ nameRange, valueRange, hasExport }) => [
        at(nameRange),
        at(valueRange),
        hasExport,
      ]),
      [
        ['A', '1', false],
        ['B', '"two\r\nlines"', true],
        ['C', '', false],
        ['D', 'x', false],
      ],
    );
  });

  it('is read in time that grows with its length', () => {
    const texts = [
      '\n',
      ' ',
      'export\n',
      'A="\\"x',
      'A=\'\nB="\nC=`\n',
      "A='\\' ",
      'A\n',
      '\u2028',
    ];
    for (const text of texts) {
      assertLinear(4_000, (size) => void parseDotEnv(text.repeat(size)));
    }
  });
});
