import assert from 'node:assert/strict';
import { applyEdits } from '../../../src/core/base/range';
import { parseMcpConfig } from '../../../src/core/config/parseMcpConfig';
import { places, type Place } from '../../../src/core/config/place';
import { findFindings, type FindingOptions } from '../../../src/core/diagnostics/findFindings';
import { environmentOf, sourceOf } from '../../../src/core/variables/environment';

function check(entry: object, options: FindingOptions = {}, place: Place = places.project) {
  const text = JSON.stringify({ mcpServers: { a: entry } });
  return findFindings(parseMcpConfig(text, place), options).map(
    ({ rule, severity }) => `${rule} ${severity}`,
  );
}

const environment = environmentOf([
  sourceOf('the environment', 'always', { GITHUB_TOKEN: 'x', CLAUDE_PROJECT_DIR: '/p' }),
  sourceOf('your login shell', 'terminals', { LINEAR_TOKEN: 'x', NOTION_TOKEN: 'x', TEAM: '' }),
  sourceOf('.env', 'never', { NOTION_TOKEN: 'x', SENTRY_TOKEN: 'x' }),
]);
const http = { type: 'http', url: 'https://mcp.example.com/mcp' };

describe('variables', () => {
  it('of a plugin are known in its own configuration', () => {
    const entry = {
      command: '${CLAUDE_PLUGIN_ROOT}/run',
      args: ['${CLAUDE_PROJECT_DIR}', '${user_config.key}'],
    };
    assert.deepEqual(
      [check(entry, { environment }, places.plugin), check(entry, {}, places.user).length],
      [[], 3],
    );
  });

  it('that are set are nobody else’s matter', () => {
    assert.deepEqual(check({ command: '${CLAUDE_PROJECT_DIR}/run' }, { environment }), []);
  });

  it('that are misspelt are said once, as what they are', () => {
    const entry = { ...http, headers: { Authorization: 'Bearer ${GITHUB_TOKNE}' } };
    assert.deepEqual(
      [check(entry, { environment }), check(entry)],
      [['variable-misspelt warning'], []],
    );
  });

  it('that are in .env are found there and not misspelt', () => {
    const entry = { ...http, headers: { Authorization: 'Bearer ${SENTRY_TOKEN}' } };
    assert.deepEqual(check(entry, { environment }), ['variable-unset warning']);
  });

  it('that the login shell sets are information, with a default that carries nothing too', () => {
    const of = (value: string) =>
      check({ ...http, headers: { 'X-Api-Key': value } }, { environment }, places.user);
    assert.deepEqual(
      ['${LINEAR_TOKEN}', '${NOTION_TOKEN}', '${LINEAR_TOKEN:-}', '${TEAM:-x}'].map(of),
      [
        ['variable-unset information'],
        ['variable-unset information'],
        ['variable-unset information'],
        [],
      ],
    );
  });

  it('are a hint in an argument that mcp-remote may fill in by itself', () => {
    const entry = {
      command: 'npx',
      args: ['mcp-remote', 'https://mcp.example.com/mcp', '--header', 'X-Key:${MY_API_KEY}'],
      env: { MY_API_KEY: '${GITHUB_TOKEN}' },
    };
    const wrapper = 'remote-wrapper-unneeded information';
    assert.deepEqual(
      [check(entry), check(entry, { environment })],
      [
        [wrapper, 'secret-in-args hint'],
        [wrapper, 'variable-unset information'],
      ],
    );
  });

  it('are told of an entry that does not load yet: its repair brings no surprise', () => {
    const entry = {
      url: 'https://mcp.example.com/?token=${GITHUB_TOKEN}',
      headers: { Authorization: 'Basic YOUR_TOKEN' },
      oauth: { clientId: '${X}' },
    };
    const told = [
      'secret-in-url information',
      'auth-header-blocks-oauth information',
      'auth-basic hint',
      'secret-placeholder warning',
      'variable-not-expanded-here warning',
    ];
    assert.deepEqual(
      [check(entry), check({ type: 'http', ...entry })],
      [['server-type-missing error', ...told], told],
    );
  });
});

