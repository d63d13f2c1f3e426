import assert from 'node:assert/strict';
import { formatDotEnvLine } from '../../../src/core/variables/dotEnvLine';

const all = 'dotenv sh docker';
const quoted = 'dotenv sh';

/** The value, the line, who reads it back; where nobody does, the reason in the place of both. */
const rows: readonly (readonly [string, string, string?])[] = [
  ['abc-1.2_3', 'N=abc-1.2_3', all],
  ['a+/=:@%,', 'N=a+/=:@%,', all],
  ['8Q~x', 'N=8Q~x', all],
  ['', 'N=', all],
  ['~/x', "N='~/x'", quoted],
  ['a:~', "N='a:~'", quoted],
  ['=ls', "N='=ls'", quoted],
  ['a:=ls', "N='a:=ls'", quoted],
  ['a b', "N='a b'", quoted],
  [' a ', "N=' a '", quoted],
  ['a#b', "N='a#b'", quoted],
  ['$(x)`y`"\\z', "N='$(x)`y`\"\\z'", quoted],
  ['two\nlines', "N='two\nlines'", quoted],
  ['ü', "N='ü'", quoted],
  ["it's", 'N="it\'s"', quoted],
  ["it's\n\\d", 'N="it\'s\n\\d"', quoted],
  ['x'.repeat(65_533), `N=${'x'.repeat(65_533)}`, all],
  ['x'.repeat(65_534), `N=${'x'.repeat(65_534)}`, quoted],
  ["it's $5", "it has ' beside other characters that dotenv and the shell read differently"],
  [`'"`, "it has ' beside other characters that dotenv and the shell read differently"],
  ["'\\n", "it has ' beside other characters that dotenv and the shell read differently"],
  ["'\\", 'it ends in a backslash, which dotenv and the shell read differently'],
  ['a\\', 'it ends in a backslash, which dotenv and the shell read differently'],
  ['a\rb', 'it has a carriage return, which dotenv and the shell read differently'],
  ['a\0b', 'it has a NUL character, which ends it for every program'],
  ['\uD800', 'it has half a character, which no file can hold'],
  ['x'.repeat(131_070), 'it is longer than a variable can be'],
];

describe('a line of a .env file', () => {
  for (const [value, line, readers] of rows) {
    it(`for ${JSON.stringify(value).slice(0, 30)} (${value.length})`, () => {
      assert.deepEqual(
        formatDotEnvLine('N', value),
        readers === undefined
          ? { kind: 'refused', reason: line }
          : { kind: 'line', line, readers: readers.split(' ') },
      );
    });
  }
});
