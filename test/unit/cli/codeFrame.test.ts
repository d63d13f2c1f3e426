import assert from 'node:assert/strict';
import { codeFrame } from '../../../src/cli/codeFrame';
import { parseMcpConfig } from '../../../src/core/config/parseMcpConfig';
import { CredentialRanges } from '../../../src/core/secrets/credentialRanges';

const password = 'hunter2Tq9vLm';

/** The frame of `wanted` in `text`, as two lines. */
function frame(text: string, wanted: string, width = 60): readonly [string, string] {
  const range = { offset: text.indexOf(wanted), length: wanted.length };
  const credentials = CredentialRanges.of(parseMcpConfig(text));
  const { source, marks } = codeFrame(text, range, credentials, width);
  return [source, marks];
}

describe('a line of source in a terminal', () => {
  it('is shown with marks under what it is about', () => {
    assert.deepEqual(frame('{\n  "a": 1,\r\n  "b": 2\n}', '"a"'), ['  "a": 1,', '  ^^^']);
  });

  it('is marked to its end where the problem goes on', () => {
    assert.deepEqual(frame('{\n  "a": {\n    "b": 1 } }', '{\n    "b"'), ['  "a": {', '       ^']);
  });

  it('has a mark behind its end where something is missing there', () => {
    const text = '{ "a": 1';
    const credentials = CredentialRanges.of(parseMcpConfig(text));
    const { source, marks } = codeFrame(text, { offset: 8, length: 1 }, credentials, 60);
    assert.deepEqual([source, marks], ['{ "a": 1', '        ^']);
  });

  it('shows no credential, whether the problem is about it or beside it', () => {
    const text = `{ "password": "${password}", "b": 2 }`;
    assert.deepEqual(
      [frame(text, password), frame(text, '"b"')],
      [
        ['{ "password": "•••", "b": 2 }', '               ^^^'],
        ['{ "password": "•••", "b": 2 }', '                     ^^^'],
      ],
    );
  });

  it('shows no part of a credential where it is cut', () => {
    const long = `${password}${'Xw7Rk2Pz9Q'.repeat(20)}`;
    const text = `{ "password": "${long}", "b": 2 }`;
    for (const width of [20, 30, 40, 60, 100, 200]) {
      for (const wanted of ['"password"', long, '"b"']) {
        const [source] = frame(text, wanted, width);
        assert.ok(!source.includes('Rk2') && !source.includes('hunter'), source);
      }
    }
  });

  it('is cut to the width, around what it is about, however long it is', () => {
    const items = Array.from({ length: 1000 }, (_, index) => `"k${index}":${index}`);
    const [source, marks] = frame(`{${items.join(',')}}`, '"k500"', 40);
    assert.equal(source, '…"k499":499,"k500":500,"k501":501,"k502…');
    assert.ok(source.length <= 40);
    assert.equal(source.slice(marks.indexOf('^'), marks.length), '"k500"');
  });

  it('keeps marks in place under tabs, wide characters and marks that have no width', () => {
    assert.deepEqual(
      [frame('\t{ "名前": 1 }', '1'), frame('{ "e\u0301": 1 }', '1'), frame('{ "😀": 1 }', '1')],
      [
        ['  { "名前": 1 }', '            ^'],
        ['{ "e\u0301": 1 }', '       ^'],
        ['{ "😀": 1 }', '        ^'],
      ],
    );
  });

  it('names what controls a terminal, and what hides or reverses text', () => {
    assert.deepEqual(frame('{ "\u001b[31m\u202e\u200b\u009b\ud800": 1 }', '\u202e'), [
      '{ "<U+001B>[31m<U+202E><U+200B><U+009B><U+D800>": 1 }',
      '               ^^^^^^^^',
    ]);
  });
});
