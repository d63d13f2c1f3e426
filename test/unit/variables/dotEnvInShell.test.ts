import assert from 'node:assert/strict';
import { unlikeLineInShell } from '../../../src/core/variables/dotEnvInShell';

/** The text, and the number of the first line that keeps a shell from loading it. */
const rows: readonly (readonly [string, number?])[] = [
  [''],
  ['A=1'],
  ['\n# ours\n  \t\nA=1\nexport B=a.b/c\n  C=\n'],
  ["A='$(rm x) `y` \\z'\nB=\"it's\"\n"],
  ["A='two\nlines' # ours\nB=1 # ours\nC= # ours\n"],
  ['A=1\nA=2\n'],
  ['Ab_1=1\nhttp_proxy=x\n'],
  ['A=1\nB=$(rm x)', 2],
  ['A=1\nB=`rm x`', 2],
  ['A=$B', 1],
  ['A="$B"', 1],
  ['A=b c', 1],
  ['A=b;rm', 1],
  ['A=b&', 1],
  ['A=b#c', 1],
  ["A='b'#c", 1],
  ["A='b'c", 1],
  ['A=(b)', 1],
  ['A=*', 1],
  ['A=~/x', 1],
  ['A=\\b', 1],
  ['A="\\n"', 1],
  ["A='b\\'\nB=1'", 1],
  ['A = 1', 1],
  ['A: 1', 1],
  ['A+=1', 1],
  ['A.B=1', 1],
  ['1A=1', 1],
  ['rm x', 1],
  ['export A', 1],
  ['export -n A=1', 1],
  ['export A=1 B=2', 1],
  ['A=1\r\nB=2\r\n', 1],
  ['\uFEFFA=1', 1],
  ['\u00a0A=1', 1],
  ['# ours\u2028A=1', 1],
  ["# it's\nA=1\n\nB='open\n", 4],
  ['A=\0', 1],
  ["PROMPT_COMMAND='rm x'", 1],
  ["PS1='$(rm x)'", 1],
  ['UID=1', 1],
  ['RANDOM=1', 1],
  ['path=x', 1],
  ['BASH_ENV=x', 1],
];

describe('a .env in a shell', () => {
  for (const [text, line] of rows) {
    const says = line === undefined ? 'says the same' : `differs in line ${line}`;
    it(`${says}: ${JSON.stringify(text)}`, () => {
      assert.equal(unlikeLineInShell(text), line);
    });
  }
});
