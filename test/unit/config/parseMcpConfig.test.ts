import assert from 'node:assert/strict';
import { parseMcpConfig } from '../../../src/core/config/parseMcpConfig';
import { places, type Place } from '../../../src/core/config/place';

function fileProblem(text: string, place: Place = places.project): string | undefined {
  return parseMcpConfig(text, place).fileProblem?.kind;
}

/** The kinds of problem of the entry `a` in a project's file. */
function entryProblems(entry: string): readonly string[] {
  const [server] = parseMcpConfig(`{"mcpServers":{"a":${entry}}}`).servers;
  return server?.problems.map(({ kind }) => kind) ?? ['no server'];
}

const url = '"url":"https://h.example/mcp"';

describe('a configuration file', () => {
  const files: readonly [title: string, text: string, problem: string | undefined][] = [
    ['with servers', '{"mcpServers":{"a":{"command":"x"}}}', undefined],
    ['with other keys beside them', '{"$schema":"s","mcpServers":{},"inputs":[]}', undefined],
    ['without anything in it', '', undefined],
    ['with white space only', ' \r\n\t', undefined],
    ['with a byte order mark', '\uFEFF{"mcpServers":{}}', undefined],
    ['with CRLF', '{\r\n"mcpServers":{}\r\n}', undefined],
    ['that is an empty object', '{}', 'servers-missing'],
    ['that is a bare map', '{"a":{"command":"x"}}', 'servers-missing'],
    ['with the key in other letters', '{"McpServers":{}}', 'servers-missing'],
    ['with the key of VS Code', '{"servers":{}}', 'servers-missing'],
    ['with servers nested under mcp', '{"mcp":{"servers":{}}}', 'servers-missing'],
    ['whose servers are null', '{"mcpServers":null}', 'servers-not-object'],
    ['whose servers are a list', '{"mcpServers":[]}', 'servers-not-object'],
    ['whose servers are a string', '{"mcpServers":"x"}', 'servers-not-object'],
    ['that is a list', '[]', 'not-object'],
    ['that is a string', '"x"', 'not-object'],
    ['that is null', 'null', 'not-object'],
    ['with a comment', '{"mcpServers":{}} // x', 'syntax'],
    ['with a trailing comma', '{"mcpServers":{},}', 'syntax'],
    ['in single quotes', "{'mcpServers':{}}", 'syntax'],
    ['without its last brace', '{"mcpServers":{}', 'syntax'],
    ['with text after the end', '{"mcpServers":{}} x', 'syntax'],
    ['with a tab inside a string', '{"mcpServers":{"a\tb":{"command":"x"}}}', 'syntax'],
    ['with NaN', '{"mcpServers":{"a":{"command":"x","timeout":NaN}}}', 'syntax'],
    ['in UTF-16', '{\u0000"\u0000m\u0000', 'syntax'],
    ['of more than 2 MiB', `{"mcpServers":{}}${' '.repeat(2 * 1024 * 1024)}`, 'too-large'],
    ['of 2 MiB exactly', '{"mcpServers":{}}'.padEnd(2 * 1024 * 1024), undefined],
    [
      'of 2 MiB in characters but more in bytes',
      `{"é":1,"mcpServers":{}}`.padEnd(2 * 1024 * 1024),
      'too-large',
    ],
  ];
  for (const [title, text, problem] of files) {
    it(`${title}: ${problem ?? 'is read'}`, () => assert.equal(fileProblem(text), problem));
  }

  it('of a plugin may be a bare map', () => {
    const config = parseMcpConfig('{"a":{"command":"x"}}', places.plugin);
    assert.deepEqual(
      config.servers.map(({ name, loads, path }) => ({ name, loads, path })),
      [{ name: 'a', loads: true, path: ['a'] }],
    );
  });

  it('of a plugin may name another file in its manifest', () => {
    assert.equal(
      fileProblem('{"name":"p","mcpServers":"./mcp.json"}', places.pluginManifest),
      undefined,
    );
    assert.equal(fileProblem('{"name":"p"}', places.pluginManifest), undefined);
  });

  it('of a user holds own servers and those of each project', () => {
    const text = '{"mcpServers":{"a":{"command":"x"}},"projects":{"/p":{"mcpServers":{"b":{}}}}}';
    assert.deepEqual(
      parseMcpConfig(text, places.user).servers.map(({ name, project, loads, path }) => ({
        name,
        project,
        loads,
        path,
      })),
      [
        { name: 'a', project: undefined, loads: true, path: ['mcpServers', 'a'] },
        { name: 'b', project: '/p', loads: false, path: ['projects', '/p', 'mcpServers', 'b'] },
      ],
    );
  });

  it('of a plugin may list paths and maps', () => {
    const text = '{"mcpServers":["./x.json",{"a":{"command":"x"}}]}';
    const { fileProblem, servers } = parseMcpConfig(text, places.pluginManifest);
    assert.deepEqual([fileProblem, servers.map(({ name }) => name)], [undefined, ['a']]);
  });

  it('with a name twice loads the last entry of it, and of two wrappers the last', () => {
    const entry = '{"command":"x"}';
    const twice = parseMcpConfig(`{"mcpServers":{"a":${entry},"a":${entry}}}`).servers;
    const wrappers = parseMcpConfig(`{"mcpServers":{"a":${entry}},"mcpServers":{}}`).servers;
    assert.deepEqual(
      [...twice, ...wrappers].map(({ loads }) => loads),
      [false, true, false],
    );
  });

  it('with servers where another client has them still shows them', () => {
    const { servers } = parseMcpConfig('{"mcp":{"servers":{"a":{"command":"x"}}}}');
    assert.deepEqual(
      servers.map(({ name, loads }) => ({ name, loads })),
      [{ name: 'a', loads: false }],
    );
  });

  it('nested without end is read as far as the client reads', () => {
    const depth = 500;
    const nested = '{"a":'.repeat(depth) + '1' + '}'.repeat(depth);
    const { servers } = parseMcpConfig(`{"mcpServers":{"deep":{"command":"x","extra":${nested}}}}`);
    assert.deepEqual(
      servers.map(({ loads, strings }) => ({ loads, strings: strings.length })),
      [{ loads: true, strings: 1 }],
    );
  });

  it('that is broken is read as far as it goes, and nothing of it loads', () => {
    const { servers } = parseMcpConfig('{"mcpServers":{"a":{"command":"x"},"b":{"command"');
    assert.deepEqual(
      servers.map(({ name, loads }) => ({ name, loads })),
      [
        { name: 'a', loads: false },
        { name: 'b', loads: false },
      ],
    );
  });
});

