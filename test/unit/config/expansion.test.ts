import assert from 'node:assert/strict';
import {
  expand,
  headerRules,
  localRules,
  namesIn,
  textOf,
  urlRules,
  type Segment,
} from '../../../src/core/config/expansion';
import { createRandom } from '../../support/random';

const values: Readonly<Record<string, string>> = {
  FOO: 'f',
  EMPTY: '',
  NEST: 'a${FOO}b',
  NAME: 'FOO',
  ONLY: '${FOO}',
  OPEN: '${FO',
};
const lookup = (name: string) => values[name];

/** `text<origin name via names`, one for each stretch. */
function drawn(segments: readonly Segment[]): readonly string[] {
  return segments.map(({ text, origin, via }) => {
    const name = 'name' in origin ? ` ${origin.name}` : '';
    const by = via.map((it) => ('name' in it ? ` < ${it.kind} ${it.name}` : '')).join('');
    return `${text}|${origin.kind}${name}${by}`;
  });
}

describe('an expanded value', () => {
  it('is said stretch by stretch, with where each comes from', () => {
    assert.deepEqual(drawn(expand('x-${FOO}-${NO:-d}${NO}${EMPTY}', lookup, localRules)), [
      'x-|literal',
      'f|variable FOO',
      '-|literal',
      'd|default NO',
      '${NO}|unset NO',
      '|variable EMPTY',
    ]);
  });

  it('tells of the second expansion what was there before', () => {
    assert.deepEqual(drawn(expand('${NEST}${NO:-${FOO}}${EMPTY}!', lookup, headerRules)), [
      'a|variable NEST',
      'f|variable FOO < variable NEST',
      'b|variable NEST',
      'f|variable FOO < default NO',
      '|variable EMPTY',
      '!|literal',
    ]);
  });

  it('may have a reference that is put together of values and text', () => {
    assert.deepEqual(drawn(expand('${${NAME}} ${OPEN}O}', lookup, headerRules)), [
      'f|variable FOO < variable NAME',
      ' |literal',
      'f|variable FOO < variable OPEN',
    ]);
  });

  it('is empty, and no default is used, for a name that is kept from remote servers', () => {
    const written = '[${NPM_TOKEN:-d}]';
    assert.deepEqual(drawn(expand(written, lookup, urlRules)), [
      '[|literal',
      '|blank NPM_TOKEN',
      ']|literal',
    ]);
    assert.deepEqual(namesIn(expand(written, lookup, headerRules)), ['NPM_TOKEN']);
    assert.equal(textOf(expand(written, lookup, localRules)), '[d]');
  });

  it('keeps every empty stretch once, wherever references meet', () => {
    const segments = expand('${EMPTY}${ONLY}${EMPTY}${ONLY}${EMPTY}', lookup, headerRules);
    assert.deepEqual(drawn(segments), [
      '|variable EMPTY',
      'f|variable FOO < variable ONLY',
      '|variable EMPTY',
      'f|variable FOO < variable ONLY',
      '|variable EMPTY',
    ]);
  });

  it('loses no character, whatever is written', () => {
    const random = createRandom(7);
    const pieces = [
      '${',
      '}',
      'FOO',
      'NEST',
      'NO',
      ':-',
      'x',
      '$',
      '${EMPTY}',
      '${NAME}',
      '${OPEN}',
    ];
    for (let round = 0; round < 3000; round++) {
      const length = 1 + random(9);
      const written = Array.from({ length }, () => pieces[random(pieces.length)]).join('');
      const twice = textOf(expand(written, lookup, headerRules));
      const once = textOf(expand(written, lookup, urlRules));
      assert.equal(twice, textOf(expand(once, lookup, urlRules)), written);
    }
  });
});

describe('expanding what has no end of references', () => {
  for (const [name, reference, expected] of [
    ['variables', '${FOO}', 'f'],
    ['empty ones', '${EMPTY}', ''],
    ['those that bring a reference', '${ONLY}', 'f'],
    ['defaults', '${UNSET:-d}', 'd'],
  ] as const) {
    it(`takes time linear in their number: ${name}`, () => {
      const segments = expand(reference.repeat(30_000), lookup, headerRules);
      assert.equal(textOf(segments), expected.repeat(30_000));
    });
  }
});
