import assert from 'node:assert/strict';
import { applyEdits } from '../../../src/core/base/range';
import { findProperty } from '../../../src/core/config/json';
import { findMisspelt } from '../../../src/core/config/misspelling';
import { parseMcpConfig } from '../../../src/core/config/parseMcpConfig';
import { places, type PlaceId } from '../../../src/core/config/place';
import { findFindings } from '../../../src/core/diagnostics/findFindings';
import { fixAll } from '../../../src/core/diagnostics/fixAll';

function findingsOf(rule: string, text: string, place: PlaceId = 'project') {
  const findings = findFindings(parseMcpConfig(text, places[place]));
  return findings.filter((finding) => finding.rule === rule);
}

function pointers(rule: string, text: string, place: PlaceId): readonly string[] {
  return findingsOf(rule, text, place).map(({ path }) => path.join('/'));
}

/** `text` after the fix with this title of the first finding of `rule`. */
function repair(rule: string, text: string, title: string): string | undefined {
  const [finding] = findingsOf(rule, text);
  const fix = finding?.fixes?.().find((offered) => offered.title === title);
  return fix && applyEdits(text, fix.edits);
}

describe('what a rule says depends on the place', () => {
  const a = '"a":{"command":"x"}';

  it('a server beside the wrapper is lost where no bare map is read', () => {
    const text = `{"mcpServers":{},${a}}`;
    const found = Object.keys(places).filter(
      (place) => pointers('server-outside-servers', text, place as PlaceId).length > 0,
    );
    assert.deepEqual(found, ['project', 'managed']);
  });

  it('of a file that is not read, that is said, and what credentials are in it', () => {
    const token = `ghp_${'a1B2c3D4e5F6'.repeat(3)}`;
    const text = `{"servers":{"b":{"url":"https://h.example/mcp"},"c":{"command":"x","env":{"T":"${token}"}}}}`;
    const config = parseMcpConfig(text, places.unread);
    assert.deepEqual(
      findFindings(config).map(({ rule }) => rule),
      ['file-not-read', 'secret-literal'],
    );
    assert.ok(config.servers.every(({ loads }) => !loads));
    assert.equal(fixAll(text, places.unread).text, text);
  });

  it("a key that stands twice counts among servers, not in a program's own settings", () => {
    const text = `{"theme":1,"theme":2,"projects":{"/p":{"history":1,"history":2,"mcpServers":{${a},"a":{"command":"y"}}}},"mcpServers":{"b":{"command":"x","env":{"A":"1","A":"2"}}}}`;
    assert.deepEqual(pointers('key-duplicate', text, 'user'), [
      'projects//p/mcpServers/a',
      'mcpServers/b/env/A',
    ]);
  });

  it('a server may stand twice in the bare map of a plugin, and within a list of a manifest', () => {
    const twice = `{${a},"a":{"command":"y"}}`;
    assert.deepEqual(pointers('key-duplicate', twice, 'plugin'), ['a']);
    assert.deepEqual(
      pointers('key-duplicate', `{"mcpServers":["./x.json",${twice}]}`, 'pluginManifest'),
      ['mcpServers/1/a'],
    );
  });

  it('the remark of a bare map is no server', () => {
    const config = parseMcpConfig(`{"$schema":"https://h.example/s.json",${a}}`, places.plugin);
    assert.deepEqual(
      config.servers.map(({ name }) => name),
      ['a'],
    );
    assert.deepEqual(findFindings(config), []);
  });

  it('the items of a list are servers by their own names, and none of them loads', () => {
    const text = '{"mcpServers":[{"name":"a","command":"x"},{"command":"y"},"z"]}';
    assert.deepEqual(
      parseMcpConfig(text).servers.map(({ name, path, loads }) => [name, path.join('/'), loads]),
      [
        ['a', 'mcpServers/0', false],
        ['1', 'mcpServers/1', false],
      ],
    );
  });

  it('names collide within one map, not across the projects of a user', () => {
    const server = '{"command":"x"}';
    const text = `{"mcpServers":{"a b":${server}},"projects":{"/p":{"mcpServers":{"a.b":${server},"a/b":${server}}}}}`;
    assert.deepEqual(pointers('server-name-collision', text, 'user'), [
      'projects//p/mcpServers/a/b',
    ]);
  });

  it('of an entry that a later one replaces nothing is said but that', () => {
    const lost = '"command":"x ","disabled":true,"url":"foo"';
    const text = `{"mcpServers":{"a":{${lost}},${a}}}`;
    assert.deepEqual(
      findFindings(parseMcpConfig(text)).map(({ rule }) => rule),
      ['key-duplicate'],
    );
  });
});

