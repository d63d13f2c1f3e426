import assert from 'node:assert/strict';
import {
  detectAuthMethod,
  isCredentialName,
  type AuthMethod,
} from '../../../src/core/auth/authMethod';
import { parseMcpConfig } from '../../../src/core/config/parseMcpConfig';

const remote = '"type":"http","url":"https://h.example/mcp"';

describe('the auth method of', () => {
  const entries: readonly [entry: string, method: AuthMethod][] = [
    [`{${remote}}`, 'oauth'],
    [`{${remote},"oauth":{"clientId":"x"}}`, 'oauth'],
    [`{${remote},"headers":{"X-Tenant-ID":"acme"}}`, 'oauth'],
    [`{${remote},"headers":{"authorization":"Bearer \${T}"}}`, 'bearer'],
    [`{${remote},"headers":{"Authorization":"\${T}"}}`, 'bearer'],
    [`{${remote},"headers":{"Authorization":"Basic \${T}"}}`, 'basic'],
    [`{${remote},"headers":{"Authorization":"Token \${T}"}}`, 'custom-headers'],
    [`{${remote},"headers":{"X-API-Key":"\${T}"}}`, 'api-key'],
    [`{${remote},"headers":{"X-Goog-Api-Key":"\${T}"}}`, 'api-key'],
    [`{${remote},"headers":{"X-Auth-Token":"\${T}","X-User-ID":"1"}}`, 'custom-headers'],
    [`{${remote},"headersHelper":"/opt/headers.sh"}`, 'headers-helper'],
    [`{${remote},"headersHelper":""}`, 'oauth'],
    ['{"type":"http","url":"https://h.example/mcp?exaApiKey=${K}"}', 'url'],
    ['{"type":"http","url":"https://u:p@h.example/mcp"}', 'url'],
    [`{${remote},"headers":{"Cookie":"s=\${T}"}}`, 'custom-headers'],
    [`{${remote},"headers":{"Proxy-Authorization":"Basic \${T}"}}`, 'custom-headers'],
    [`{${remote},"headers":{"Authentication":"\${T}"}}`, 'custom-headers'],
    [`{${remote},"headers":{"Authorization":""}}`, 'none'],
    [`{${remote},"headers":{"Authorization":"","X-API-Key":"\${T}"}}`, 'api-key'],
    ['{"type":"ws","url":"wss://h.example/ws"}', 'none'],
    ['{"type":"ws","url":"wss://h.example/ws","oauth":false}', 'none'],
    ['{"command":"run"}', 'none'],
    ['{"command":"run","env":{"KEYBOARD":"de","MONKEY":"1"}}', 'none'],
    ['{"command":"run","env":{"GITHUB_TOKEN":"${T}"}}', 'environment'],
    ['{"command":"run","args":["--api-key","${K}"]}', 'arguments'],
    ['{"command":"wrap","args":["--cert","${C}","--key","${K}"]}', 'mtls-wrapper'],
    ['{"command":"npx","args":["-y","mcp-remote@latest","https://h.example/mcp"]}', 'mcp-remote'],
  ];
  for (const [entry, method] of entries) {
    it(`${entry} is ${method}`, () => {
      const [server] = parseMcpConfig(`{"mcpServers":{"a":${entry}}}`).servers;
      assert.equal(server && detectAuthMethod(server), method);
    });
  }

  it('a name is told from words that only look like it', () => {
    const names = [
      'apiKey',
      'accessToken',
      'DB_PASSWORD',
      'X-Auth',
      'MONKEY',
      'author',
      'tokenizer',
    ];
    assert.deepEqual(names.filter(isCredentialName), [
      'apiKey',
      'accessToken',
      'DB_PASSWORD',
      'X-Auth',
    ]);
  });
});
