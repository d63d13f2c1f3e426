import assert from 'node:assert/strict';
import { describeOutcome } from '../../src/core/tokenTest/describeOutcome';
import type { ToolCallProbe } from '../../src/core/tokenTest/tokenTestOutcome';
import { startDemoServers, type DemoServers } from '../demo/servers/startDemoServers';
import {
  initialized,
  json,
  mcpServer,
  startServer,
  status,
  tools,
  type Handler,
  type TestServer,
} from './curlTestServer';
import { statuses, testAt } from './tokenTestRun';

function jwt(claims: object): string {
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
  return [encode({ alg: 'none' }), encode(claims), 'c2ln'.repeat(10)].join('.');
}

describe('what a server shows without a credential', function () {
  this.timeout(20_000);

  let demo: DemoServers;
  before(async () => {
    demo = await startDemoServers();
  });
  after(() => demo.stop());

  const servers: TestServer[] = [];
  afterEach(async () => {
    await Promise.all(servers.splice(0).map((server) => server.close()));
  });

  async function start(handle: Handler): Promise<TestServer> {
    const server = await startServer(handle);
    servers.push(server);
    return server;
  }

  describe('on the call of a tool that does not exist', () => {
    function answering(call: Handler): Handler {
      return mcpServer({
        initialize: json(initialized),
        'tools/list': json(tools),
        'tools/call': call,
      });
    }

    const rows: readonly (readonly [situation: string, call: Handler, expected: ToolCallProbe])[] =
      [
        ['401', status(401), { kind: 'protected', status: 401 }],
        ['403', status(403), { kind: 'protected', status: 403 }],
        ['500', status(500), { kind: 'unclear' }],
        [
          'an unknown tool',
          json({
            id: 3,
            error: { code: -32602, message: 'Unknown tool: mcp-auth-setup-probe-no-such-tool' },
          }),
          { kind: 'open' },
        ],
        [
          'an unknown tool, as a result',
          json({ id: 3, result: { isError: true, content: [{ type: 'text', text: 'No tool' }] } }),
          { kind: 'open' },
        ],
        [
          'an error about access',
          json({ id: 3, error: { code: -32001, message: 'Authentication required' } }),
          { kind: 'protected', status: undefined },
        ],
        [
          'a result about access',
          json({ id: 3, result: { isError: true, content: [{ text: 'Missing API key' }] } }),
          { kind: 'protected', status: undefined },
        ],
        [
          'another error',
          json({ id: 3, error: { code: -32603, message: 'Oops' } }),
          { kind: 'unclear' },
        ],
      ];
    for (const [situation, call, expected] of rows) {
      it(`${situation}: ${expected.kind}`, async () => {
        const { origin } = await start(answering(call));
        const { outcome } = await testAt(origin, { probeToolCall: true });
        assert.deepEqual(outcome.kind === 'accepted' && outcome.toolCall, expected);
      });
    }

    it('of the demo: open, and the ordinary test calls nothing', async () => {
      const probed = await testAt(demo.url('open'), { probeToolCall: true });
      assert.deepEqual(probed.outcome.kind === 'accepted' && probed.outcome.toolCall, {
        kind: 'open',
      });
      const { outcome, steps } = await testAt(demo.url('open'));
      assert.ok(!('toolCall' in outcome));
      assert.ok(steps.every(({ name }) => name !== 'tools/call'));
    });

    it('cancelled there, the test is cancelled', async () => {
      const controller = new AbortController();
      const { origin } = await start(answering(() => controller.abort()));
      const { signal } = controller;
      const { outcome } = await testAt(origin, { probeToolCall: true, signal });
      assert.deepEqual(outcome, { kind: 'cancelled' });
    });
  });

  describe('in the metadata that its challenge names', () => {
    it('that one signs in, and where', async () => {
      const seen = demo.received('oauth').list.length;
      const tested = await testAt(demo.url('oauth'));
      const { outcome } = tested;
      assert.equal(outcome.kind, 'rejected');
      assert.ok(outcome.kind === 'rejected' && outcome.reason.kind === 'sign-in');
      assert.deepEqual(outcome.reason.scopes, ['issues:read', 'issues:write']);
      assert.deepEqual(describeOutcome(outcome).action, { kind: 'sign-in' });
      assert.deepEqual(statuses(tested), ['initialize 401', 'resource metadata 200']);
      assert.deepEqual(
        demo
          .received('oauth')
          .list.slice(seen)
          .map(({ method, url }) => `${method} ${url}`),
        ['POST /mcp', 'GET /.well-known/oauth-protected-resource/mcp'],
      );
    });

    it('that another issuer made the token, without sending the token there', async () => {
      const seen = demo.received('oauth').list.length;
      const token = jwt({ iss: 'https://login.example/' });
      const { outcome } = await testAt(demo.url('oauth'), { authorization: `Bearer ${token}` });
      assert.ok(outcome.kind === 'rejected' && outcome.reason.kind === 'other-issuer');
      const { header, issuer, trusted } = outcome.reason;
      assert.deepEqual(
        [header, issuer, trusted.length],
        ['Authorization', 'https://login.example/', 1],
      );
      const [, lookUp] = demo.received('oauth').list.slice(seen);
      assert.ok(lookUp && !lookUp.headerNames.includes('authorization'));
      // The same issuer, letter by letter, is no reason.
      const own = jwt({ iss: trusted[0] });
      const second = await testAt(demo.url('oauth'), { authorization: `Bearer ${own}` });
      assert.equal(
        second.outcome.kind === 'rejected' && second.outcome.reason.kind,
        'token-invalid',
      );
    });

    it('nothing for a token that is no JWT: it is not looked up', async () => {
      const tested = await testAt(demo.url('oauth'), { authorization: 'Bearer opaque-token' });
      assert.deepEqual(statuses(tested), ['initialize 401']);
    });

    it('nothing that stands on another origin, in a file, or at an address with a password', async () => {
      const other = await start(status(200));
      const port = new URL(other.origin).port;
      for (const place of [
        `${other.origin}/metadata`,
        'file:///etc/passwd',
        `http://user:secret@127.0.0.1:${port}/`,
        'no address',
      ]) {
        const challenge = `Bearer resource_metadata="${place}"`;
        const { origin } = await start(status(401, { 'WWW-Authenticate': challenge }));
        const tested = await testAt(origin);
        assert.deepEqual(statuses(tested), ['initialize 401']);
      }
      assert.deepEqual(other.received, []);
    });

    it('nothing at an address that has its origin and is none of the web', async () => {
      let origin = '';
      const server = await start((response, request) => {
        const challenge = `Bearer resource_metadata="blob:${origin}/metadata"`;
        status(401, { 'WWW-Authenticate': challenge })(response, request);
      });
      ({ origin } = server);
      assert.deepEqual(statuses(await testAt(origin)), ['initialize 401']);
    });

    const unusable: readonly (readonly [situation: string, document: Handler])[] = [
      [
        'of another resource',
        json({ resource: 'https://o.example', authorization_servers: ['https://a.example'] }),
      ],
      ['that is no JSON', (response) => response.writeHead(200).end('<html>')],
      ['that is not there', status(404)],
      ['that lies elsewhere', status(302, { Location: 'http://127.0.0.1:9/' })],
    ];
    for (const [situation, document] of unusable) {
      it(`nothing in a document ${situation}`, async () => {
        let origin = '';
        const server = await start((response, request) => {
          if (request.method === 'GET') {
            document(response, request);
          } else {
            const challenge = `Bearer resource_metadata="${origin}/metadata"`;
            status(401, { 'WWW-Authenticate': challenge })(response, request);
          }
        });
        ({ origin } = server);
        const { outcome } = await testAt(`${origin}/mcp`);
        assert.equal(outcome.kind === 'rejected' && outcome.reason.kind, 'nothing-sent');
        assert.equal(server.received.length, 2);
      });
    }
  });
});
