import assert from 'node:assert/strict';
import { parseMcpConfig } from '../../../src/core/config/parseMcpConfig';
import { shells } from '../../../src/core/shell/shells';
import {
  describeCurlLine,
  describeCurlLineRefusal,
} from '../../../src/core/tokenTest/describeCurlLine';
import { planCurlLine } from '../../../src/core/tokenTest/planCurlLine';
import type { RemoteTarget } from '../../../src/core/tokenTest/tokenTestTarget';

type Values = Readonly<Record<string, string>>;
interface Entry {
  readonly url: string;
  readonly headers?: Values;
  readonly headersHelper?: string;
}

const url = 'https://mcp.example.com/mcp';
const ghp = `ghp_${'a1B2c3D4e5F6'.repeat(3)}`;

function plan(entry: Entry, values: Values = {}, type: RemoteTarget['transport'] = 'http') {
  const config = parseMcpConfig(JSON.stringify({ mcpServers: { tracker: { type, ...entry } } }));
  const server = config.servers[0] ?? assert.fail();
  return { server, plan: planCurlLine(config, server, type, (name) => values[name], 20) };
}

/** Own headers and the address, as a person reads them. */
function written(entry: Entry, values?: Values, type?: RemoteTarget['transport']) {
  const { plan: planned } = plan(entry, values, type);
  if (planned.kind !== 'planned') {
    return planned.refusal;
  }
  const { request, forLiterals, host } = planned;
  const texts = request.options
    .filter(({ name }) => name === 'header' || name === 'url')
    .map(({ value = [] }) =>
      value.map((part) => (typeof part === 'string' ? part : `$${part.variable}`)).join(''),
    );
  const [address, ...headers] = [...texts].reverse();
  const own = headers.reverse().filter((text) => !/^(?:Content-Type|Accept):/.test(text));
  return { url: address, headers: own, forLiterals, host };
}

