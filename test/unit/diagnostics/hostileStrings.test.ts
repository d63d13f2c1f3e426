import assert from 'node:assert/strict';
import { parseMcpConfig } from '../../../src/core/config/parseMcpConfig';
import { findFindings } from '../../../src/core/diagnostics/findFindings';
import { fixtureEnvironment, fixtureFiles } from '../../support/ruleFixtures';

/** Parts that make a pattern search in vain when they come again and again. */
const parts = [
  ...['a', ' ', '-', '.', ':', '/', '=', '&', '@', ',', ';', '<', '"', '\\', '\n', '\u200b'],
  ...['{', '[', '$', '${', '${a:-', '${A', '$(', '{{', '%A', '${env:', '${a:-${', 'a: '],
  ...['Bearer ', 'Basic ', 'a://', 'a:a@', '/mcp', '?token=', '--header ', '-e A=', 'API_KEY='],
  ...['ghp_', 'eyJhbGciOiJ9.', '-----BEGIN PRIVATE KEY-----', 'your_', 'A1', 'npx ', '1.'],
  ...[',\t', ',\t"', ';a=', 'a: b,'],
];

/** Two files with the same text in every place that a rule reads, each below the size limit. */
function everywhere(value: string): readonly string[] {
  const local = { command: 'npx', args: ['-y', value, '--token', value], env: { A: value } };
  const remote = { type: 'http', url: value, headers: { Authorization: value, [value]: 'x' } };
  return [
    { a: local, b: { command: value, env: { API_KEY: value } }, [value]: { command: 'x' } },
    { a: remote, b: { ...remote, url: `https://h.example/${value}`, headersHelper: value } },
    { a: { type: 'sse', url: 'x', oauth: { clientId: value, scopes: value }, [value]: value } },
  ].map((mcpServers) => JSON.stringify({ mcpServers }));
}

// Quadratic work would take minutes, so that the time limit of a test tells it.
describe('a string of 100 kB in every place is read in linear time:', () => {
  for (const part of parts) {
    it(`${JSON.stringify(part)} again and again`, () => {
      for (const text of everywhere(part.repeat(100_000 / Buffer.byteLength(part)))) {
        const config = parseMcpConfig(text);
        assert.equal(config.fileProblem, undefined);
        const findings = findFindings(config, {
          environment: fixtureEnvironment,
          files: fixtureFiles,
        });
        findings.forEach(({ fixes }) => fixes?.());
      }
    });
  }
});
