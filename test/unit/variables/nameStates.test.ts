import assert from 'node:assert/strict';
import { environmentOf, sourceOf } from '../../../src/core/variables/environment';
import { changedNames, statesOf, type NameStates } from '../../../src/core/variables/nameStates';
import { recordLookups } from '../../../src/core/variables/recordLookups';
import { variablesInFile } from '../../../src/core/variables/variablesInFile';

const states = (values: Readonly<Record<string, string | undefined>>) =>
  statesOf(new Map(Object.entries(values)));

describe('names whose state changed', () => {
  const cases: readonly (readonly [string, NameStates, NameStates, readonly string[] | 'any'])[] = [
    ['none, where only a value is another one', states({ A: 'x' }), states({ A: 'y' }), []],
    ['those that came and went', states({ A: 'x' }), states({ B: 'x' }), ['A', 'B']],
    ['one that became empty', states({ A: 'x', B: 'x' }), states({ A: '', B: 'x' }), ['A']],
    ['any, of a file that broke', states({ A: 'x' }), 'unknown', 'any'],
    ['any, of a file that was mended', 'unknown', states({}), 'any'],
    ['none, of a file that stays broken', 'unknown', 'unknown', []],
  ];
  for (const [title, before, after, expected] of cases) {
    it(title, () => {
      const names = changedNames(before, after);
      assert.deepEqual(names === 'any' ? names : [...names], expected);
    });
  }
});

describe('the variables in a file', () => {
  const settings = '/home/u/.claude/settings.json';
  const cases: readonly (readonly [string, string, string, object | 'unknown'])[] = [
    ['of .env', '/p/.env', 'A=1\nexport B=\n', { A: '1', B: '' }],
    ['of settings', settings, '\uFEFF{"env": {"A": "1", "B": ""}}'.slice(1), { A: '1', B: '' }],
    ['of settings with comments', settings, '{// c\n"env": {"A": "1",},}', { A: '1' }],
    ['of settings without env', settings, '{"model": "x"}', {}],
    ['of settings that are empty', settings, ' \n', {}],
    ['of settings that are not JSON', settings, '{"env": {"A": "1"}', 'unknown'],
    ['of settings that are another kind of JSON', settings, '["A"]', 'unknown'],
    ['of settings with another kind of env', settings, '{"env": ["A"]}', 'unknown'],
    ['of settings with a number', settings, '{"env": {"A": 1}}', { A: undefined }],
  ];
  for (const [title, path, text, expected] of cases) {
    it(title, () => {
      const values = variablesInFile(path, text);
      assert.deepEqual(values === 'unknown' ? values : Object.fromEntries(values), expected);
    });
  }

  it('without a text have no certain state', () => {
    assert.deepEqual(
      states({ A: undefined, B: '', C: 'x' }),
      new Map([
        ['A', 'unknown'],
        ['B', 'empty'],
        ['C', 'set'],
      ]),
    );
  });
});

describe('an environment that remembers what it was asked', () => {
  const environment = environmentOf([sourceOf('the environment', 'always', { A: 'x' })]);

  it('depends on the names it was asked for, however it was asked', () => {
    const recorded = recordLookups(environment);
    recorded.lookup('A');
    recorded.holders?.('B');
    assert.deepEqual(
      ['A', 'B', 'C'].map((name) => recorded.dependsOn(new Set([name]))),
      [true, true, false],
    );
  });

  it('depends on every name once it was asked for all of them', () => {
    const recorded = recordLookups(environment);
    assert.equal(recorded.dependsOn(new Set(['C'])), false);
    assert.deepEqual([...(recorded.names?.() ?? [])], ['A']);
    assert.deepEqual(
      [recorded.dependsOn(new Set(['C'])), recorded.dependsOn(new Set())],
      [true, false],
    );
  });

  it('depends on nothing where it was not asked, though any name may have changed', () => {
    const recorded = recordLookups(environment);
    assert.equal(recorded.dependsOn('any'), false);
    recorded.lookup('A');
    assert.equal(recorded.dependsOn('any'), true);
  });

  it('answers as the one that it records', () => {
    assert.deepEqual(recordLookups(environment).lookup('A'), environment.lookup('A'));
  });
});
