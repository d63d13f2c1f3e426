import assert from 'node:assert/strict';
import { parseMcpConfig } from '../../../src/core/config/parseMcpConfig';
import { findFindings } from '../../../src/core/diagnostics/findFindings';

function messagesOf(text: string): readonly string[] {
  return findFindings(parseMcpConfig(text)).map(({ message }) => message);
}

function entry(value: unknown): string {
  return JSON.stringify({ mcpServers: { a: value } });
}

const http = { type: 'http', url: 'https://h.example/mcp' };
const token = `ghp_${'x9K2mQ7vL4tR8wN3bC6zP1dF5hJ0sAqW4eT7'}`;

describe('a message', () => {
  const cases: readonly [text: string, part: string][] = [
    ['{mcpServers:{}}', 'a key needs double quotes.'],
    ['{"mcpServers":{}} x', 'there is text after the end.'],
    ['{"mcpServers":{}}}', 'there is text after the end.'],
    ['[mcp]\na = 1', 'the syntax of another format.'],
    ['mcpServers:\n  a: 1', 'the syntax of another format.'],
    ['{"mcpServers":{"a":True}}', 'only strings in double quotes'],
    ['[]', 'not a list. Write'],
    ['{"mcpServers":"x"}', 'not a string. Write'],
    ['{"x":1}', 'Put the servers under it'],
    ['{"servers":{}}', 'Rename the key.'],
    [entry(1), 'not a number. Write'],
    [entry(null), 'not null. Write'],
    [entry({}), 'Add one of them'],
    [entry({ command: 'node x.js' }), 'Write "node" in "command"'],
    [entry({ command: 'A=1 node x.js' }), 'Write the variable in "env"'],
    [entry({ command: 'cd x && node y' }), 'Start a shell'],
    [entry({ command: 'x', args: 'y' }), 'a list of strings, not a string.'],
    [entry({ ...http, timeout: 0 }), 'a whole number above 0, not 0.'],
    [entry({ ...http, timeout: -1 }), 'a whole number above 0, not -1.'],
    [entry({ ...http, timeout: 1.5 }), 'a whole number above 0, not 1.5.'],
    [entry({ ...http, timeout: '1' }), 'a whole number above 0, not a string.'],
    [entry({ ...http, oauth: { scopes: '' } }), 'at least one scope, not empty.'],
    [entry({ ...http, oauth: { scopes: ['a'] } }), 'at least one scope, not a list.'],
    [entry({ ...http, oauth: { authServerMetadataUrl: 'foo' } }), 'not "foo".'],
    [entry({ ...http, oauth: { authServerMetadataUrl: '${X}' } }), 'not "${X}".'],
    [entry({ ...http, tools: [{}] }), '"tools.0.name" is missing.'],
    [entry({ ...http, toolPermissions: { a: 'x' } }), '"allow", "ask" or "blocked", not "x".'],
    [entry({ ...http, headers: token }), 'in "headers":'],
    [entry({ ...http, headers: [token] }), 'in "headers":'],
    [entry({ command: 'x', env: [token] }), 'in "env":'],
    [entry({ command: 'x', env: { A: token } }), 'in env "A":'],
  ];
  for (const [text, part] of cases) {
    it(`of ${text.replace(token, 'ghp_…')} has ${part}`, () => {
      const messages = messagesOf(text);
      assert.ok(
        messages.some((message) => message.includes(part)),
        messages.join('\n'),
      );
    });
  }

  it('of an address that is none shows neither its user nor its parameters', () => {
    for (const address of [`http://h.example/?a=${token}`, `http://u:s3cr3t@h.example`, token]) {
      const said = messagesOf(entry({ ...http, oauth: { authServerMetadataUrl: address } })).join();
      assert.ok(!said.includes(token) && !said.includes('s3cr3t'), said);
    }
  });

  it('is one for scopes that are empty', () => {
    assert.equal(messagesOf(entry({ ...http, oauth: { scopes: '' } })).length, 1);
  });
});
