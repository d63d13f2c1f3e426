import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { loginKey } from '../../../src/core/claudeCode/loginKey';
import { parseMcpConfig } from '../../../src/core/config/parseMcpConfig';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const values: Readonly<Record<string, string>> = {
  FOO: 'fooval',
  NEST: '${FOO}',
  NPM_TOKEN: 'npmtok',
  PORT: '37257',
};

function keyOf(name: string, entry: object): unknown {
  const [server] = parseMcpConfig(JSON.stringify({ mcpServers: { [name]: entry } })).servers;
  assert.ok(server);
  const key = loginKey(server, (variable) => values[variable], sha256);
  return key.kind === 'key' ? key.key : key;
}

const url = 'http://127.0.0.1:37257/mcp';

describe('the key of a sign-in', () => {
  // What Claude Code 2.1.329 wrote for these entries.
  const recorded: readonly (readonly [string, object, string])[] = [
    ['plain', { type: 'http', url }, 'plain|37354ccabb198fae'],
    ['we ird;$(x)', { type: 'http', url }, 'we ird;$(x)|37354ccabb198fae'],
    ['${FOO}', { type: 'http', url }, '${FOO}|37354ccabb198fae'],
    ['-dash', { type: 'http', url }, '-dash|37354ccabb198fae'],
    ['other', { type: 'sse', url }, 'other|af26a0fcb3d226c1'],
    [
      'sh',
      { type: 'streamable-http', url, headers: { 'X-A': 'a', '2': 'two' } },
      'sh|626bd303578a53a6',
    ],
    [
      'nest',
      {
        type: 'http',
        url,
        headers: { 'X-N': '${NEST}', 'X-T': '${NPM_TOKEN}', 'X-D': '${UNSET:-d}' },
      },
      'nest|666844e19887f60a',
    ],
  ];
  recorded.forEach(([name, entry, key]) => {
    it(`is that of the client for ${JSON.stringify(entry)}`, () => {
      assert.equal(keyOf(name, entry), key);
    });
  });

  it('takes variables by their values, and nothing but type, url and headers into account', () => {
    const same = [
      { url: 'http://127.0.0.1:${PORT}/mcp' },
      { headersHelper: './helper.sh', oauth: { clientId: 'c', scopes: 'a' }, timeout: 5000 },
      { headers: {} },
    ];
    assert.deepEqual(
      same.map((fields) => keyOf('plain', { type: 'http', url, ...fields })),
      same.map(() => 'plain|37354ccabb198fae'),
    );
  });

  it('is not known without the value of a variable', () => {
    const headers = { 'X-A': '${UNSET}', 'X-B': '${UNSET}${OTHER}' };
    assert.deepEqual(keyOf('a', { type: 'http', url, headers }), {
      kind: 'unresolved',
      names: ['UNSET', 'OTHER'],
    });
  });
});
