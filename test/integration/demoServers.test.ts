import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { get } from 'node:https';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect as connectTls } from 'node:tls';
import {
  auth,
  refreshAuthorization,
  UnauthorizedError,
} from '@modelcontextprotocol/sdk/client/auth.js';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { SSEClientTransport } from '@modelcontextprotocol/sdk/client/sse.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import {
  type OAuthMetadata,
  type OAuthProtectedResourceMetadata,
} from '@modelcontextprotocol/sdk/shared/auth.js';
import { type Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import { WebSocket } from 'ws';
import { createDemoWorkspace } from '../demo/createDemoWorkspace';
import { MemoryOAuthClientProvider } from '../demo/memoryOAuthClientProvider';
import { type DemoServers, startDemoServers } from '../demo/servers/startDemoServers';
import { PortInUseError } from '../demo/servers/support/listenOnLoopback';
import { WebSocketTransport } from '../demo/servers/support/webSocketTransport';
import { walkAuthorization } from '../demo/walkAuthorization';

const toolNames = ['ping', 'list_issues', 'create_issue', 'delete_issue'];

describe('demo servers', function () {
  this.timeout(10_000);

  let demo: DemoServers;
  const clients: Client[] = [];

  before(async () => {
    demo = await startDemoServers({ accessTokenTtlSeconds: 60 });
  });

  after(() => demo.stop());

  afterEach(async () => {
    await Promise.all(clients.splice(0).map((client) => client.close()));
  });

  async function open(transport: Transport): Promise<Client> {
    const client = new Client({ name: 'test', version: '1.0.0' });
    clients.push(client);
    await client.connect(transport);
    return client;
  }

  async function listTools(transport: Transport): Promise<string[]> {
    const { tools } = await (await open(transport)).listTools();
    return tools.map(({ name }) => name);
  }

  function streamableHttp(name: string, headers: Record<string, string> = {}): Transport {
    return new StreamableHTTPClientTransport(new URL(demo.url(name)), { requestInit: { headers } });
  }

  function bearerHeader(variable = 'DEMO_BEARER_TOKEN'): Record<string, string> {
    return { Authorization: `Bearer ${demo.env[variable]}` };
  }

  describe('that work', () => {
    it('offer tools of which one is marked destructive', async () => {
      const client = await open(streamableHttp('open'));
      const { tools } = await client.listTools();
      const hints = tools.map(({ name, annotations }) => [name, annotations]);
      assert.deepEqual(Object.fromEntries(hints), {
        ping: { readOnlyHint: true },
        list_issues: { readOnlyHint: true },
        create_issue: { readOnlyHint: false, destructiveHint: false },
        delete_issue: { readOnlyHint: false, destructiveHint: true, idempotentHint: true },
      });
    });

    it('keep a deleted issue deleted', async () => {
      const client = await open(streamableHttp('bearer', bearerHeader()));
      const deleted = await client.callTool({ name: 'delete_issue', arguments: { id: 2 } });
      const left = await client.callTool({ name: 'list_issues' });
      assert.deepEqual(
        [deleted.content, left.content],
        [
          [{ type: 'text', text: 'Deleted #2' }],
          [{ type: 'text', text: '#1 The export button does nothing\n#3 Add a dark theme' }],
        ],
      );
    });

    it('open answers a wrong token like a right one', async () => {
      const wrong = streamableHttp('open', bearerHeader('DEMO_OLD_TOKEN'));
      assert.deepEqual(await listTools(wrong), toolNames);
    });

    it('bearer answers its token', async () => {
      assert.deepEqual(await listTools(streamableHttp('bearer', bearerHeader())), toolNames);
    });

    it('bearer accepts any letter case of the scheme and no other scheme', async () => {
      const token = demo.env['DEMO_BEARER_TOKEN'];
      const statuses = ['bearer', 'BEARER', 'Token', ''].map(async (scheme) => {
        const headers = { Authorization: `${scheme} ${token}`.trim() };
        return (await post(demo.url('bearer'), headers)).status;
      });
      assert.deepEqual(await Promise.all(statuses), [200, 200, 401, 401]);
    });

    it('bearer tells a missing token from a wrong one in its challenge', async () => {
      const url = demo.url('bearer');
      const answers = await Promise.all([post(url), post(url, bearerHeader('DEMO_OLD_TOKEN'))]);
      const description = 'The token is unknown, expired or revoked';
      assert.deepEqual(answers.map(statusAndChallenge), [
        [401, 'Bearer realm="demo"'],
        [401, `Bearer realm="demo", error="invalid_token", error_description="${description}"`],
      ]);
    });

    it('api-key answers the key only together with its secret, and sends no challenge', async () => {
      const key = { 'X-API-Key': demo.env['DEMO_API_KEY']! };
      const secret = { 'X-API-Secret': demo.env['DEMO_API_SECRET']! };
      assert.deepEqual(
        await listTools(streamableHttp('api-key', { ...key, ...secret })),
        toolNames,
      );
      const answers = await Promise.all(
        [{}, key, secret, { ...secret, 'X-API-Key': 'other' }].map((headers) =>
          post(demo.url('api-key'), headers),
        ),
      );
      assert.deepEqual(answers.map(statusAndChallenge), Array(4).fill([401, null]));
    });

    it('stateless answers requests that stand alone, and refuses initialize', async () => {
      const meta = {
        'io.modelcontextprotocol/protocolVersion': '2026-07-28',
        'io.modelcontextprotocol/clientCapabilities': {},
      };
      const message = { jsonrpc: '2.0', id: 1, method: 'tools/list', params: { _meta: meta } };
      const alone = { 'MCP-Protocol-Version': '2026-07-28', 'Mcp-Method': 'tools/list' };
      const answers = await Promise.all([
        send(demo.url('stateless'), message, { ...alone, ...bearerHeader() }),
        post(demo.url('stateless'), bearerHeader()),
        send(demo.url('stateless'), message, alone),
      ]);
      assert.deepEqual(
        answers.map(({ status }) => status),
        [200, 400, 401],
      );
      const [listed, refused] = (await Promise.all(answers.map((answer) => answer.json()))) as [
        { result: { tools: { name: string }[] } },
        { error: { data: unknown } },
        unknown,
      ];
      assert.deepEqual(
        [listed.result.tools.map(({ name }) => name), refused.error.data],
        [['list_rooms'], { supported: ['2026-07-28'], requested: '2025-06-18' }],
      );
    });

    it('sse answers its token over an event stream', async () => {
      const requestInit = { headers: bearerHeader() };
      const transport = new SSEClientTransport(new URL(demo.url('sse')), { requestInit });
      assert.deepEqual(await listTools(transport), toolNames);
    });

    it('sse refuses the stream without its token', async () => {
      const response = await fetch(demo.url('sse'));
      assert.deepEqual(statusAndChallenge(response), [401, 'Bearer realm="demo"']);
    });

    it('ws answers its token over a WebSocket that speaks mcp', async () => {
      const socket = new WebSocket(demo.url('ws'), 'mcp', { headers: bearerHeader() });
      await once(socket, 'open');
      assert.equal(socket.protocol, 'mcp');
      assert.deepEqual(await listTools(new WebSocketTransport(socket)), toolNames);
    });

    it('ws refuses the upgrade with 401 when the token is missing or wrong', async () => {
      const answers = [{}, bearerHeader('DEMO_OLD_TOKEN')].map(async (headers) => {
        const socket = new WebSocket(demo.url('ws'), 'mcp', { headers });
        const [request, response] = await once(socket, 'unexpected-response');
        request.destroy();
        return [response.statusCode, response.headers['www-authenticate']];
      });
      assert.deepEqual(await Promise.all(answers), [
        [401, 'Bearer realm="demo"'],
        [401, 'Bearer realm="demo", error="invalid_token"'],
      ]);
    });

    it('stdio lists its tools once its variable is set, and reports what it was sent', async () => {
      const started = demo.received('stdio').list.length;
      const DEMO_STDIO_TOKEN = demo.env['DEMO_STDIO_TOKEN']!;
      assert.deepEqual(await listTools(startStdio(demo, { DEMO_STDIO_TOKEN })), toolNames);
      const seen = demo.received('stdio').list.slice(started);
      const common = { url: '', headerNames: [], credential: 'right' };
      assert.deepEqual(seen, [
        { ...common, method: 'START', rpcMethod: undefined },
        { ...common, method: 'STDIO', rpcMethod: 'initialize' },
        { ...common, method: 'STDIO', rpcMethod: 'notifications/initialized' },
        { ...common, method: 'STDIO', rpcMethod: 'tools/list' },
      ]);
    });

    it('stdio names the variable that is not set', async () => {
      await assert.rejects(listTools(startStdio(demo, {})), /Set DEMO_STDIO_TOKEN/);
    });
  });

  describe('that fail', () => {
    it('give the answer their row promises', async () => {
      const names = [
        'unauthorized',
        'unauthorized-silent',
        'forbidden',
        'insufficient-scope',
        'not-found',
        'method-not-allowed',
        'not-acceptable',
        'server-error',
        'login-page',
      ];
      const answers = await Promise.all(
        names.map(async (name) => {
          const response = await post(demo.url(name), bearerHeader());
          return [name, ...statusAndChallenge(response), response.headers.get('content-type')];
        }),
      );
      const json = 'application/json';
      assert.deepEqual(answers, [
        ['unauthorized', 401, 'Bearer realm="demo", error="invalid_token"', json],
        ['unauthorized-silent', 401, null, json],
        ['forbidden', 403, null, json],
        [
          'insufficient-scope',
          403,
          'Bearer error="insufficient_scope", scope="issues:write"',
          json,
        ],
        ['not-found', 404, null, null],
        ['method-not-allowed', 405, null, null],
        ['not-acceptable', 406, null, json],
        ['server-error', 500, null, 'text/plain'],
        ['login-page', 200, null, 'text/html; charset=utf-8'],
      ]);
    });

    it('redirect to a path, and to a host name, where the token works', async () => {
      for (const [name, host] of [
        ['redirect', '127.0.0.1'],
        ['redirect-host', 'localhost'],
      ] as const) {
        const { port } = new URL(demo.url(name));
        const response = await post(demo.url(name), bearerHeader());
        const location = response.headers.get('location');
        assert.deepEqual([response.status, location], [302, `http://${host}:${port}/v2/mcp`]);
        assert.equal((await post(location!, bearerHeader())).status, 200);
      }
    });

    it('refuse the connection', async () => {
      assert.equal(await failureOf(post(demo.url('refused'))), 'ECONNREFUSED');
    });

    it('show a certificate that is trusted by nobody, but is sound when trusted', async () => {
      const url = new URL(demo.url('self-signed'));
      assert.equal(await failureOf(post(url.href)), 'DEPTH_ZERO_SELF_SIGNED_CERT');

      const socket = connectTls({
        host: url.hostname,
        port: Number(url.port),
        rejectUnauthorized: false,
      });
      await once(socket, 'secureConnect');
      const certificate = socket.getPeerX509Certificate();
      socket.destroy();
      const [response] = await once(get(url, { ca: String(certificate) }), 'response');
      response.resume();
      assert.equal(response.statusCode, 401);
    });
  });

  describe('with OAuth', () => {
    /** A client that signed in with the scope of the first challenge. */
    async function signIn(): Promise<{ client: Client; provider: MemoryOAuthClientProvider }> {
      const provider = new MemoryOAuthClientProvider();
      const transport = oauthTransport(provider);
      await assert.rejects(open(transport), UnauthorizedError);
      await finish(transport, provider);
      return { client: await open(oauthTransport(provider)), provider };
    }

    function oauthTransport(
      authProvider: MemoryOAuthClientProvider,
    ): StreamableHTTPClientTransport {
      return new StreamableHTTPClientTransport(new URL(demo.url('oauth')), { authProvider });
    }

    async function finish(
      transport: StreamableHTTPClientTransport,
      provider: MemoryOAuthClientProvider,
    ): Promise<void> {
      const redirected = await walkAuthorization(provider.authorizationUrl!);
      await transport.finishAuth(redirected.searchParams.get('code')!);
    }

    function tokenHeader(provider: MemoryOAuthClientProvider): Record<string, string> {
      return { Authorization: `Bearer ${provider.tokens()!.access_token}` };
    }

    async function issuerMetadata(): Promise<OAuthMetadata> {
      const metadata = await fetchJson<OAuthProtectedResourceMetadata>(resourceMetadataUrl(demo));
      const [issuer] = metadata.authorization_servers!;
      return fetchJson(`${issuer}/.well-known/oauth-authorization-server`);
    }

    it('publish who issues tokens, and what the issuer supports', async () => {
      const resource = demo.url('oauth');
      const issuer = await issuerMetadata();
      const origin = issuer.issuer;
      assert.notEqual(origin, new URL(resource).origin);
      assert.deepEqual(await fetchJson(resourceMetadataUrl(demo)), {
        resource,
        resource_name: 'Demo issues',
        authorization_servers: [origin],
        scopes_supported: ['issues:read', 'issues:write'],
        bearer_methods_supported: ['header'],
      });
      const promised = {
        authorization_endpoint: `${origin}/authorize`,
        token_endpoint: `${origin}/token`,
        registration_endpoint: `${origin}/register`,
        revocation_endpoint: `${origin}/revoke`,
        scopes_supported: ['issues:read', 'issues:write', 'openid'],
        code_challenge_methods_supported: ['S256'],
        authorization_response_iss_parameter_supported: true,
      };
      assert.deepEqual({ ...issuer, ...promised }, issuer);
      assert.deepEqual(await fetchJson(`${origin}/.well-known/openid-configuration`), issuer);
    });

    it('name their metadata and the least scope in the first challenge', async () => {
      const response = await post(demo.url('oauth'));
      const metadata = resourceMetadataUrl(demo);
      assert.deepEqual(statusAndChallenge(response), [
        401,
        `Bearer resource_metadata="${metadata}", scope="issues:read"`,
      ]);
    });

    it('let a client register, sign in with PKCE and read', async () => {
      const { client, provider } = await signIn();
      const { searchParams } = provider.authorizationUrl!;
      const asked = ['resource', 'scope', 'code_challenge_method'].map((name) =>
        searchParams.get(name),
      );
      assert.deepEqual(asked, [demo.url('oauth'), 'issues:read', 'S256']);
      const { token_type, expires_in, scope } = provider.tokens()!;
      assert.deepEqual([token_type, expires_in, scope], ['Bearer', 60, 'issues:read']);
      const { content } = await client.callTool({ name: 'list_issues' });
      assert.match(JSON.stringify(content), /export button/);
    });

    it('return the state and the issuer with the code', async () => {
      const { provider } = await signIn();
      const redirected = await walkAuthorization(provider.authorizationUrl!);
      const { origin, pathname, searchParams } = redirected;
      assert.deepEqual(
        [`${origin}${pathname}`, searchParams.get('state'), searchParams.get('iss')],
        [
          provider.redirectUrl,
          provider.authorizationUrl!.searchParams.get('state'),
          (await issuerMetadata()).issuer,
        ],
      );
    });

    it('return access_denied when the user says no', async () => {
      const { provider } = await signIn();
      const redirected = await walkAuthorization(provider.authorizationUrl!, 'deny');
      const { searchParams } = redirected;
      assert.deepEqual(
        [searchParams.get('error'), searchParams.get('code')],
        ['access_denied', null],
      );
    });

    it('let nobody decide who did not make the authorization request', async () => {
      const { provider } = await signIn();
      const started = demo.received('oauth').list.length;
      await walkAuthorization(provider.authorizationUrl!);
      const decision = demo
        .received('oauth')
        .list.slice(started)
        .find(({ url }) => /allow$/.test(url));
      const { issuer } = await issuerMetadata();
      const response = await fetch(`${issuer}${decision!.url}`, { method: 'POST' });
      assert.equal(response.status, 400);
    });

    it('refuse a request without PKCE and one for a foreign resource', async () => {
      const { provider } = await signIn();
      const withoutPkce = new URL(provider.authorizationUrl!);
      withoutPkce.searchParams.delete('code_challenge');
      withoutPkce.searchParams.delete('code_challenge_method');
      const foreign = new URL(provider.authorizationUrl!);
      foreign.searchParams.set('resource', demo.url('bearer'));
      const errors = [withoutPkce, foreign].map(async (url) =>
        (await walkAuthorization(url)).searchParams.get('error'),
      );
      assert.deepEqual(await Promise.all(errors), ['invalid_request', 'invalid_target']);
    });

    it('answer a write with 403 and the missing scope until the client steps up', async () => {
      const { provider } = await signIn();
      const create = { name: 'create_issue', arguments: { title: 'Step up' } };
      const refused = await callTool(demo.url('oauth'), create, tokenHeader(provider));
      assert.deepEqual(statusAndChallenge(refused), [
        403,
        `Bearer resource_metadata="${resourceMetadataUrl(demo)}", ` +
          'error="insufficient_scope", scope="issues:write"',
      ]);

      // The SDK would try its refresh token first, which cannot widen the scope.
      provider.forgetTokens();
      const serverUrl = demo.url('oauth');
      assert.equal(await auth(provider, { serverUrl, scope: 'issues:write' }), 'REDIRECT');
      await finish(oauthTransport(provider), provider);
      assert.equal(provider.tokens()!.scope, 'issues:write');
      const steppedUp = await open(oauthTransport(provider));
      const { content } = await steppedUp.callTool(create);
      assert.deepEqual(content, [{ type: 'text', text: 'Created #4' }]);
    });

    it('ask for the scope of every call in a batch', async () => {
      const { provider } = await signIn();
      const calls = ['list_issues', 'delete_issue'].map((name, id) => ({
        jsonrpc: '2.0',
        id,
        method: 'tools/call',
        params: { name, arguments: { id: 1 } },
      }));
      const response = await send(demo.url('oauth'), calls, tokenHeader(provider));
      assert.deepEqual(
        [response.status, await response.json()],
        [403, { error: 'insufficient_scope', scope: 'issues:write' }],
      );
    });

    it('refuse an expired token, and give a new one for the refresh token', async () => {
      const { client, provider } = await signIn();
      const first = provider.tokens()!;
      demo.expireAccessTokens();

      const response = await post(demo.url('oauth'), tokenHeader(provider));
      assert.equal(response.status, 401);
      assert.match(response.headers.get('www-authenticate')!, /error="invalid_token"/);

      const { content } = await client.callTool({ name: 'list_issues' });
      assert.match(JSON.stringify(content), /export button/);
      const second = provider.tokens()!;
      assert.notEqual(second.access_token, first.access_token);
      assert.notEqual(second.refresh_token, first.refresh_token);
    });

    it('refuse a refresh token that was used before', async () => {
      const { provider } = await signIn();
      const metadata = await issuerMetadata();
      const clientInformation = provider.clientInformation()!;
      const refresh = (): Promise<unknown> =>
        refreshAuthorization(metadata.issuer, {
          metadata,
          clientInformation,
          refreshToken: provider.tokens()!.refresh_token!,
          resource: new URL(demo.url('oauth')),
        });
      await refresh();
      await assert.rejects(refresh(), { errorCode: 'invalid_grant' });
    });

    it('refuse a token once it is revoked', async () => {
      const { provider } = await signIn();
      assert.equal((await post(demo.url('oauth'), tokenHeader(provider))).status, 200);
      const body = new URLSearchParams({
        token: provider.tokens()!.access_token,
        client_id: provider.clientInformation()!.client_id,
      });
      await fetch(String((await issuerMetadata()).revocation_endpoint), { method: 'POST', body });
      assert.equal((await post(demo.url('oauth'), tokenHeader(provider))).status, 401);
    });
  });

  it('record what they receive without a single value', async () => {
    const arrival = demo.received('bearer').next();
    await post(`${demo.url('bearer')}?api_key=value`, bearerHeader('DEMO_OLD_TOKEN'));
    const { headerNames, ...request } = await arrival;
    assert.deepEqual(request, {
      method: 'POST',
      url: '/mcp',
      credential: 'wrong',
      rpcMethod: 'initialize',
    });
    assert.ok(headerNames.includes('authorization'));
    const recorded = JSON.stringify(demo.servers.map(({ received }) => received.list));
    const leaked = Object.entries(demo.env).filter(([, value]) => recorded.includes(value));
    assert.deepEqual(leaked, []);
  });

  it('make a project in which every address is live and every placeholder filled', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'demo-workspace-'));
    try {
      await createDemoWorkspace(folder, demo);
      const files = (await readdir(folder, { recursive: true })).sort();
      assert.deepEqual(
        files.filter((file) => /json$|ignore$|md$/.test(file)),
        [
          '.gitignore',
          '.mcp.json',
          'README.md',
          join('claude-plugin-example', '.claude-plugin', 'plugin.json'),
          join('claude-plugin-example', '.mcp.json'),
          'package.json',
          join('packages', 'web', '.mcp.json'),
          join('packages', 'web', 'package.json'),
        ],
      );
      const text = await readFile(join(folder, '.mcp.json'), 'utf8');
      const { mcpServers } = JSON.parse(text);
      assert.equal(mcpServers.issues.url, demo.url('bearer'));
      assert.match(mcpServers.github.headers.Authorization, /^Bearer ghp_\w{36}$/);
      assert.doesNotMatch(text, /\{\{/);
      assert.deepEqual(
        Object.entries(demo.env).filter(([, value]) => text.includes(value)),
        [],
      );
      await assert.doesNotReject(listTools(streamableHttpTo(mcpServers.docs.url)));
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

describe('startDemoServers', function () {
  this.timeout(10_000);

  it('approves at once when told to, without a page in between', async () => {
    const demo = await startDemoServers({ autoApprove: true });
    try {
      const authProvider = new MemoryOAuthClientProvider();
      const transport = new StreamableHTTPClientTransport(new URL(demo.url('oauth')), {
        authProvider,
      });
      const client = new Client({ name: 'test', version: '1.0.0' });
      await assert.rejects(client.connect(transport), UnauthorizedError);
      const redirected = await walkAuthorization(authProvider.authorizationUrl!);
      assert.ok(redirected.searchParams.has('code'));
      const decided = demo.received('oauth').list.filter(({ url }) => /allow|deny/.test(url));
      assert.deepEqual(decided, []);
    } finally {
      await demo.stop();
    }
  });

  it('uses consecutive ports from the base, and names the one that is taken', async () => {
    const { demo, portBase } = await startOnFreePorts();
    const ports = demo.servers.map(({ url }) => url && Number(new URL(url).port) - portBase);
    await demo.stop();
    // Behind each server with OAuth stands its authorization server, and the reports of stdio have 13.
    const further = Array.from({ length: 15 }, (_, index) => index + 14);
    assert.deepEqual(ports, [0, 1, 2, 3, 5, 7, 9, 11, 12, undefined, ...further]);

    const taken = portBase + 1;
    const blocker = createServer().listen(taken, '127.0.0.1');
    await once(blocker, 'listening');
    try {
      await assert.rejects(startDemoServers({ portBase }), {
        name: 'PortInUseError',
        message:
          `Port ${taken} on 127.0.0.1 is already in use. ` +
          'End the program that uses it, or start the demo servers with another portBase.',
      });
      assert.equal(await connectFailure(portBase), 'ECONNREFUSED');
    } finally {
      blocker.close();
    }
  });

  it('stops everything at once, also what hangs or streams, and ends its children', async () => {
    const demo = await startDemoServers();
    const headers = { Authorization: `Bearer ${demo.env['DEMO_BEARER_TOKEN']}` };
    const client = new Client({ name: 'test', version: '1.0.0' });
    const child = startStdio(demo, {});
    try {
      const arrival = demo.received('hang').next();
      const hanging = failureOf(post(demo.url('hang'), headers));
      await arrival;
      const stream = await fetch(demo.url('sse'), { headers });
      const cut = assert.rejects(stream.text());
      const socket = new WebSocket(demo.url('ws'), 'mcp', { headers });
      await once(socket, 'open');
      const socketClosed = once(socket, 'close');
      await client.connect(child);
      const pid = child.pid!;
      const childEnded = new Promise<void>((resolve) => (client.onclose = resolve));

      await demo.stop();

      assert.equal(await hanging, 'UND_ERR_SOCKET');
      await Promise.all([cut, socketClosed, childEnded]);
      assert.throws(() => process.kill(pid, 0), { code: 'ESRCH' });
      const ports = demo.servers.flatMap(({ url }) => (url === undefined ? [] : new URL(url).port));
      const failures = await Promise.all(ports.map((port) => connectFailure(Number(port))));
      assert.deepEqual(new Set(failures), new Set(['ECONNREFUSED']));
    } finally {
      await demo.stop();
      await client.close();
    }
  });
});

/** Below the ports that systems hand out, so that only a program of the user's can be in the way. */
async function startOnFreePorts(): Promise<{ demo: DemoServers; portBase: number }> {
  for (let portBase = 20_000; ; portBase += 100) {
    try {
      return { demo: await startDemoServers({ portBase }), portBase };
    } catch (error) {
      if (!(error instanceof PortInUseError)) throw error;
    }
  }
}

function post(url: string, headers: Record<string, string> = {}): Promise<Response> {
  const params = {
    protocolVersion: '2025-06-18',
    capabilities: {},
    clientInfo: { name: 'test', version: '1.0.0' },
  };
  return send(url, { jsonrpc: '2.0', id: 1, method: 'initialize', params }, headers);
}

function callTool(url: string, params: object, headers: Record<string, string>): Promise<Response> {
  return send(url, { jsonrpc: '2.0', id: 1, method: 'tools/call', params }, headers);
}

function send(url: string, message: object, headers: Record<string, string>): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    redirect: 'manual',
    headers: {
      'Content-Type': 'application/json',
      Accept: 'application/json, text/event-stream',
      ...headers,
    },
    body: JSON.stringify(message),
  });
}

function statusAndChallenge(response: Response): [number, string | null] {
  return [response.status, response.headers.get('www-authenticate')];
}

async function failureOf(request: Promise<Response>): Promise<unknown> {
  try {
    return (await request).status;
  } catch (error) {
    return ((error as Error).cause as { code?: string } | undefined)?.code;
  }
}

async function connectFailure(port: number): Promise<unknown> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return (socket.address() as AddressInfo).port;
  } catch (error) {
    return (error as { code?: string }).code;
  } finally {
    socket.destroy();
  }
}

async function fetchJson<T>(url: string): Promise<T> {
  return (await fetch(url)).json() as Promise<T>;
}

function resourceMetadataUrl(demo: DemoServers): string {
  return new URL('/.well-known/oauth-protected-resource/mcp', demo.url('oauth')).href;
}

function streamableHttpTo(url: string): Transport {
  return new StreamableHTTPClientTransport(new URL(url));
}

function startStdio(demo: DemoServers, env: Record<string, string>): StdioClientTransport {
  const { command, args } = demo.servers.find(({ name }) => name === 'stdio')!.command!;
  return new StdioClientTransport({ command, args: [...args], env });
}
