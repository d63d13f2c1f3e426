import assert from 'node:assert/strict';
import { checkedFile } from '../../../src/cli/checkedFile';
import { formats } from '../../../src/cli/formats';
import { parseMcpConfig } from '../../../src/core/config/parseMcpConfig';
import { findFindings } from '../../../src/core/diagnostics/findFindings';

const token = 'ghp_Zk3vQ9mTnB7xWc2LdR8sYh5JpA4gFe6uKo1N';
const terminal = { width: 120, style: (_: unknown, text: string) => text };

describe('what is reported about a file', () => {
  const entries: readonly (readonly [where: string, name: string, entry: object])[] = [
    ['the name of a server', token, { type: 'http' }],
    ['a part of the name of a server', `my-${token}`, { type: 'http' }],
    [
      'a part of the name of a header',
      'a',
      { type: 'http', url: 'https://a.example', headers: { [`X-${token} b`]: '${T}' } },
    ],
    ['the name of a variable', 'a', { command: 'a', env: { [`A_${token}`]: 1 } }],
  ];
  for (const [where, name, entry] of entries) {
    it(`shows no token from ${where} in any format`, () => {
      const config = parseMcpConfig(JSON.stringify({ mcpServers: { [name]: entry } }, null, 2));
      const findings = findFindings(config);
      assert.ok(findings.length > 0);
      const files = [checkedFile('.mcp.json', config, findings)];
      for (const format of Object.values(formats)) {
        const text = format({ files, problems: [] }, terminal);
        assert.ok(!text.includes('Zk3vQ9mTnB7x'), text);
      }
    });
  }
});
