import assert from 'node:assert/strict';
import { escapeHoverMarkdown } from '../../../src/core/base/markdown';
import { places, type PlaceId } from '../../../src/core/config/place';
import { completionNames } from '../../../src/core/variables/completionNames';
import {
  describeDefinition,
  describeHelperRead,
} from '../../../src/core/variables/describeDefinition';
import { describeReference } from '../../../src/core/variables/describeVariable';
import {
  environmentOf,
  sourceOf,
  unknownEnvironment,
  type Environment,
} from '../../../src/core/variables/environment';
import type { OccurrenceUse } from '../../../src/core/variables/occurrence';
import { renameProblem } from '../../../src/core/variables/renameProblem';
import { variableFileKind } from '../../../src/core/variables/variableFileKind';

const value = 'the-value';
const environment = environmentOf([
  sourceOf('~/.claude/settings.json', 'always', { BOTH: value }),
  sourceOf("this window's environment", 'always', {
    SET: value,
    EMPTY: '',
    NPM_TOKEN: value,
    OTEL_X: value,
  }),
  sourceOf('.claude/settings.json', 'sessions', { SESSION: value }),
  sourceOf('your login shell', 'terminals', { SHELL_ONLY: value, BOTH: value }),
  sourceOf('.env', 'never', { KEPT: value, SHELL_ONLY: value }),
]);

interface Case {
  readonly name: string;
  readonly target?: 'url' | 'header' | 'local';
  readonly defaultValue?: string;
  readonly place?: keyof typeof places;
  readonly environment?: Environment;
  /** The word, the sentence, where it was found, what is offered. */
  readonly says: readonly [string | undefined, string, string, string];
}

const notSet = (name: string) => `${name} is not set where Claude Code would look.`;
const cases: readonly Case[] = [
  {
    name: 'SET',
    says: [
      'set',
      "SET is set in this window's environment.",
      "this window's environment (Claude Code reads it)",
      'explain',
    ],
  },
  {
    name: 'SET',
    defaultValue: 'd',
    says: [
      'set',
      "SET is set in this window's environment. The default is not used.",
      "this window's environment (Claude Code reads it)",
      'explain',
    ],
  },
  {
    name: 'EMPTY',
    says: [
      'empty',
      "EMPTY is set in this window's environment, but empty. Claude Code puts nothing in its place.",
      "this window's environment (empty; Claude Code reads it)",
      'set explain',
    ],
  },
  {
    name: 'EMPTY',
    defaultValue: 'd',
    says: [
      'empty',
      "EMPTY is set in this window's environment, but empty. The default is not used: a variable that is set counts, even an empty one.",
      "this window's environment (empty; Claude Code reads it)",
      'set explain',
    ],
  },
  {
    name: 'NONE',
    says: [
      'not set',
      `${notSet('NONE')} The server will receive the text \${NONE}.`,
      '',
      'set explain',
    ],
  },
  {
    name: 'NONE',
    target: 'url',
    says: [
      'not set',
      `${notSet('NONE')} The text \${NONE} stays in the address.`,
      '',
      'set explain',
    ],
  },
  {
    name: 'NONE',
    target: 'local',
    says: [
      'not set',
      `${notSet('NONE')} The program will receive the text \${NONE}.`,
      '',
      'set explain',
    ],
  },
  {
    name: 'NONE',
    defaultValue: 'd',
    says: ['default', `${notSet('NONE')} It uses the default.`, '', 'set explain'],
  },
  {
    name: 'NONE',
    defaultValue: '',
    says: ['default', `${notSet('NONE')} It uses the empty default.`, '', 'set explain'],
  },
  {
    name: 'KEPT',
    says: [
      'not set',
      `${notSet('KEPT')} The server will receive the text \${KEPT}.`,
      '.env (Claude Code does not read it)',
      'set open explain',
    ],
  },
  {
    name: 'SHELL_ONLY',
    says: [
      'not set',
      `${notSet('SHELL_ONLY')} The server will receive the text \${SHELL_ONLY}.`,
      'your login shell (not in this window: Claude Code started from the desktop will not see it) · .env (Claude Code does not read it)',
      'set open explain',
    ],
  },
  {
    name: 'BOTH',
    says: [
      'set',
      'BOTH is set in ~/.claude/settings.json.',
      '~/.claude/settings.json (Claude Code reads it) · your login shell (read in terminals)',
      'explain',
    ],
  },
  {
    name: 'SESSION',
    says: [
      'set in sessions',
      'SESSION is set in .claude/settings.json: sessions of Claude Code read it, "claude mcp list" does not and calls it missing.',
      '.claude/settings.json (sessions only, not "claude mcp list")',
      'set explain',
    ],
  },
  {
    name: 'NPM_TOKEN',
    defaultValue: 'd',
    says: [
      'always blank',
      'NPM_TOKEN always reads as empty here: Claude Code keeps it from remote servers, set or not, and uses no default. Copy the value to a variable of your own, such as MCP_NPM_TOKEN.',
      "this window's environment (Claude Code reads it)",
      'explain',
    ],
  },
  {
    name: 'NPM_TOKEN',
    target: 'local',
    says: [
      'set',
      "NPM_TOKEN is set in this window's environment.",
      "this window's environment (Claude Code reads it)",
      'explain',
    ],
  },
  {
    name: 'OTEL_X',
    target: 'local',
    says: [
      'always blank',
      'OTEL_X reads as empty here even when it is set: Claude Code keeps it from local servers. Copy the value to a variable of your own, such as MCP_OTEL_X.',
      "this window's environment (Claude Code reads it)",
      'explain',
    ],
  },
  {
    name: 'OTEL_Y',
    target: 'local',
    says: [
      'not set',
      `${notSet('OTEL_Y')} The program will receive the text \${OTEL_Y}.`,
      '',
      'set explain',
    ],
  },
  {
    name: 'CLAUDE_PLUGIN_ROOT',
    place: 'plugin',
    says: [
      'filled in',
      'Claude Code fills in CLAUDE_PLUGIN_ROOT itself: the folder of the plugin.',
      '',
      '',
    ],
  },
  {
    name: 'CLAUDE_PLUGIN_ROOT',
    target: 'local',
    says: [
      'not set',
      `${notSet('CLAUDE_PLUGIN_ROOT')} The program will receive the text \${CLAUDE_PLUGIN_ROOT}. Claude Code sets it in the configuration of a plugin, not here.`,
      '',
      'set explain',
    ],
  },
  {
    name: 'X',
    environment: unknownEnvironment,
    says: [
      undefined,
      'Whether X is set is not looked up: this workspace is not trusted.',
      '',
      'explain',
    ],
  },
  {
    name: 'NPM_TOKEN',
    environment: unknownEnvironment,
    says: [
      'always blank',
      'NPM_TOKEN always reads as empty here: Claude Code keeps it from remote servers, set or not, and uses no default. Copy the value to a variable of your own, such as MCP_NPM_TOKEN.',
      '',
      'explain',
    ],
  },
];