describe('what is said of a variable', () => {
  function say(rule: string, entry: object): readonly string[] {
    const text = JSON.stringify({ mcpServers: { a: entry } });
    return findFindings(parseMcpConfig(text), { environment })
      .filter((finding) => finding.rule === rule)
      .map(({ message }) => message);
  }

  it('invites no default where its name promises a credential', () => {
    const said = ['MY_API_TOKEN', 'REGION', 'PWD'].flatMap((name) =>
      say('variable-unset', { ...http, headers: { 'X-A': `\${${name}}` } }),
    );
    assert.deepEqual(
      said.map((message) => message.includes('add a default')),
      [false, true, true],
    );
  });

  it('is passed on to a program and sent to a server', () => {
    for (const [rule, value] of [
      ['variable-unset', '${REGION}'],
      ['variable-syntax-foreign', '$REGION'],
    ] as const) {
      const local = say(rule, { command: 'run', args: [value], env: { A: value } });
      const remote = say(rule, { ...http, headers: { 'X-A': value } });
      assert.deepEqual(
        [...local, ...remote].map(
          (message) => /passes the text on|sends the text/.exec(message)?.[0],
        ),
        ['passes the text on', 'passes the text on', 'sends the text'],
      );
    }
  });
});

describe('a repair of what another program would read', () => {
  function isSafe(entry: object): readonly (boolean | undefined)[] {
    const text = JSON.stringify({ mcpServers: { a: { command: 'run', ...entry } } });
    return findFindings(parseMcpConfig(text), { environment })
      .filter(({ rule }) => rule === 'variable-syntax-foreign' || rule === 'command-unsplit')
      .map(({ fixes }) => fixes?.()[0]?.isSafe);
  }
  const cases: readonly [entry: object, isSafe: readonly (boolean | undefined)[]][] = [
    [{ args: ['$HOST', '--host=$HOST', '$HOME/x', '%APPDATA%\\x'] }, [true, false, false, false]],
    [
      { env: { A: 'Bearer $TOKEN', B: '{{NAME}}', C: '${env:A}/b', D: '{{name}}' } },
      [true, true, true, false],
    ],
    [{ args: ['$(cmd)', '$GITHUB_TOKEN'] }, [undefined, false]],
    [{ command: 'node x.js' }, [true]],
    [{ command: 'node x.js', args: [] }, [true]],
    [{ command: 'node x.js', args: ['a'] }, [false]],
    [{ command: 'npx -y mcp-remote https://h.example' }, [false]],
    [{ command: 'node x.js --token ${GITHUB_TOKEN}' }, [false]],
    [{ command: 'node "x y.js"' }, [undefined]],
    [{ command: 'node x.js', args: 'a' }, [undefined]],
  ];
  for (const [entry, expected] of cases) {
    it(`of ${JSON.stringify(entry)} is applied unseen only where nothing else was meant`, () => {
      assert.deepEqual(isSafe(entry), expected);
    });
  }
});

describe('messages and titles', () => {
  const secret = 'Zk3vQ9pL7xT2mW8nB4cR';
  it('repeat nothing that may be a credential', () => {
    const values = [
      `\${A:-${secret}}`,
      `\${A-${secret}}`,
      `\${A:=${secret}}`,
      `\${ A:-${secret} }`,
      `\${env:A:-${secret}}`,
      `\${A:-\${B:-${secret}}}`,
      `\${user_config.a:-${secret}}`,
      `\${vault:${secret}}`,
      `Bearer Bearer ${secret}`,
      `Basic ${secret}`,
      `\${A ${secret}`,
    ];
    for (const value of values) {
      const text = JSON.stringify({
        mcpServers: {
          a: { ...http, headers: { Authorization: value } },
          b: { command: 'npx', args: ['mcp-remote', `https://h.example/?token=${value}`, '--x'] },
          c: { command: 'run', env: { API_KEY: value }, args: ['--token', value] },
        },
      });
      const config = parseMcpConfig(text);
      for (const { message, fixes } of findFindings(config, { environment })) {
        const said = [message, ...(fixes?.() ?? []).map(({ title }) => title)].join();
        assert.ok(!said.includes(secret), `${value}: ${said}`);
      }
    }
  });
});

