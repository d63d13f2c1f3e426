import assert from 'node:assert/strict';
import { parseMcpConfig } from '../../../src/core/config/parseMcpConfig';
import { findFindings } from '../../../src/core/diagnostics/findFindings';
import type { LoginReading } from '../../../src/core/claudeCode/loginState';
import { ServerStore, serverId, type ConfigFile } from '../../../src/core/servers/serverStore';
import { ago } from '../../../src/core/tree/nodeText';
import {
  buildServerTree,
  countAttention,
  type ServerTreeNode,
} from '../../../src/core/tree/serverTree';
import { fixtureEnvironment } from '../../support/ruleFixtures';

const key = '3f9d2b7c81e64a05'.repeat(2);
const text = `{
  "mcpServers": {
    "good": { "type": "http", "url": "https://h.example/mcp", "headers": { "Authorization": "Bearer \${SET}" } },
    "leaky": { "type": "http", "url": "https://h.example/mcp?api_key=${key}" },
    "unset": { "type": "http", "url": "https://h.example/mcp", "headers": { "X-API-Key": "\${UNSET_KEY}" } },
    "typeless": { "url": "https://h.example/mcp" },
    "local": { "command": "run" },
    "local": { "command": "run again" }
  }
}`;

function fileOf(content: string, label = '.mcp.json'): ConfigFile {
  const config = parseMcpConfig(content);
  const findings = findFindings(config, { environment: fixtureEnvironment });
  return { id: `file:///w/${label}`, label, config, findings };
}

function storeOf(...files: readonly ConfigFile[]): ServerStore {
  const store = new ServerStore();
  files.forEach((file) => store.setFile(file));
  return store;
}

function build(store: ServerStore, now = 0): readonly ServerTreeNode[] {
  return buildServerTree(store, { environment: () => fixtureEnvironment, now });
}

/** The rows as indented text, as one would read them. */
function draw(nodes: readonly ServerTreeNode[], indent = ''): readonly string[] {
  return nodes.flatMap(({ label, description, children }) => [
    `${indent}${label}${description ? ` | ${description}` : ''}`,
    ...draw(children, `${indent}  `),
  ]);
}

