import assert from 'node:assert/strict';
import { setInDotEnv } from '../../../src/core/variables/setInDotEnv';

function set(text: string, name: string, value: string): string {
  const edit = setInDotEnv(text, name, value);
  return edit.kind === 'written' ? edit.text : edit.reason;
}

function readers(text: string, value: string): readonly string[] {
  const edit = setInDotEnv(text, 'N', value);
  return edit.kind === 'written' ? edit.readers : [];
}

describe('setting a variable in a .env file', () => {
  it('keeps everything else', () => {
    const text = '# tokens\r\nA=1\r\n\r\nB=2';
    assert.deepEqual(
      [set(text, 'A', '9'), set(text, 'C', '3'), set('', 'C', '3'), set('A=1\nA=2\n', 'A', '3')],
      [
        '# tokens\r\nA=9\r\n\r\nB=2',
        '# tokens\r\nA=1\r\n\r\nB=2\r\nC=3\r\n',
        'C=3\n',
        'A=1\nA=3\n',
      ],
    );
  });

  it('loses neither export, nor a comment, nor the line break', () => {
    assert.deepEqual(
      [
        set('export A=old\nB=1\n', 'A', 'new v'),
        set('B=1\r\nA=old # ours\r\nC=1\r\n', 'A', 'new'),
        set('\uFEFFA=old # ours\n', 'A', 'new'),
        set('A= # ours\n', 'A', 'new'),
        set('A: old\n', 'A', 'new'),
        set('A="two\nlines" # ours\nB=1', 'A', 'new'),
      ],
      [
        "export A='new v'\nB=1\n",
        'B=1\r\n# ours\r\nA=new\r\nC=1\r\n',
        '\uFEFF# ours\nA=new\n',
        '# ours\nA=new\n',
        'A=new\n',
        '# ours\nA=new\nB=1',
      ],
    );
  });

  it('leaves no part of the old value behind', () => {
    assert.equal(set('A=ol#d', 'A', 'new'), 'A=new');
  });

  it('does not read a replacement pattern in a value', () => {
    assert.equal(set('A=1\n', 'A', '$& $1 $$'), "A='$& $1 $$'\n");
  });

  it('is refused where an open quotation mark would swallow the value', () => {
    const reason = '.env has a quotation mark that nothing closes';
    assert.deepEqual(
      [set("X='open\n", 'A', '# x'), set("X='open\n", 'A', 'plain')],
      [reason, "X='open\nA=plain\n"],
    );
  });

  it('tells who can read the file as it is then', () => {
    assert.deepEqual(
      [
        readers('# a comment\nA=x\n', 'v'),
        readers('A=x y\n', 'v'),
        readers('A=1\r\n', 'v'),
        readers('export A=1\n', 'v'),
        readers('A = 1\n', 'v'),
        readers('A=$(rm x)\n', 'v'),
        readers('', 'a b'),
      ],
      [
        ['dotenv', 'sh', 'docker'],
        ['dotenv', 'docker'],
        ['dotenv', 'docker'],
        ['dotenv', 'sh'],
        ['dotenv'],
        ['dotenv', 'docker'],
        ['dotenv', 'sh'],
      ],
    );
  });
});
