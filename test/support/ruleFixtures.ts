import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { FileFact, FileFacts } from '../../src/core/diagnostics/fileFacts';
import { environmentOf, sourceOf, type Environment } from '../../src/core/variables/environment';

export const rulesFolder = join('src', 'core', 'diagnostics', 'rules');
const fixturesFolder = join('test', 'fixtures', 'rules');
export const scriptFixturesFolder = join('test', 'fixtures', 'scripts');

/** A finding as a fixture draws it: the rule's name behind carets under the text. */
export interface Drawn {
  readonly rule: string;
  /** From zero. */
  readonly line: number;
  readonly character: number;
  /** The text under the carets. */
  readonly text: string;
}

export interface RuleFixture {
  readonly rule: string;
  readonly name: string;
  /** Without the lines that draw findings. */
  readonly text: string;
  readonly expected: readonly Drawn[];
  /** The text after the preferred fixes of this rule's findings, where the fixture states one. */
  readonly fixed: string | undefined;
}

/** A comment makes room for itself: without it the carets may stand at the very left. */
const caretLine = /^((?:\/\/|#)?[ \t]*)(\^+) ([a-z-]+)$/;

export function readRuleFixtures(): readonly RuleFixture[] {
  return readdirSync(fixturesFolder).flatMap((rule) => {
    const folder = join(fixturesFolder, rule);
    return readdirSync(folder)
      .filter((file) => !file.endsWith('.fixed.json'))
      .map((file) => readFixture(rule, folder, basename(file, '.json')));
  });
}

function readFixture(rule: string, folder: string, name: string): RuleFixture {
  const fixedFile = `${name}.fixed.json`;
  const fixed = readdirSync(folder).includes(fixedFile)
    ? readFileSync(join(folder, fixedFile), 'utf8')
    : undefined;
  return { rule, name, fixed, ...readDrawing(join(folder, `${name}.json`)) };
}

/** A text and the findings that are drawn in it. */
export function readDrawing(path: string): Pick<RuleFixture, 'text' | 'expected'> {
  const source = readFileSync(path, 'utf8');
  const lines: string[] = [];
  const expected: Drawn[] = [];
  for (const line of source.split('\n')) {
    const [, space, carets, drawnRule] = caretLine.exec(line.replace(/\r$/, '')) ?? [];
    if (space === undefined || carets === undefined || drawnRule === undefined) {
      lines.push(line);
      continue;
    }
    const character = space.length;
    const above = lines.at(-1) ?? '';
    const text = above.slice(character, character + carets.length);
    expected.push({ rule: drawnRule, line: lines.length - 1, character, text });
  }
  return { text: lines.join('\n'), expected };
}

/** A helper's script with its findings drawn under it. */
export interface ScriptFixture {
  readonly rule: string;
  /** With its extension, which tells the language. */
  readonly fileName: string;
  readonly text: string;
  readonly expected: readonly Drawn[];
}

export function readScriptFixtures(): readonly ScriptFixture[] {
  return readdirSync(scriptFixturesFolder).flatMap((rule) =>
    readdirSync(join(scriptFixturesFolder, rule)).map((fileName) => ({
      rule,
      fileName,
      ...readDrawing(join(scriptFixturesFolder, rule, fileName)),
    })),
  );
}

/** The environment of fixtures: what is set is called so, everything else is not. */
export const fixtureEnvironment: Environment = environmentOf([
  sourceOf('the environment', 'always', {
    SET: 'x',
    EMPTY: '',
    API_TOKEN: 'x',
    API_KEY: 'x',
    API_HOST: 'x',
    OTHER: 'x',
    HOST: 'x',
    HOME: 'x',
    DB_PASSWORD: 'x',
    OTEL_SET: 'x',
    CLAUDE_CODE_OAUTH_TOKEN: 'x',
  }),
  sourceOf('.claude/settings.json', 'sessions', { SESSION: 'x' }),
  sourceOf('your login shell', 'terminals', { OF_LOGIN_SHELL: 'x' }),
  sourceOf('.env', 'never', { KEPT: 'x' }),
]);

const fixtureFacts: Readonly<Record<string, FileFact>> = {
  'scripts/headers.sh': {
    kind: 'file',
    isExecutable: true,
    text: `#!/bin/sh\nprintf '{"X-Tenant": "%s"}' "$TENANT"\n`,
  },
  'scripts/plain.sh': { kind: 'file', isExecutable: false, text: '#!/bin/sh\n' },
  'scripts/gone.sh': { kind: 'missing' },
  'scripts/reads-token.sh': {
    kind: 'file',
    isExecutable: true,
    text: `#!/bin/sh\nprintf '{"Authorization": "Bearer %s"}' "$DOCS_TOKEN"\n`,
  },
  'certs/client.pem': { kind: 'file', isExecutable: false },
  'certs/gone.pem': { kind: 'missing' },
  'config/.env': {
    kind: 'file',
    isExecutable: false,
    isIgnored: false,
    credentials: ['API_KEY', 'DB_PASSWORD'],
  },
};

/** The files of fixtures, and a history in which one credential stands. */
export const fixtureFiles: FileFacts = {
  look: (path) => (Object.hasOwn(fixtureFacts, path) ? fixtureFacts[path] : undefined),
  committed: (text) =>
    text === '7c1e5a90b3d24f68a1c9e7b2d4f60835' ? { commits: 2, since: '2026-01-31' } : undefined,
};
