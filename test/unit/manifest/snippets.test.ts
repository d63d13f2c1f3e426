import assert from 'node:assert/strict';
import snippets from '../../../snippets/mcp.json';
import { parseMcpConfig } from '../../../src/core/config/parseMcpConfig';
import { findFindings } from '../../../src/core/diagnostics/findFindings';

/** The text that a snippet leaves when each placeholder is accepted as proposed. */
function accept(body: readonly string[]): string {
  return body
    .join('\n')
    .replace(/(?<!\\)\$\{\d+:([^}]*)\}/g, '$1')
    .replace(/(?<!\\)\$\d+/g, '')
    .replace(/\\([$}\\])/g, '$1');
}

describe('snippets', () => {
  for (const [title, { body, prefix, description }] of Object.entries(snippets)) {
    it(`${title}: loads as it stands and has nothing to complain of`, () => {
      const accepted = accept(body);
      const text = prefix.includes('mcp-file') ? accepted : `{ "mcpServers": { ${accepted} } }`;
      const config = parseMcpConfig(text);
      assert.deepEqual(
        {
          loads: config.servers.map(({ loads }) => loads),
          // Some servers still offer nothing newer than SSE.
          findings: findFindings(config, { settings: { 'transport-deprecated': 'off' } }).map(
            ({ message }) => message,
          ),
        },
        { loads: [true], findings: [] },
      );
      assert.match(description, /\.$/);
    });
  }
});
