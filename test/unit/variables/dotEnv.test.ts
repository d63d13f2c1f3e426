import assert from 'node:assert/strict';
import { formatDotEnvLine, parseDotEnv, setInDotEnv } from '../../../src/core/variables/dotEnv';

describe('a .env file', () => {
  it('is read with quotes, export, comments and CRLF', () => {
    const text =
      'A=1\r\n# B=2\nexport C = three # no\nD="x\\ny \\"q\\""\nE=\'$raw # kept\'\nF=\nA=last\n';
    assert.deepEqual(parseDotEnv(text), [
      { name: 'A', value: '1' },
      { name: 'C', value: 'three' },
      { name: 'D', value: 'x\ny "q"' },
      { name: 'E', value: '$raw # kept' },
      { name: 'F', value: '' },
      { name: 'A', value: 'last' },
    ]);
  });

  it('gets a value bare where that is safe, else in single quotes, else not at all', () => {
    const lines = ['abc-1.2_3', 'a b', 'a#b', '$(x)`y`"', "it's", 'two\nlines', ''].map((value) =>
      formatDotEnvLine('N', value),
    );
    assert.deepEqual(lines, [
      'N=abc-1.2_3',
      "N='a b'",
      "N='a#b'",
      "N='$(x)`y`\"'",
      undefined,
      undefined,
      "N=''",
    ]);
  });

  it('keeps everything else when a variable is set', () => {
    const text = '# tokens\r\nA=1\r\n\r\nB=2';
    assert.deepEqual(
      [setInDotEnv(text, 'A', 'A=9'), setInDotEnv(text, 'C', 'C=3'), setInDotEnv('', 'C', 'C=3')],
      ['# tokens\r\nA=9\r\n\r\nB=2', '# tokens\r\nA=1\r\n\r\nB=2\r\nC=3\r\n', 'C=3\n'],
    );
  });

  it('loses neither export nor the line break when a line is replaced, but what stood behind', () => {
    assert.deepEqual(
      [
        setInDotEnv('export A=old\nB=1\n', 'A', "A='new v'"),
        setInDotEnv('A=old # comment\r\nB=1\r\n', 'A', 'A=new'),
        setInDotEnv('A=ol#d', 'A', 'A=new'),
        setInDotEnv('\uFEFFA=old\n', 'A', 'A=new'),
      ],
      ["export A='new v'\nB=1\n", 'A=new\r\nB=1\r\n', 'A=new', '\uFEFFA=new\n'],
    );
  });

  it('does not read a replacement pattern in a value', () => {
    assert.equal(setInDotEnv('A=1\n', 'A', "A='$& $1 $$'"), "A='$& $1 $$'\n");
  });
});