describe('the servers view', () => {
  it('shows each server with its method and the first thing that keeps it from working', () => {
    const rows = draw(build(storeOf(fileOf(text)))).filter((row) => !row.startsWith('    '));
    assert.deepEqual(rows, [
      '.mcp.json | project · 6 servers · 4 need attention',
      '  good | Bearer · not tested',
      '  leaky | In the URL · literal secret',
      '  unset | API key · missing UNSET_KEY',
      '  typeless | will not load: it has a url but no type',
      '  local | will not load: a later entry has its name',
      '  local | No auth · not tested',
    ]);
  });

  it('says under a server what is known of it, without any credential', () => {
    const [file] = build(storeOf(fileOf(text)));
    assert.deepEqual(draw(file?.children.slice(1, 3) ?? []), [
      'leaky | In the URL · literal secret',
      '  Method | In the URL',
      '  URL | https://h.example/mcp?api_key=•••',
      '  Literal API key in url parameter "api_key": everyone with access to this file can use it. Move it to a variable.',
      'unset | API key · missing UNSET_KEY',
      '  Method | API key',
      '  URL | https://h.example/mcp',
      '  Headers | X-API-Key',
      '  UNSET_KEY | not set',
      '  UNSET_KEY is not set where Claude Code would look. It does not expand ${UNSET_KEY} and sends the text as it is. Set it before Claude Code starts.',
    ]);
    assert.ok(!JSON.stringify(file).includes(key));
  });

  it('says what Claude Code has of a sign-in, and counts one that was lost', () => {
    const content = JSON.stringify({
      mcpServers: { a: { type: 'http', url: 'https://h.example/mcp' } },
    });
    const file = fileOf(content);
    const [server] = file.config.servers;
    assert.ok(server);
    const store = storeOf(file);
    const now = 1_000_000;
    const rowWith = (login: LoginReading) => {
      store.setLogins(file.id, new Map([[serverId(file, server), login]]));
      const [row] = build(store, now)[0]?.children ?? [];
      const detail = row?.children.find(({ label }) => label === 'In Claude Code');
      return [row?.description, detail?.description, countAttention(store, now)];
    };
    const login = { hasAccessToken: true, hasRefreshToken: true, issuer: 'https://as.example' };
    assert.deepEqual(
      [
        rowWith({
          kind: 'read',
          login: { ...login, expiresAt: now + 7_200_000, scope: 'a b\n$(zap)' },
        }),
        rowWith({ kind: 'read', login: { ...login, expiresAt: now } }),
        rowWith({ kind: 'read', login: { ...login, hasAccessToken: false } }),
        rowWith({ kind: 'read', login: undefined }),
        rowWith({ kind: 'lost', by: 'name' }),
        rowWith({ kind: 'unknown', why: { kind: 'unresolved', names: ['A', 'B'] } }),
        rowWith({ kind: 'unknown', why: { kind: 'not-asked' } }),
      ],
      [
        [
          'OAuth · signed in, 2 h left',
          'signed in, 2 h left · by https://as.example · scopes a b $(zap)',
          0,
        ],
        [
          'OAuth · signed in, renewed at the next use',
          'signed in, renewed at the next use · by https://as.example',
          0,
        ],
        ['OAuth · signed out', 'signed out', 1],
        ['OAuth · not tested', 'not signed in', 0],
        ['OAuth · signed out by a change of its name', 'signed out by a change of its name', 1],
        ['OAuth · not tested', 'depends on A, B', 0],
        ['OAuth · not tested', 'not read', 0],
      ],
    );
  });

  it('gives every row an id of its own', () => {
    const ids = (nodes: readonly ServerTreeNode[]): string[] =>
      nodes.flatMap((node) => [node.id, ...ids(node.children)]);
    const all = ids(build(storeOf(fileOf(text), fileOf(text, 'web/.mcp.json'))));
    assert.equal(new Set(all).size, all.length);
  });

  it('shows a test with its age until the entry changes', () => {
    const store = storeOf(fileOf(text));
    const record = store.servers(fileOf(text))[0];
    assert.ok(record);
    const lastTest = { isAccepted: false, state: 'rejected (401)', headline: 'Rejected.', at: 0 };
    store.setLastTest(record, lastTest);
    const row = () => build(store, 180_000)[0]?.children[0]?.description;
    assert.equal(row(), 'Bearer · rejected (401) 3 min ago');
    store.setFile(fileOf(text.replace('/mcp", "headers"', '/v2", "headers"')));
    assert.equal(row(), 'Bearer · not tested since this change');
    store.setFile(fileOf(text));
    assert.equal(row(), 'Bearer · rejected (401) 3 min ago');
  });

  it('keeps a test when the entry is only laid out anew, and not when a value changes', () => {
    const store = storeOf(fileOf(text));
    const record = store.servers(fileOf(text))[0];
    assert.ok(record);
    store.setLastTest(record, {
      isAccepted: true,
      state: 'accepted',
      headline: 'Accepted.',
      at: 0,
    });
    const row = () => build(store)[0]?.children[0]?.description;
    const stays = [
      JSON.stringify(JSON.parse(text)),
      text.replaceAll('\n', '\r\n'),
      text.replace('"type"', ' "typ\\u0065"'),
    ];
    for (const content of stays) {
      store.setFile(fileOf(content));
      assert.equal(row(), 'Bearer · accepted just now', content);
    }
    const changes = [
      text.replace('"http", "url"', '"http", "url": "https://other.example/mcp", "url"'),
      text.replace('Bearer ', 'Bearer  '),
      text.replace('"http", "url"', '"http", "timeout": 1, "url"'),
    ];
    for (const content of changes) {
      store.setFile(fileOf(content));
      assert.equal(row(), 'Bearer · not tested since this change', content);
    }
  });

  it('leaves an entry that a later one hides out of the tests of its name', () => {
    const alike = fileOf(text.replace('run again', 'run'));
    const store = storeOf(alike);
    const record = store.servers(alike)[5];
    assert.ok(record);
    const rows = () => build(store)[0]?.children.slice(4);
    const shown = () => rows()?.map(({ description }) => description);
    const end = store.beginTest(record);
    const hidden = 'will not load: a later entry has its name';
    assert.deepEqual(shown(), [hidden, 'No auth · testing…']);
    store.setLastTest(record, {
      isAccepted: true,
      state: 'accepted',
      headline: 'Accepted.',
      at: 0,
    });
    end();
    assert.deepEqual(shown(), [hidden, 'No auth · accepted just now']);
    assert.ok(!rows()?.[0]?.actions.includes('hasReport'));
  });

  it('shows that a test is under way, and what was before when it has no result', () => {
    const store = storeOf(fileOf(text));
    const record = store.servers(fileOf(text))[0];
    assert.ok(record);
    const row = () => build(store)[0]?.children[0];
    const ends = [store.beginTest(record), store.beginTest(record)];
    assert.deepEqual([row()?.description, row()?.icon], ['Bearer · testing…', 'loading~spin']);
    ends.pop()?.();
    assert.equal(row()?.description, 'Bearer · testing…');
    ends.pop()?.();
    assert.equal(row()?.description, 'Bearer · not tested');
  });

  it('counts the servers that somebody has to look at', () => {
    assert.equal(countAttention(storeOf(fileOf(text)), 0), 4);
  });

  it('says of a broken file that nothing in it loads', () => {
    assert.deepEqual(draw(build(storeOf(fileOf('{"mcpServers": {')))), [
      '.mcp.json | project · nothing loads',
    ]);
    assert.deepEqual(draw(build(storeOf(fileOf('')))), ['.mcp.json | project · 0 servers']);
  });

  it('keeps hostile names on one line', () => {
    const hostile = JSON.stringify({ mcpServers: { 'a\n\u202eb\u0007': { command: 'run' } } });
    assert.equal(build(storeOf(fileOf(hostile)))[0]?.children[0]?.label, 'a  b ');
  });

  it('sorts files from the top of the workspace down', () => {
    const store = storeOf(
      fileOf('', 'z/.mcp.json'),
      fileOf('', '.mcp.json'),
      fileOf('', 'a/.mcp.json'),
    );
    assert.deepEqual(
      build(store).map(({ label }) => label),
      ['.mcp.json', 'a/.mcp.json', 'z/.mcp.json'],
    );
  });

  it('words an age', () => {
    assert.deepEqual([0, 59_999, 60_000, 3_600_000, 86_400_000].map(ago), [
      'just now',
      'just now',
      '1 min ago',
      '1 h ago',
      '1 d ago',
    ]);
  });
});