describe('an entry', () => {
  const entries: readonly [entry: string, problems: readonly string[]][] = [
    ['{"command":"x"}', []],
    ['{"type":"stdio","command":"x","args":[],"env":{}}', []],
    [`{"type":"http",${url}}`, []],
    [`{"type":"streamable-http",${url}}`, []],
    [`{"type":"sse",${url}}`, []],
    [`{"type":"ws",${url}}`, []],
    [`{"command":"x",${url}}`, []],
    [`{"type":"http",${url},"headersHelper":"","unknown":1,"disabled":true}`, []],
    [`{"type":"ws",${url},"oauth":1}`, []],
    ['{"command":"x","headers":1,"url":1}', []],
    ['{"command":" "}', []],
    ['null', ['not-object']],
    ['"x"', ['not-object']],
    ['[]', ['not-object']],
    ['{}', ['command-missing']],
    ['{"serverUrl":"https://h.example"}', ['command-missing']],
    ['{"command":""}', ['command-empty']],
    ['{"command":1}', ['field-type']],
    [`{${url}}`, ['type-missing']],
    ['{"url":null}', ['type-missing']],
    [`{"type":"HTTP",${url}}`, ['type-unknown']],
    [`{"type":"",${url}}`, ['type-unknown']],
    [`{"type":"toString",${url}}`, ['type-unknown']],
    ['{"type":"sdk"}', ['type-unknown']],
    [`{"type":null,${url}}`, ['field-type', 'command-missing']],
    ['{"type":"http"}', ['url-missing']],
    ['{"type":"http","url":[]}', ['field-type']],
    ['{"command":"x","args":"y"}', ['field-type']],
    ['{"command":"x","args":["y",1,null]}', ['field-type', 'field-type']],
    ['{"command":"x","env":[]}', ['field-type']],
    ['{"command":"x","env":{"A":1,"A":"last one wins"}}', []],
    [`{"type":"http",${url},"headers":{"A":true}}`, ['field-type']],
    [`{"type":"http",${url},"headersHelper":{}}`, ['field-type']],
    [`{"type":"http",${url},"oauth":false}`, ['field-type']],
    [`{"type":"http",${url},"oauth":{"clientId":"","callbackPort":70000,"scope":1}}`, []],
    [`{"type":"http",${url},"oauth":{"scopes":["a"]}}`, ['field-type']],
    [`{"type":"http",${url},"oauth":{"scopes":""}}`, ['field-type']],
    [
      `{"type":"http",${url},"oauth":{"authServerMetadataUrl":"http://127.0.0.1/x"}}`,
      ['field-type'],
    ],
    ['{"command":"x","timeout":"5"}', ['field-type']],
    ['{"command":"x","timeout":1.5}', ['field-type']],
    ['{"command":"x","timeout":0}', ['field-type']],
    ['{"command":"x","alwaysLoad":"true"}', ['field-type']],
    [`{"type":"http",${url},"tools":["*"]}`, ['field-type']],
    ['{"command":"x","tools":["*"],"toolPermissions":1}', []],
    [`{"type":"ws",${url},"tools":1}`, []],
    [`{"type":"sse",${url},"tools":[{}]}`, ['field-type']],
    [`{"type":"http",${url},"tools":[{"name":"t","permission_policy":"always_ask"}]}`, []],
    [`{"type":"http",${url},"toolPermissions":{"t":"allow"}}`, []],
    [`{"type":"http",${url},"toolPermissions":{"t":"maybe"}}`, ['field-type']],
  ];
  for (const [entry, problems] of entries) {
    it(`${entry}: ${problems.join(', ') || 'loads'}`, () =>
      assert.deepEqual(entryProblems(entry), problems));
  }

  for (const name of ['workspace', 'workspace ', 'claude.ai', 'Claude in Chrome', '__proto__']) {
    it(`named ${JSON.stringify(name)} does not load`, () => {
      const text = `{"mcpServers":{${JSON.stringify(name)}:{"command":"x"}}}`;
      assert.deepEqual(parseMcpConfig(text).servers[0]?.problems, [{ kind: 'name-reserved' }]);
    });
  }
  for (const name of ['Workspace', 'CLAUDE.AI', 'a b', '', '${X}', 'ü', 'constructor']) {
    it(`named ${JSON.stringify(name)} loads`, () => {
      const text = `{"mcpServers":{${JSON.stringify(name)}:{"command":"x"}}}`;
      assert.equal(parseMcpConfig(text).servers[0]?.loads, true);
    });
  }
});
