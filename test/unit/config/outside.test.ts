import assert from 'node:assert/strict';
import { findOutside } from '../../../src/core/config/outside';
import { parseMcpConfig } from '../../../src/core/config/parseMcpConfig';
import { places, type PlaceId } from '../../../src/core/config/place';

const server = { command: 'x', args: ['y'], env: { A: 'z' } };

function outsideOf(value: unknown, place: PlaceId = 'project') {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const { entries, strings } = findOutside(parseMcpConfig(text, places[place]));
  return {
    entries: entries.map(({ path, strings }) => `${path.join('/')}: ${strings.length}`),
    strings: strings.map(({ path }) => path.join('/')),
  };
}

describe('what stands outside of the servers', () => {
  const cases: readonly (readonly [
    what: string,
    value: unknown,
    entries: readonly string[],
    strings: readonly string[],
    place?: PlaceId,
  ])[] = [
    ['is nothing where all is in its place', { mcpServers: { a: server } }, [], []],
    ['is nothing in a bare map that a plugin may have', { a: server }, [], [], 'plugin'],
    [
      'is a server beside or below another key, and other strings',
      { a: server, mcpServers: { b: server }, inputs: [{ id: 'c' }], off: { d: server } },
      ['a: 3', 'off/d: 3'],
      ['inputs/0/id'],
    ],
    [
      'is what only looks like a server to a person',
      { mcpServers: { a: 'x' } },
      [],
      ['mcpServers/a'],
    ],
    [
      'is nothing of a list, whose items are read as servers',
      { mcpServers: [server, { name: 'n' }] },
      [],
      [],
    ],
    ['is one server without anything around it', server, [': 3'], []],
    [
      'is one server in the place of the map, each string once',
      { mcpServers: server },
      [],
      ['mcpServers/command', 'mcpServers/args/0'],
    ],
    [
      'is what a broken file has behind its servers',
      '{"mcpServers": {"a": {"command": "x"}}, "b": {"command": "y", ',
      ['b: 1'],
      [],
    ],
    [
      'is what stands beside the servers of another client',
      { servers: { a: server }, b: 'c' },
      [],
      ['b'],
    ],
    [
      'are strings of a manifest, which has other commands',
      { name: 'n', hooks: server },
      [],
      ['name', 'hooks/command', 'hooks/args/0', 'hooks/env/A'],
      'pluginManifest',
    ],
    [
      'is nothing in a file with much besides',
      { a: server, projects: { '/b': { history: ['c'], mcpServers: {} } } },
      [],
      [],
      'user',
    ],
  ];
  for (const [what, value, entries, strings, place] of cases) {
    it(what, () => assert.deepEqual(outsideOf(value, place), { entries, strings }));
  }

  it('expands no variable, and has the name of the nearest key', () => {
    const text = JSON.stringify({ mcpServers: {}, a: server, list: { key: [['x']] } });
    const { entries, strings } = findOutside(parseMcpConfig(text));
    assert.deepEqual(
      entries.flatMap((entry) => entry.strings.map(({ expands }) => expands)),
      [false, false, false],
    );
    assert.deepEqual(
      strings.map(({ slot, expands }) => ({ slot, expands })),
      [{ slot: { kind: 'other', key: 'key' }, expands: false }],
    );
  });

  it('ends in a file that is nested without end', () => {
    const depth = 1000;
    const text = `{"mcpServers": {}, "a": ${'['.repeat(depth)}"x"${']'.repeat(depth)}, "b": "y"}`;
    assert.deepEqual(outsideOf(text), { entries: [], strings: ['b'] });
  });
});