describe('hostile values', () => {
  const long = 100_000;
  for (const [title, part] of [
    ['spaces', ' '],
    ['open braces', '${'],
    ['nested defaults', '${A:-'],
    ['schemes', 'Bearer '],
    ['colons', 'a:'],
    ['slashes', '/'],
    ['names', '${API_TOKEN}'],
  ] as const) {
    it(`of ${title} take time linear in their length`, () => {
      const value = `Bearer${part.repeat(long / part.length)}\u0001x`;
      const text = JSON.stringify({
        mcpServers: {
          a: {
            ...http,
            headers: { Authorization: value, 'X-Api-Key': `${value}\${B:-}` },
            oauth: {},
          },
          b: { type: 'http', url: `https://h.example/${value}` },
          c: { command: 'npx', args: ['mcp-remote', 'https://h.example', '--header', value] },
        },
      });
      const start = performance.now();
      const findings = findFindings(parseMcpConfig(text), { environment });
      findings.slice(0, 20).forEach(({ fixes }) => fixes?.());
      const time = performance.now() - start;
      assert.ok(time < 4000, `${time} ms`);
    });
  }
});

describe('a wrapper that is not needed', () => {
  /** The entry after the fix; `undefined` where there is none. */
  function fixed(entry: object): unknown {
    const text = JSON.stringify({ mcpServers: { a: entry } }, null, '\t');
    const found = findFindings(parseMcpConfig(text));
    const finding = found.find(({ rule }) => rule === 'remote-wrapper-unneeded');
    const [fix] = finding?.fixes?.() ?? [];
    const result =
      fix && (JSON.parse(applyEdits(text, fix.edits)) as { mcpServers: { a: object } });
    return result?.mcpServers.a;
  }
  const start = ['mcp-remote', 'https://h.example/mcp'];

  it('keeps the name of a variable for which env has an empty value', () => {
    const args = [...start, '--header', 'Authorization: Bearer ${T}'];
    assert.deepEqual(fixed({ command: 'npx', args, env: { T: '' } }), {
      type: 'http',
      url: 'https://h.example/mcp',
      headers: { Authorization: 'Bearer ${T}' },
    });
  });

  it('keeps a colon within a header, and characters that JSON escapes', () => {
    const args = [...start, '--header', 'X-Note:  "a": b\\c '];
    assert.deepEqual(fixed({ command: 'npx', args }), {
      type: 'http',
      url: 'https://h.example/mcp',
      headers: { 'X-Note': '"a": b\\c' },
    });
  });

  it('is found behind every launcher', () => {
    const launchers: readonly (readonly [command: string, ...args: readonly string[]])[] = [
      ['bunx'],
      ['npx', '--yes', '-p', 'mcp-remote'],
      ['pnpm', 'dlx'],
      ['npm', 'exec', '--'],
      ['bun', 'x'],
      ['cmd', '/C', 'npx', '-y'],
      ['C:\\nodejs\\npx.cmd', '-y'],
    ];
    for (const [command, ...args] of launchers) {
      assert.ok(fixed({ command, args: [...args, ...start] }) !== undefined, command);
    }
  });

  for (const [title, entry] of [
    ['says something that an entry cannot', { command: 'npx', args: [...start, '--host', 'h'] }],
    [
      'has two headers of one name',
      { command: 'npx', args: [...start, '--header', 'A: 1', '--header', 'A: 2'] },
    ],
    ['has a header without a colon', { command: 'npx', args: [...start, '--header', 'nonsense'] }],
    ['has an address of its own', { command: 'npx', args: start, url: 'https://other.example' }],
    ['connects through a proxy', { command: 'npx', args: start, env: { HTTPS_PROXY: 'http://p' } }],
  ] as const) {
    it(`stays where it ${title}`, () => assert.equal(fixed(entry), undefined));
  }
});
