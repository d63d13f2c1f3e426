import { deepStrictEqual, strictEqual } from 'node:assert/strict';
import { applyEdits } from '../../../src/core/base/range';
import { parseMcpConfig } from '../../../src/core/config/parseMcpConfig';
import { places } from '../../../src/core/config/place';
import { planMoves, renameMove, whyNotName } from '../../../src/core/diagnostics/planMoves';

const github = `ghp_${'a1B2c3D4e5F6'.repeat(3)}`;
const other = `ghp_${'Z9y8X7w6V5u4'.repeat(3)}`;

function plan(mcpServers: object) {
  const config = parseMcpConfig(JSON.stringify({ mcpServers }), places.project);
  const { moves, left } = planMoves(config);
  const moved = applyEdits(
    config.text,
    moves.flatMap(({ edits }) => edits),
  );
  return { config, moves, left, moved: (JSON.parse(moved) as { mcpServers: object }).mcpServers };
}

const bearer = (token: string) => ({
  type: 'http',
  url: 'https://mcp.example.com',
  headers: { Authorization: `Bearer ${token}` },
});

describe('the plan to move every literal of a file', () => {
  it('says what goes where, in the order of the text', () => {
    const { moves } = plan({
      github: bearer(github),
      db: { command: 'x', env: { DB_PASSWORD: 'kX9-rT2_vQ7zLm' } },
    });
    deepStrictEqual(
      moves.map(({ server, what, where, variable }) => [server, what, where, variable]),
      [
        ['github', 'GitHub token (ghp_…)', 'header "Authorization"', 'GITHUB_TOKEN'],
        ['db', 'password', 'env "DB_PASSWORD"', 'DB_PASSWORD'],
      ],
    );
  });

  it('gives one value one name, and another value another', () => {
    const { moved } = plan({ a: bearer(github), b: bearer(other), c: bearer(github) });
    deepStrictEqual(moved, {
      a: bearer('${GITHUB_TOKEN}'),
      b: bearer('${GITHUB_TOKEN_2}'),
      c: bearer('${GITHUB_TOKEN}'),
    });
  });

  it('leaves nothing of a default but its variable', () => {
    const { moved } = plan({ a: bearer(`\${MY_TOKEN:-${github}}`) });
    deepStrictEqual(moved, { a: bearer('${MY_TOKEN}') });
  });

  it('counts what cannot become a reference', () => {
    const { moves, left } = plan({
      a: { ...bearer('${X}'), oauth: { clientSecret: github } },
    });
    deepStrictEqual([moves.length, left], [0, 1]);
  });

  it('renames a value wherever it stands', () => {
    const { config, moves } = plan({ a: bearer(github), b: bearer(github), c: bearer(other) });
    const renamed = renameMove(moves, 'GITHUB_TOKEN', 'MINE');
    const moved = applyEdits(
      config.text,
      renamed.flatMap(({ edits }) => edits),
    );
    deepStrictEqual(JSON.parse(moved), {
      mcpServers: { a: bearer('${MINE}'), b: bearer('${MINE}'), c: bearer('${GITHUB_TOKEN_2}') },
    });
  });

  for (const [name, reason] of [
    ['MINE', undefined],
    ['GITHUB_TOKEN', undefined],
    ['', /does not begin with a digit/],
    ['1A', /does not begin with a digit/],
    ['A-B', /letters, digits and "_"/],
    ['É', /letters, digits and "_"/],
    ['GITHUB_TOKEN_2', /planned for another value/],
    ['NPM_TOKEN', /always reads as empty/],
    ['IN_USE', /referred to in this file already/],
  ] as const) {
    it(`${reason ? 'refuses' : 'takes'} the name "${name}"`, () => {
      const { config, moves } = plan({
        a: bearer(github),
        b: bearer(other),
        c: bearer('${IN_USE}'),
      });
      const answer = whyNotName(config, moves, 'GITHUB_TOKEN', name);
      strictEqual(reason ? reason.test(answer ?? '') : answer === undefined, true, answer);
    });
  }

  it('takes a name that is blank in headers for a variable of a local server', () => {
    const { config, moves } = plan({ a: { command: 'x', env: { MY_TOKEN: github } } });
    strictEqual(whyNotName(config, moves, 'MY_TOKEN', 'NPM_TOKEN'), undefined);
    strictEqual(typeof whyNotName(config, moves, 'MY_TOKEN', 'MCP_CLIENT_SECRET'), 'string');
  });

  it('never gives a value a name that means something else in the file', () => {
    const { moves } = plan({
      a: { ...bearer('${GITHUB_TOKEN_2}'), url: 'https://other.example' },
      b: { command: 'x', env: { GITHUB_TOKEN: github } },
      c: { command: 'x', env: { GITHUB_TOKEN: other } },
    });
    deepStrictEqual(
      moves.map(({ variable }) => variable),
      ['GITHUB_TOKEN', 'GITHUB_TOKEN_3'],
    );
  });
});