describe('what is said of a reference', () => {
  for (const { name, target = 'header', defaultValue, place = 'project', says, ...rest } of cases) {
    it(`${name} in ${target}${defaultValue === undefined ? '' : `, default "${defaultValue}"`} (${place}): ${String(says[0])}`, () => {
      const known = rest.environment ?? environment;
      const words = describeReference(name, { target, defaultValue }, known, places[place]);
      assert.deepEqual(
        [words.short, words.sentence, words.foundIn.join(' · '), words.offers.join(' ')],
        says,
      );
      assert.ok(!JSON.stringify(words).includes(value));
    });
  }
});

describe('what is said of a definition', () => {
  it('names the state, the references and what is always blank', () => {
    const references = [{ label: 'npm in .mcp.json', target: 'header' }] as const;
    assert.equal(
      describeDefinition('NPM_TOKEN', 'dotEnv', environment, references).sentence,
      'Claude Code does not read this file. In "url" and "headers" NPM_TOKEN always reads as empty: Claude Code keeps it from remote servers. It finds NPM_TOKEN in this window\'s environment. Referred to by npm in .mcp.json.',
    );
    assert.equal(
      describeDefinition('SESSION', 'settings', environment, []).sentence,
      'Sessions of Claude Code read this, "claude mcp list" does not. SESSION is not set where it always looks.',
    );
  });

  it('of what a helper reads says whether it gets it', () => {
    const sentence = (name: string, place: PlaceId) =>
      describeHelperRead(name, environment, place).sentence.replace(/\. Let .*/, '.');
    assert.deepEqual(
      [
        sentence('MY_TOKEN', 'project'),
        sentence('MY_TOKEN', 'user'),
        sentence('SET', 'project'),
        sentence('CLAUDE_CODE_MCP_SERVER_URL', 'project'),
        sentence('CLAUDE_PLUGIN_ROOT', 'plugin'),
        sentence('CLAUDE_PLUGIN_ROOT', 'project'),
      ],
      [
        'Claude Code takes MY_TOKEN out of the environment of this helper, so it is not set here.',
        'MY_TOKEN is not set where Claude Code would look, so the helper does not find it.',
        "SET is set in this window's environment. The helper finds it in its environment.",
        'Claude Code sets CLAUDE_CODE_MCP_SERVER_URL for this helper.',
        'Claude Code sets CLAUDE_PLUGIN_ROOT for this helper.',
        'CLAUDE_PLUGIN_ROOT is not set where Claude Code would look, so the helper does not find it.',
      ],
    );
  });

  it('names no credential where a helper does not get a variable that is none', () => {
    for (const place of ['project', 'user', 'managed'] as const) {
      assert.equal(
        describeHelperRead('OTEL_X', environment, place).sentence,
        'Claude Code takes OTEL_X out of the environment of this helper, so it is not set here.',
      );
    }
  });
});

