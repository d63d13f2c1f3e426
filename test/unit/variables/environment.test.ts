import assert from 'node:assert/strict';
import {
  environmentOf,
  sourceOf,
  type VariableSource,
} from '../../../src/core/variables/environment';
import { sourceOfStates } from '../../../src/core/variables/nameStates';
import { variableSources } from '../../../src/core/variables/variableSources';

const [userSettings, inProcess, , projectSettings, loginShell, , , dotEnv] = variableSources;
const nothing = (row: (typeof variableSources)[number]) => sourceOfStates(row, new Map());
const unread = (row: (typeof variableSources)[number]) => sourceOfStates(row, 'unknown');
const withX = ({ label, reach }: (typeof variableSources)[number], value = 'x') =>
  sourceOf(label, reach, { X: value });

const cases: readonly (readonly [string, readonly VariableSource[], object])[] = [
  [
    'is set where its own settings set it first',
    [withX(userSettings), withX(inProcess, '')],
    { kind: 'set', source: '~/.claude/settings.json' },
  ],
  [
    'is empty where it is set to nothing',
    [nothing(userSettings), withX(inProcess, '')],
    { kind: 'empty', source: "this window's environment" },
  ],
  [
    'is not known while settings that would have it cannot be read',
    [unread(userSettings), nothing(inProcess), withX(projectSettings)],
    { kind: 'unknown' },
  ],
  [
    'is set in the process whatever the settings are',
    [unread(userSettings), withX(inProcess)],
    { kind: 'set', source: "this window's environment" },
  ],
  [
    'is for sessions only in the settings of a project',
    [nothing(userSettings), nothing(inProcess), withX(projectSettings), unread(loginShell)],
    { kind: 'session-only', source: '.claude/settings.json' },
  ],
  [
    'is not known while the settings of the project cannot be read',
    [nothing(userSettings), unread(projectSettings), withX(dotEnv)],
    { kind: 'unknown' },
  ],
  [
    'is unset before the login shell was read, and kept elsewhere',
    [nothing(userSettings), unread(loginShell), withX(dotEnv)],
    { kind: 'unset', alsoIn: '.env' },
  ],
];

describe('a variable', () => {
  for (const [title, sources, expected] of cases) {
    it(title, () => assert.deepEqual(environmentOf(sources).lookup('X'), expected));
  }

  it('tells every source that has it, the one that counts first', () => {
    const { holders } = environmentOf([
      withX(loginShell, ''),
      unread(projectSettings),
      withX(dotEnv),
    ]);
    assert.deepEqual(
      holders?.('X').map(({ source, state }) => [source.label, source.reach, state]),
      [
        ['your login shell', 'terminals', 'empty'],
        ['.env', 'never', 'set'],
      ],
    );
  });
});

describe('the sources of variables', () => {
  it('are preferred in the order of whom they reach', () => {
    const reaches = ['always', 'sessions', 'terminals', 'never'];
    const order = variableSources.map(({ reach }) => reaches.indexOf(reach));
    assert.deepEqual(order, [...order].sort());
  });
});
