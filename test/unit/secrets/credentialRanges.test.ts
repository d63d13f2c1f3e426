import assert from 'node:assert/strict';
import { parseMcpConfig } from '../../../src/core/config/parseMcpConfig';
import { CredentialRanges } from '../../../src/core/secrets/credentialRanges';

const github = 'ghp_Zk3vQ9mTnB7xWc2LdR8sYh5JpA4gFe6uKo1N';
const password = 'hunter2Tq9vLm';

function mask(text: string): string {
  return CredentialRanges.of(parseMcpConfig(text)).maskText();
}

describe('the credentials in a text that is shown', () => {
  const cases: readonly (readonly [what: string, text: string, masked: string])[] = [
    [
      'an entry, as the rules see it',
      `{"mcpServers":{"a":{"type":"http","url":"https://x.example?token=${password}","headers":{"Authorization":"Bearer ${github}"}}}}`,
      '{"mcpServers":{"a":{"type":"http","url":"https://x.example?token=•••","headers":{"Authorization":"Bearer •••"}}}}',
    ],
    [
      'a value outside of every entry',
      `{"mcpServers":{},"password":"${password}"}`,
      '{"mcpServers":{},"password":"•••"}',
    ],
    ['a name', `{"mcpServers":{"${github}":{}}}`, '{"mcpServers":{"•••":{}}}'],
    [
      'escapes',
      `{"mcpServers":{},"password":"\\u0068${password.slice(1)}"}`,
      '{"mcpServers":{},"password":"•••"}',
    ],
    ['a comment', `{"mcpServers":{}} // token ${github}`, '{"mcpServers":{}} // token •••'],
    ['single quotes', `{'password': '${password}'}`, "{'password': '•••'}"],
    ['no quotes', `{"password": ${password}}`, '{"password": •••}'],
    ['a string that is not closed', `{"password": "${password}\n}`, '{"password": "•••\n}'],
    [
      'a flag and its value',
      `{"args": ["--password", "${password}"`,
      '{"args": ["--password", "•••"',
    ],
    ['a list under a name', `{"password": ["${password}"]`, '{"password": ["•••"]'],
    [
      'the rest of a list',
      `{"password": ["abc", "${password}"], "b": "${password}"}`,
      `{"password": ["abc", "•••"], "b": "${password}"}`,
    ],
    [
      'a list and an object in an entry',
      `{"mcpServers":{"a":{"env":{"API_KEY":["${password}"]},"args":{"token":"${password}"}}}}`,
      '{"mcpServers":{"a":{"env":{"API_KEY":["•••"]},"args":{"token":"•••"}}}}',
    ],
    [
      'a list of pairs outside of the servers',
      `{"mcpServers":{},"a":{"headers":[{"name":"X-Api-Key","value":"${password}"}]}}`,
      '{"mcpServers":{},"a":{"headers":[{"name":"X-Api-Key","value":"•••"}]}}',
    ],
    [
      'a default in a default',
      `{"token":"\${A:-\${B:-${password}}}"}`,
      '{"token":"${A:-${B:-•••}}"}',
    ],
    ['TOML', `token = "${password}"\n[a]\n`, 'token = "•••"\n[a]\n'],
    ['TOML with single quotes', `[a]\ntoken='${password}'`, "[a]\ntoken='•••'"],
    ['YAML', `a:\n  token: ${password}\n`, 'a:\n  token: •••\n'],
    ['names without quotes', `{a: {API_KEY: ${password}}}`, '{a: {API_KEY: •••}}'],
    [
      'a name with its value',
      `{"mcpServers":{"a":{"env":{"API_KEY=${password}":""}}}}`,
      '{"mcpServers":{"a":{"env":{"API_KEY=•••":""}}}}',
    ],
    ['a part of a name', `{"mcpServers":{},"X-${github}":1}`, '{"mcpServers":{},"X-•••":1}'],
    ['a number', '{"a":{"DB_PASSWORD": 84629173 } },', '{"a":{"DB_PASSWORD": ••• } },'],
  ];
  for (const [what, text, masked] of cases) {
    it(`are covered in ${what}`, () => assert.equal(mask(text), masked));
  }

  it('are nothing else', () => {
    const text = `{
      "inputs": [{ "id": "token", "password": true }],
      "mcpServers": {
        "docs": { "type": "http", "url": "https://mcp.example.com/mcp?project=docs" },
        "local": { "command": "npx", "args": ["-y", "@scope/server@1.2.3", "--port", "8080"] }
      }
    }`;
    assert.equal(mask(text), text);
    assert.equal(
      mask(text.replace('{ "type"', '{ // ours\n"type"')),
      text.replace('{ "type"', '{ // ours\n"type"'),
    );
  });

  it('are found where a stretch only touches them', () => {
    const text = `{"password":"${password}"}`;
    const ranges = CredentialRanges.of(parseMcpConfig(text));
    const start = text.indexOf(password);
    const range = { offset: start, length: password.length };
    assert.deepEqual(
      [
        ranges.within(0, start),
        ranges.within(0, start + 1),
        ranges.within(start + 5, start + 6),
        ranges.within(start + password.length, text.length),
      ],
      [[], [range], [range], []],
    );
  });

  it('take time linear in the text', () => {
    const seconds = (length: number) => {
      const text = `{"a":"${'\\"x'.repeat(length / 3)}", ${'b '.repeat(length / 2)}`;
      const start = process.hrtime.bigint();
      mask(text);
      return Number(process.hrtime.bigint() - start) / 1e9;
    };
    seconds(10_000);
    // Ten times as long takes about ten times as much; were it squared, a hundred times.
    assert.ok(seconds(60_000) < 40 * seconds(6000) + 0.05);
  });
});