describe('a new name', () => {
  const header = { kind: 'expanded', target: 'header' } as OccurrenceUse;
  const local = { kind: 'expanded', target: 'local' } as OccurrenceUse;
  const refused: readonly (readonly [string, OccurrenceUse, RegExp])[] = [
    ['OLD', header, /called OLD already/],
    ['1A', header, /"1A" cannot be the name of a variable/],
    ['A-B', header, /cannot be/],
    ['', header, /cannot be/],
    ['TAKEN', header, /stands in \.env\. Choose another/],
    ['CLAUDE_PLUGIN_ROOT', local, /Claude Code sets CLAUDE_PLUGIN_ROOT itself/],
    ['NPM_TOKEN', header, /always reads as empty in "url" and "headers".*MCP_NPM_TOKEN/],
    ['OTEL_X', local, /reads as empty even when it is set/],
    ['MY_TOKEN', { kind: 'helper' }, /takes MY_TOKEN .* named like a credential/],
    ['OTEL_X', { kind: 'helper' }, /takes OTEL_X out of its environment\. Choose/],
  ];
  for (const [name, use, expected] of refused) {
    it(`${JSON.stringify(name)} is refused`, () => {
      const problem = renameProblem('OLD', name, {
        uses: [use],
        takenBy: name === 'TAKEN' ? '.env' : undefined,
        helperPlaces: use.kind === 'helper' ? ['user', 'project'] : [],
      });
      assert.match(problem ?? '', expected);
    });
  }

  it('is taken where nothing speaks against it', () => {
    const facts = { uses: [local], takenBy: undefined, helperPlaces: ['user'] as const };
    assert.deepEqual(
      ['NPM_TOKEN', 'MY_TOKEN', '_x'].map((name) => renameProblem('OLD', name, facts)),
      [undefined, undefined, undefined],
    );
  });
});

describe('names that are offered', () => {
  const groups = [
    { names: ['B', 'A'], detail: () => 'used' },
    { names: ['A', 'NPM_TOKEN', 'ProgramFiles(x86)', 'OTEL_X'], detail: () => 'kept' },
  ];
  it('come once, from the first group, without those that would be blank', () => {
    assert.deepEqual(
      completionNames(groups, 'header').map(({ name, detail }) => `${name} ${detail}`),
      ['B used', 'A used'],
    );
    assert.deepEqual(
      completionNames(groups, 'local').map(({ sortText }) => sortText),
      ['0 B', '0 A', '1 NPM_TOKEN'],
    );
  });
});

describe('files that name variables', () => {
  const home = '/home/me/.claude/settings.json';
  const kinds: readonly (readonly [string, string | undefined])[] = [
    ['/p/.env', 'dotEnv'],
    ['/p/.env.local', 'dotEnv'],
    ['/p/.env.example', 'example'],
    ['/p/.env.local.sample', 'example'],
    ['/p/.envrc', undefined],
    ['C:\\p\\.env', 'dotEnv'],
    ['/p/.claude/settings.json', 'settings'],
    ['/p/.claude/settings.local.json', 'settings'],
    ['/p/.vscode/settings.json', undefined],
    [home, 'userSettings'],
    ['/p/README.md', 'prose'],
    ['/p/index.ts', undefined],
  ];
  for (const [path, kind] of kinds) {
    it(path, () => assert.equal(variableFileKind(path, home), kind));
  }
});

describe('foreign text in Markdown', () => {
  it('means nothing there', () => {
    assert.equal(
      escapeHoverMarkdown('[x](command:a) `b` <b> $(zap)\n# https://h.example www.h.example a@b.c'),
      '\\[x\\]\\(command\\:a\\) \\`b\\` \\<b\\> \\$\\(zap\\) \\# https\\://h\\.example www\\.h\\.example a\\@b\\.c',
    );
  });
});