describe('a repair of what is loaded and ignored', () => {
  const remove = (fields: string) =>
    repair('field-ignored', `{"mcpServers":{"a":{${fields}}}}`, 'Remove "cwd"');
  const rest = (fields: string) => `{"mcpServers":{"a":{${fields}}}}`;
  const removals: readonly [place: string, before: string, after: string][] = [
    ['first', '"cwd": "/x", "command": "y"', '"command": "y"'],
    ['in the middle', '"command": "y", "cwd": "/x", "args": []', '"command": "y", "args": []'],
    ['last', '"command": "y", "cwd": "/x" ', '"command": "y" '],
  ];
  for (const [place, before, after] of removals) {
    it(`takes the right comma along with a field that stands ${place}`, () => {
      assert.equal(remove(before), rest(after));
    });
  }

  const mixed =
    '{"mcpServers":{"a":{"command":"x","args":[],"url":"wss://h.example","headers":{"A":"b"}}}}';
  it('keeps the side that is chosen', () => {
    assert.equal(
      repair('server-transport-mixed', mixed, 'Keep "url"'),
      '{"mcpServers":{"a":{"type":"ws","url":"wss://h.example","headers":{"A":"b"}}}}',
    );
    assert.equal(
      repair('server-transport-mixed', mixed, 'Keep "command"'),
      '{"mcpServers":{"a":{"command":"x","args":[]}}}',
    );
    assert.equal(
      repair(
        'server-transport-mixed',
        mixed.replace('{"command"', '{"type":"http","command"'),
        'Keep "command"',
      ),
      '{"mcpServers":{"a":{"type":"stdio","command":"x","args":[]}}}',
    );
  });

  it('is applied unseen only where nothing but white space or an exact double goes', () => {
    const entries = [
      '"a b":{"command":"x ","cwd":"/x"}',
      '"a.b":{"type":"sse","url":" wss://h.example","headers":{"A":"1","A":"1","a":"2","B C":"3"}}',
      '"c":{"type":"http","url":"h.example","oauth":{"scopes":"a, b"},"command":"y"}',
    ];
    const { text } = fixAll(
      `{"mcpServers":{${entries.join()}},"d":{"command":"z"}}`,
      places.project,
    );
    const fixed = entries
      .join()
      .replace('"x "', '"x"')
      .replace('" wss', '"wss')
      .replace('"A":"1",', '');
    assert.equal(text, `{"mcpServers":{${fixed}},"d":{"command":"z"}}`);
  });
});

describe('a misspelt key', () => {
  const cases: readonly [key: string, property: string, isMeant: boolean][] = [
    ['command', '"Command":"x"', true],
    ['command', '"comand":"x"', true],
    ['command', '"cmomand":"x"', true],
    ['command', '"commands":"x"', true],
    ['command', '"comment":"x"', false],
    ['command', '"comand":["x"]', false],
    ['args', '"arg":["x"]', true],
    ['args', '"tags":["x"]', false],
    ['env', '"envs":{}', true],
    ['env', '"end":{}', false],
    ['url', '"URL":"x"', true],
    ['url', '"curl":"x"', false],
    ['type', '"tpye":"x"', true],
    ['type', '"name":"x"', false],
    ['type', '"title":"x"', false],
    ['headersHelper', '"headers":"x"', false],
    ['headers', '"headrs":{}', true],
    ['headersHelper', '"headerHelpr":"x"', true],
    ['oauth', '"auth":{}', false],
    ['timeout', '"time-out":1', true],
  ];
  for (const [key, property, isMeant] of cases) {
    it(`{${property}} ${isMeant ? 'means' : 'does not mean'} "${key}"`, () => {
      const { root } = parseMcpConfig(`{${property}}`);
      assert.equal(findMisspelt(root, key) !== undefined, isMeant);
    });
  }

  it('is none beside the key itself', () => {
    const { root } = parseMcpConfig('{"comand":"x","command":"y"}');
    assert.ok(findProperty(root, 'comand'));
    assert.equal(findMisspelt(root, 'command'), undefined);
  });
});