describe('the plan of a curl line', () => {
  const names: readonly (readonly [
    what: string,
    entry: Entry,
    headers: readonly string[],
    forLiterals: readonly string[],
  ])[] = [
    [
      'a reference',
      { url, headers: { Authorization: 'Bearer ${T}' } },
      ['Authorization: Bearer $T'],
      [],
    ],
    [
      'a literal token',
      { url, headers: { Authorization: `Bearer ${ghp}` } },
      ['Authorization: Bearer $GITHUB_TOKEN'],
      ['GITHUB_TOKEN'],
    ],
    [
      'one value in two places',
      { url, headers: { Authorization: `Bearer ${ghp}`, 'X-Token': ghp } },
      ['Authorization: Bearer $GITHUB_TOKEN', 'X-Token: $GITHUB_TOKEN'],
      ['GITHUB_TOKEN'],
    ],
    [
      'a literal beside a reference of the same name',
      { url, headers: { 'X-Token': `${ghp}`, 'X-B': '${GITHUB_TOKEN}' } },
      ['X-Token: $GITHUB_TOKEN_2', 'X-B: $GITHUB_TOKEN'],
      ['GITHUB_TOKEN_2'],
    ],
    [
      'a default that is a token',
      { url, headers: { Authorization: `Bearer \${T:-${ghp}}` } },
      ['Authorization: Bearer $T'],
      ['T'],
    ],
    [
      'what is too short to be found, under a private name',
      { url, headers: { 'X-API-Key': 'abc', Authorization: 'Bearer x y', Cookie: 'sid=${S:-1}' } },
      [
        'X-API-Key: $TRACKER_API_KEY',
        'Authorization: Bearer $TRACKER_TOKEN',
        'Cookie: $TRACKER_TOKEN_2',
      ],
      ['TRACKER_API_KEY', 'TRACKER_TOKEN', 'TRACKER_TOKEN_2'],
    ],
    [
      'a short default under a private name',
      { url, headers: { 'X-API-Key': '${K:-abc}' } },
      ['X-API-Key: $K'],
      ['K'],
    ],
    [
      'a password by the last word of its name',
      { url, headers: { 'X-Pass': 'abc' } },
      ['X-Pass: $TRACKER_TOKEN'],
      ['TRACKER_TOKEN'],
    ],
    [
      'a default of a variable that is named as a credential',
      { url, headers: { 'X-Tenant': 'acme ${KEY:-hunter-two}', 'X-B': '${MONKEY:-b}' } },
      ['X-Tenant: acme $KEY', 'X-B: b'],
      ['KEY'],
    ],
    [
      'what is no credential',
      { url, headers: { 'X-Tenant': 'acme "x" y', Authorization: '${S:-Bearer} ${T}' } },
      ['X-Tenant: acme "x" y', 'Authorization: Bearer $T'],
      [],
    ],
  ];
  for (const [what, entry, headers, forLiterals] of names) {
    it(`has names for values: ${what}`, () => {
      const expected = { url, headers, forLiterals, host: 'mcp.example.com' };
      assert.deepEqual(written(entry), expected);
    });
  }

  const addresses: readonly (readonly [
    raw: string,
    address: string,
    host: string | undefined,
    values?: Values,
  ])[] = [
    ['https://Mcp.Example.com:443/a b/../é', 'https://mcp.example.com/%C3%A9', 'mcp.example.com'],
    ['https://${H}/ü?k=${K}', 'https://$H/%C3%BC?k=$K', 'h.example', { H: 'h.example', K: 'k' }],
    ['${BASE}/mcp', '$BASE/mcp', undefined],
    ['http://127.0.0.1:${PORT}/mcp', 'http://127.0.0.1:$PORT/mcp', '127.0.0.1:99', { PORT: '99' }],
    [
      'https://h.example/mcp?token=abc&x=1',
      'https://h.example/mcp?token=$TRACKER_TOKEN&x=1',
      'h.example',
    ],
    [
      'https://h.example/mcp?code=a1&pat=b2&sig=c3&x=${X:-1}',
      'https://h.example/mcp?code=$TRACKER_TOKEN&pat=$TRACKER_TOKEN_2&sig=$TRACKER_TOKEN_3&x=1',
      'h.example',
    ],
    ['https://h.example/mcp#token=hunter-two', 'https://h.example/mcp', 'h.example'],
    ['https://${H}/mcp#a${T}', 'https://$H/mcp', 'h.example', { H: 'h.example' }],
    ['https://h.example/k/${KEY:-hunter-two}/', 'https://h.example/k/$KEY/', 'h.example'],
    ['https://me:pw1@h.example/', 'https://me:$TRACKER_PASSWORD@h.example/', 'h.example'],
    ['https://abc@h.example/', 'https://$TRACKER_TOKEN@h.example/', 'h.example'],
    ['https://mcpname0x.example/${A}', 'https://mcpname0x.example/$A', 'mcpname0x.example'],
  ];
  for (const [raw, address, host, values] of addresses) {
    it(`reads ${raw} as a test does`, () => {
      const found = written({ url: raw }, values);
      assert.ok('url' in found, JSON.stringify(found));
      assert.deepEqual([found.url, found.host], [address, host]);
    });
  }

  it('opens WebSockets under the scheme that curl has for them', () => {
    const socket = { url: 'wss://${H}/ws' };
    const expected = [
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
      'Sec-WebSocket-Protocol: mcp',
    ];
    const found = written(socket, {}, 'ws');
    assert.ok('url' in found);
    assert.deepEqual([found.url, found.headers], ['https://$H/ws', expected]);
  });

  it('asks a proxy for a tunnel to a WebSocket, and for nothing else', () => {
    const optionsOf = (url: string, type: RemoteTarget['transport']) => {
      const { plan: planned } = plan({ url }, {}, type);
      assert.ok(planned.kind === 'planned');
      return planned.request.options.map(({ name }) => name);
    };
    assert.ok(optionsOf('ws://h.example/ws', 'ws').includes('proxytunnel'));
    assert.ok(!optionsOf('https://h.example/sse', 'sse').includes('proxytunnel'));
  });

  const refusals: readonly (readonly [entry: Entry, kind: string, values?: Values, type?: 'ws'])[] =
    [
      [{ url: 'ftp://h/' }, 'url-scheme'],
      [{ url: 'ftp://h:${PORT}/' }, 'url-scheme'],
      [{ url: 'nowhere' }, 'url-unreadable'],
      [{ url: 'wss://h.example/#part' }, 'url-fragment', {}, 'ws'],
      [{ url: '${BASE}/a b' }, 'url-unreadable'],
      [{ url: `${url}/\${env:A}` }, 'variable-unresolved'],
      [{ url: '${BASE}/ws' }, 'scheme-variable', {}, 'ws'],
      [{ url, headers: { 'A B': 'x' } }, 'header-name'],
      [{ url, headers: { A: 'x\ny' } }, 'control-character'],
      [{ url, headers: { Authorization: 'Bearer Bearer ${T}' } }, 'scheme-doubled'],
      [{ url, headers: { 'X-A': '${NPM_TOKEN}' } }, 'value-empty'],
      [{ url, headers: { 'X-A': '${A}' } }, 'value-empty', { A: '' }],
      [{ url, headers: { 'X-A': '${A}' } }, 'variable-nested', { A: 'x${B}' }],
      [{ url, headers: { 'X-A': '${A}' } }, 'variable-nested', { A: '${B:-}', B: '' }],
    ];
  for (const [entry, kind, values, type] of refusals) {
    it(`refuses ${JSON.stringify(entry)}: ${kind}`, () => {
      const { plan: refused } = plan(entry, values, type);
      assert.ok(refused.kind === 'refused');
      assert.equal(refused.refusal.kind, kind);
      assert.match(describeCurlLineRefusal(refused.refusal), /^[A-Z"].+\.$/);
    });
  }

  it('is told with what to set, and where it goes', () => {
    const told = (shell: string, entry: Entry, type?: RemoteTarget['transport']) => {
      const { plan: planned, server } = plan(entry, {}, type);
      assert.ok(planned.kind === 'planned');
      return describeCurlLine(
        planned,
        server,
        shells.find(({ id }) => id === shell)!,
      );
    };
    assert.deepEqual(
      [
        told('bash', { url }),
        told('zsh', { url, headers: { A: '${T}', 'X-API-Key': 'abc' } }),
        told('cmd', { url: 'https://${H}/sse', headersHelper: './h' }, 'sse'),
      ],
      [
        'Copied as curl for bash. Running it sends a request to mcp.example.com.',
        'Copied as curl for zsh. Set T and TRACKER_API_KEY first; running it sends the values to mcp.example.com. TRACKER_API_KEY stands for what the file has as text.',
        'Copied as curl for cmd. Set H first; running it sends the value to the address in url. The headers of its headersHelper are not in it. It is for the prompt, not for a file, and needs curl 8.3 or newer. It ends after 10 seconds.',
      ],
    );
  });
});
