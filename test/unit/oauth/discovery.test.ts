import assert from 'node:assert/strict';
import { discover } from '../../../src/core/oauth/discover';
import {
  answer,
  issuer,
  metadataPlace,
  resourceMetadata,
  resourcePlace,
  scriptServers,
  serverMetadata,
  serverUrl,
  type Scripted,
} from './scriptedServer';

const places = { [resourcePlace]: resourceMetadata, [metadataPlace]: serverMetadata };
const rootPlace = 'https://mcp.example/.well-known/oauth-protected-resource';

async function run(
  scripted: Readonly<Record<string, Scripted>>,
  target: Partial<Parameters<typeof discover>[0]> = {},
  choose?: Parameters<typeof discover>[3],
) {
  const servers = scriptServers(scripted);
  const { signal } = new AbortController();
  const whole = { serverUrl, challenge: [], ...target };
  const outcome = await discover(whole, servers.ports, signal, choose);
  const asked = servers.asked().map((line) => line.replace('GET ', ''));
  return { outcome, asked, records: servers.records };
}

type Run = Awaited<ReturnType<typeof run>>;

function resultOf({ outcome }: Run): string {
  return outcome.kind === 'done'
    ? `${outcome.value.resource} ${outcome.value.server.issuer}`
    : outcome.failure.kind;
}

