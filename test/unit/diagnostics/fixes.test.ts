import assert from 'node:assert/strict';
import { applyEdits } from '../../../src/core/base/range';
import { parseMcpConfig } from '../../../src/core/config/parseMcpConfig';
import { findFindings } from '../../../src/core/diagnostics/findFindings';

const token = `ghp_${'a1B2c3D4e5F6'.repeat(3)}`;

/** The text after each first fix of the findings of `rule`, one after the other on the original. */
function fixesOf(text: string, rule: string): readonly (string | undefined)[] {
  return findFindings(parseMcpConfig(text))
    .filter((finding) => finding.rule === rule)
    .map(({ fixes }) => {
      const [fix] = fixes?.() ?? [];
      return fix && applyEdits(text, fix.edits);
    });
}

describe('a fix', () => {
  const cases: readonly [title: string, rule: string, entry: string, fixed: string | undefined][] =
    [
      [
        'keeps what stands around a credential, escapes included',
        'secret-literal',
        `"a": { "command": "x", "args": ["\\u002d-token=${token}\\n"] }`,
        '"a": { "command": "x", "args": ["\\u002d-token=${GITHUB_TOKEN}\\n"] }',
      ],
      [
        'is not offered where an escape is broken: the value could not be told',
        'secret-literal',
        `"a": { "command": "x", "args": ["C:\\d ${token}"] }`,
        undefined,
      ],
      [
        'replaces a reference whole when its default is the credential, whatever the operator',
        'secret-default',
        `"a": { "command": "x", "env": { "T": "\${GITHUB_TOKEN:=${token}}" } }`,
        '"a": { "command": "x", "env": { "T": "${GITHUB_TOKEN}" } }',
      ],
      [
        'gives a value a name that no other server uses',
        'secret-literal',
        `"a": { "command": "x", "env": { "T": "\${GITHUB_TOKEN}" } }, "b": { "command": "x", "args": ["${token}"] }`,
        '"a": { "command": "x", "env": { "T": "${GITHUB_TOKEN}" } }, "b": { "command": "x", "args": ["${GITHUB_TOKEN_2}"] }',
      ],
      [
        'makes a socket of a socket address',
        'server-command-missing',
        '"a": { "serverUrl": "wss://h.example/ws" }',
        '"a": { "type": "ws", "url": "wss://h.example/ws" }',
      ],
      [
        'does not write url a second time',
        'server-command-missing',
        '"a": { "type": "stdio", "serverUrl": "https://a.example", "url": "https://b.example" }',
        '"a": { "type": "http", "serverUrl": "https://a.example", "url": "https://b.example" }',
      ],
      [
        'does not take a name that is there',
        'server-name-reserved',
        '"workspace": { "command": "x" }, "my-workspace": { "command": "x" }',
        '"my-workspace-2": { "command": "x" }, "my-workspace": { "command": "x" }',
      ],
    ];
  for (const [title, rule, entry, fixed] of cases) {
    it(title, () => {
      const wrap = (entries: string) => `{ "mcpServers": { ${entries} } }`;
      assert.deepEqual(fixesOf(wrap(entry), rule), [fixed && wrap(fixed)]);
    });
  }

  it('is not applied unseen where it would show a credential to others', () => {
    const entry = { command: 'x', args: ['--token', '$API_TOKEN', '$DATA_DIR'], env: { T: '$T' } };
    const findings = findFindings(
      parseMcpConfig(JSON.stringify({ mcpServers: { a: entry } })),
    ).filter(({ rule }) => rule === 'variable-syntax-foreign');
    assert.deepEqual(
      findings.map(({ variables, fixes }) => [...variables, fixes?.()[0]?.isSafe]),
      [
        ['API_TOKEN', false],
        ['DATA_DIR', true],
        ['T', true],
      ],
    );
  });

  it('that removes comments joins no two values', () => {
    assert.deepEqual(
      fixesOf('{"mcpServers":{"a":{"command":"x","timeout":1/**/2}}}', 'json-invalid'),
      [undefined],
    );
  });

  it('is not offered for a scheme whose token is missing', () => {
    const text =
      '{"mcpServers":{"a":{"type":"http","url":"https://h.example","headers":{"Authorization":"Bearer"}}}}';
    assert.deepEqual(fixesOf(text, 'auth-scheme-missing'), []);
  });

  it('concerns what the transport reads: no address of a local program, no env of a remote one', () => {
    const text = `{"mcpServers":{"a":{"command":"x","url":"http://h.example/\${U}","headers":{"Authorization":"$T"}},"b":{"type":"http","url":"https://h.example","env":{"A":"$T"}}}}`;
    const findings = findFindings(parseMcpConfig(text));
    assert.deepEqual(
      findings.map(({ rule }) => rule),
      ['server-transport-mixed', 'field-ignored'],
    );
  });

  it('sees through addresses that are written to look harmless', () => {
    const hosts = [
      'http:/h.example/x',
      'http://h.example\\\\@localhost/x',
      'http://127.1/x',
      'http://localhost./x',
      'http://[::ffff:127.0.0.1]/x',
    ];
    const entries = hosts.map((url, index) => `"${index}":{"type":"http","url":"${url}"}`);
    const findings = findFindings(parseMcpConfig(`{"mcpServers":{${entries.join()}}}`));
    assert.deepEqual(
      findings.map(({ rule, server }) => `${rule} ${server}`),
      ['url-insecure 0', 'url-insecure 1'],
    );
  });
});