describe('finding who issues tokens', () => {
  it('asks beside the path and stops at the first document', async () => {
    const found = await run(places);
    assert.equal(resultOf(found), `${serverUrl} ${issuer}`);
    assert.deepEqual(found.asked, [resourcePlace, metadataPlace]);
  });

  it('asks at the root where there is none beside the path', async () => {
    const root = { ...resourceMetadata, resource: 'https://mcp.example' };
    const found = await run({ [rootPlace]: root, [metadataPlace]: serverMetadata });
    assert.equal(resultOf(found), `https://mcp.example ${issuer}`);
    assert.deepEqual(found.asked, [resourcePlace, rootPlace, metadataPlace]);
  });

  it('asks first where the challenge says', async () => {
    const place = 'https://mcp.example/meta';
    const found = await run(
      { [place]: resourceMetadata, [metadataPlace]: serverMetadata },
      { challenge: [`Bearer resource_metadata="${place}"`] },
    );
    assert.deepEqual(found.asked, [place, metadataPlace]);
  });

  for (const place of [
    'https://evil.example/meta',
    'http://mcp.example/meta',
    'https://mcp.example:8443/meta',
    'http://169.254.169.254/latest',
    'file:///etc/passwd',
  ]) {
    it(`does not ask at ${place} because a challenge says so`, async () => {
      const found = await run(places, { challenge: [`Bearer resource_metadata="${place}"`] });
      assert.deepEqual(found.asked, [resourcePlace, metadataPlace]);
      assert.equal(found.records[0]?.outcome, 'skipped');
    });
  }

  const resources: readonly (readonly [resource: unknown, expected: string])[] = [
    [serverUrl, `${serverUrl} ${issuer}`],
    ['https://mcp.example/a', `https://mcp.example/a ${issuer}`],
    ['https://mcp.example/a/', `https://mcp.example/a/ ${issuer}`],
    ['https://MCP.example', `https://MCP.example ${issuer}`],
    ['https://mcp.example/a/mcp/deeper', 'resource-mismatch'],
    ['https://mcp.example/a/mc', 'resource-mismatch'],
    ['https://mcp.example/b', 'resource-mismatch'],
    ['https://evil.example/a/mcp', 'resource-mismatch'],
    ['http://mcp.example/a/mcp', 'resource-mismatch'],
    [`${serverUrl}#x`, 'resource-mismatch'],
    [undefined, 'document-invalid'],
    [42, 'document-invalid'],
  ];
  for (const [resource, expected] of resources) {
    it(`takes the resource ${String(resource)} for ${expected}`, async () => {
      const metadata = { ...resourceMetadata, resource };
      assert.equal(resultOf(await run({ ...places, [resourcePlace]: metadata })), expected);
    });
  }

  const base = 'https://login.example';
  const orders: readonly (readonly [issuer: string, places: readonly string[]])[] = [
    [
      base,
      [
        `${base}/.well-known/oauth-authorization-server`,
        `${base}/.well-known/openid-configuration`,
      ],
    ],
    [
      `${base}/t/1`,
      [
        `${base}/.well-known/oauth-authorization-server/t/1`,
        `${base}/.well-known/openid-configuration/t/1`,
        `${base}/t/1/.well-known/openid-configuration`,
      ],
    ],
  ];
  for (const [name, expected] of orders) {
    it(`looks for the metadata of ${name} in the order of the specification`, async () => {
      const metadata = { ...resourceMetadata, authorization_servers: [name] };
      const last = expected.at(-1) ?? '';
      const found = await run({
        [resourcePlace]: metadata,
        [last]: { ...serverMetadata, issuer: name },
      });
      assert.equal(resultOf(found), `${serverUrl} ${name}`);
      assert.deepEqual(found.asked.slice(1), expected);
    });
  }

  for (const other of [`${issuer}/`, 'https://LOGIN.example', 'https://evil.example']) {
    it(`does not use metadata of ${other} for ${issuer}`, async () => {
      const found = await run({ ...places, [metadataPlace]: { ...serverMetadata, issuer: other } });
      assert.equal(resultOf(found), 'issuer-mismatch');
      assert.equal(found.records.at(-1)?.outcome, 'failed');
    });
  }

  const endpoints: readonly (readonly [field: string, value: unknown, expected: string])[] = [
    ['authorization_endpoint', 'javascript:alert(1)', 'url-refused'],
    ['authorization_endpoint', 'vscode://x.y/z', 'url-refused'],
    ['authorization_endpoint', 'http://login.example/authorize', 'url-refused'],
    ['authorization_endpoint', 'http://127.0.0.1:631/', 'url-refused'],
    ['authorization_endpoint', 'https://a@login.example/', 'url-refused'],
    ['token_endpoint', 'http://login.example/token', 'url-refused'],
    ['token_endpoint', undefined, 'document-invalid'],
    ['registration_endpoint', 'file:///x', 'url-refused'],
    ['revocation_endpoint', 'http://login.example/revoke', 'url-refused'],
  ];
  for (const [field, value, expected] of endpoints) {
    it(`refuses ${String(value)} for ${field}`, async () => {
      const metadata = { ...serverMetadata, [field]: value };
      assert.equal(resultOf(await run({ ...places, [metadataPlace]: metadata })), expected);
    });
  }

  const refusedIssuers = ['http://login.example', 'https://localhost', 'file:///x', 'https://x/?a'];
  for (const refused of refusedIssuers) {
    it(`asks nothing of the issuer ${refused}`, async () => {
      const metadata = { ...resourceMetadata, authorization_servers: [refused] };
      const found = await run({ [resourcePlace]: metadata });
      assert.equal(resultOf(found), 'url-refused');
      assert.deepEqual(found.asked, [resourcePlace]);
    });
  }

  it('takes a fault of the server for a fault, and does not make the server its issuer', async () => {
    const found = await run({ ...places, [resourcePlace]: () => answer(500, 'secret text') });
    assert.deepEqual([resultOf(found), found.asked], ['unexpected-status', [resourcePlace]]);
  });

  it('does not guess where the issuer has no metadata', async () => {
    assert.equal(resultOf(await run({ [resourcePlace]: resourceMetadata })), 'metadata-missing');
  });

  it('passes over a start page that a site answers everywhere', async () => {
    const page = () => answer(200, '<!DOCTYPE html>');
    const found = await run({ ...places, [metadataPlace]: page, [resourcePlace]: page });
    assert.equal(resultOf(found), `https://mcp.example/a/mcp https://mcp.example`);
  });

  it('follows the revision 2025-03-26 where a server has no metadata at all', async () => {
    const { outcome } = await run({});
    assert.ok(outcome.kind === 'done');
    assert.deepEqual(
      [outcome.value.server.authorizationEndpoint, outcome.value.server.codeChallengeMethods],
      ['https://mcp.example/authorize', ['S256']],
    );
  });

  it('follows a redirect to its own origin and to no other', async () => {
    const to = (location: string) => () => answer(302, '', { location: [location] });
    const own = { [resourcePlace]: to('/meta'), 'https://mcp.example/meta': resourceMetadata };
    const followed = await run({ ...places, ...own });
    const other = await run({
      ...places,
      [resourcePlace]: to('https://evil.example/meta'),
      'https://evil.example/meta': resourceMetadata,
    });
    assert.equal(followed.asked[1], 'https://mcp.example/meta');
    assert.ok(!other.asked.includes('https://evil.example/meta'));
  });

  it('ends a circle of redirects', async () => {
    const circle = () => answer(302, '', { location: [resourcePlace] });
    const { asked } = await run({ ...places, [resourcePlace]: circle });
    assert.equal(asked.filter((url) => url === resourcePlace).length, 4);
  });

  describe('among several issuers', () => {
    const second = 'https://second.example';
    const several = { ...resourceMetadata, authorization_servers: [issuer, second] };
    const secondPlace = `${second}/.well-known/oauth-authorization-server`;
    const both = {
      ...places,
      [resourcePlace]: several,
      [secondPlace]: { ...serverMetadata, issuer: second },
    };

    it('takes the one that was used before', async () => {
      const found = await run(both, { preferredIssuer: second });
      assert.equal(resultOf(found), `${serverUrl} ${second}`);
    });

    it('takes the one that a person chooses', async () => {
      const found = await run(both, {}, async (issuers) => issuers[1]);
      assert.equal(resultOf(found), `${serverUrl} ${second}`);
    });

    it('ends where the person chooses none', async () => {
      assert.equal(resultOf(await run(both, {}, async () => undefined)), 'cancelled');
    });

    it('takes the first that works where nobody is asked', async () => {
      const found = await run({ ...both, [metadataPlace]: () => answer(503) });
      assert.equal(resultOf(found), `${serverUrl} ${second}`);
    });
  });
});
