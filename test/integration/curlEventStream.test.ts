import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { describeOutcome } from '../../src/core/tokenTest/describeOutcome';
import { formatTokenTestReport } from '../../src/core/tokenTest/tokenTestReport';
import type { TokenTestOutcome } from '../../src/core/tokenTest/tokenTestOutcome';
import type { TokenTestResult } from '../../src/core/tokenTest/runTokenTest';
import { startDemoServers, type DemoServers } from '../demo/servers/startDemoServers';
import {
  initialized,
  startServer,
  status,
  tools,
  type Handler,
  type TestServer,
} from './curlTestServer';
import { statuses, testAt, type TestRun } from './tokenTestRun';

const token = 'canary-' + 'tW3t'.repeat(7);
const authorization = `Bearer ${token}`;
const accepted = {
  kind: 'accepted',
  serverName: 'tracker',
  protocolVersion: '2025-06-18',
  toolCount: 2,
  hasMoreTools: false,
};
const endpoint = 'event: endpoint\ndata: /messages?session=1\n\n';
const steps = ['event stream 200', 'initialize 202', 'notifications/initialized 202'];

function message(value: unknown): string {
  return `event: message\ndata: ${JSON.stringify(value)}\n\n`;
}

/** What goes onto the stream: when it opens, and for each message. */
interface StreamScript {
  readonly opening?: string;
  readonly answers?: Readonly<Record<string, string>>;
  /** In the place of 202 and what goes onto the stream. */
  readonly posts?: Readonly<Record<string, Handler>>;
}

const good = { initialize: message(initialized), 'tools/list': message(tools) };

function streamServer({ opening = endpoint, answers = good, posts = {} }: StreamScript): Handler {
  let stream: ServerResponse | undefined;
  return (response, { method, rpcMethod = '' }) => {
    if (method === 'GET') {
      stream = response.writeHead(200, { 'Content-Type': 'text/event-stream' });
      stream.write(opening);
      return;
    }
    const handle = posts[rpcMethod] ?? status(202);
    handle(response, { method, path: '', rawHeaders: [], rpcMethod });
    if (posts[rpcMethod] === undefined) {
      stream?.write(answers[rpcMethod] ?? '');
    }
  };
}

function stream(body: string, type = 'text/event-stream'): Handler {
  return (response) => response.writeHead(200, { 'Content-Type': type }).end(body);
}

describe('a token test over an event stream', function () {
  this.timeout(20_000);

  const servers: TestServer[] = [];
  afterEach(async () => {
    await Promise.all(servers.splice(0).map((server) => server.close()));
  });

  async function start(handle: Handler): Promise<TestServer> {
    const server = await startServer(handle);
    servers.push(server);
    return server;
  }

  function test({ origin }: TestServer, run: TestRun = {}): Promise<TokenTestResult> {
    return testAt(`${origin}/sse`, { transport: 'sse', authorization, ...run });
  }

  it('opens the stream, sends its messages to the endpoint, and ends the stream', async () => {
    const server = await start(streamServer({}));
    const result = await test(server);
    assert.deepEqual(result.outcome, accepted);
    assert.deepEqual(statuses(result), [...steps, 'tools/list 202']);
    assert.deepEqual(
      server.received.map(({ method, path, rpcMethod = '', rawHeaders }) => [
        `${method} ${path} ${rpcMethod}`.trim(),
        rawHeaders.includes(authorization),
        rawHeaders.includes('2025-06-18'),
      ]),
      [
        ['GET /sse', true, false],
        ['POST /messages?session=1 initialize', true, false],
        ['POST /messages?session=1 notifications/initialized', true, true],
        ['POST /messages?session=1 tools/list', true, true],
      ],
    );
    assert.doesNotMatch(JSON.stringify(result) + formatTokenTestReport(result), /canary|tW3t/);
  });

  it('asks a server that has to prove it whether tools/call is open as well', async () => {
    const unknown = { jsonrpc: '2.0', id: 3, error: { code: -32602, message: 'Unknown tool' } };
    const answers = { ...good, 'tools/call': message(unknown) };
    const result = await test(await start(streamServer({ answers })), { probeToolCall: true });
    assert.deepEqual(result.outcome, { ...accepted, toolCall: { kind: 'open' } });
  });

  const spellings: readonly (readonly [name: string, opening: string])[] = [
    ['CRLF', 'event: endpoint\r\ndata: /messages\r\n\r\n'],
    ['CR', 'event: endpoint\rdata: /messages\r\r'],
    ['a byte order mark', '\ufeffevent:endpoint\ndata:/messages\n\n'],
    ['comments and other events before it', `: hi\n\nevent: ping\ndata: 1\n\n${endpoint}`],
    ['data before the name', 'data: /messages\nevent: endpoint\n\n'],
    ['a second endpoint', `${endpoint}event: endpoint\ndata: /elsewhere\n\n`],
  ];
  for (const [name, opening] of spellings) {
    it(`understands an endpoint with ${name}`, async () => {
      const server = await start(streamServer({ opening }));
      assert.deepEqual((await test(server)).outcome, accepted);
      assert.ok(server.received.every(({ path = '' }) => !path.startsWith('/elsewhere')));
    });
  }

  it('sends nothing to an endpoint on another origin', async () => {
    const other = await start(status(202));
    const opening = `event: endpoint\ndata: ${other.origin}/messages?secret=1\n\n`;
    const { outcome, steps: taken } = await test(await start(streamServer({ opening })));
    const flaw = { kind: 'endpoint-elsewhere', endpoint: other.origin };
    assert.deepEqual(outcome, { kind: 'broken-stream', step: 'event stream', flaw });
    assert.deepEqual([other.received, taken.length], [[], 1]);
  });

  const step = 'event stream';
  const flawed: readonly (readonly [situation: string, handle: Handler, TokenTestOutcome])[] = [
    [
      'an endpoint in the file system',
      streamServer({ opening: 'event: endpoint\ndata: file:///etc/passwd\n\n' }),
      {
        kind: 'broken-stream',
        step,
        flaw: { kind: 'endpoint-elsewhere', endpoint: 'file://' },
      },
    ],
    [
      'an endpoint that is no address',
      streamServer({ opening: 'event: endpoint\ndata: http://[\n\n' }),
      { kind: 'broken-stream', step, flaw: { kind: 'endpoint-unreadable' } },
    ],
    [
      'an endpoint without end',
      streamServer({ opening: `event: endpoint\ndata: /${'a'.repeat(100_000)}\n\n` }),
      { kind: 'broken-stream', step, flaw: { kind: 'endpoint-unreadable' } },
    ],
    [
      'a stream that ends at once',
      stream(': bye\n\n'),
      { kind: 'broken-stream', step, flaw: { kind: 'no-endpoint', isClosed: true } },
    ],
    [
      'an endpoint that no empty line ends',
      stream('event: endpoint\ndata: /messages\n'),
      { kind: 'broken-stream', step, flaw: { kind: 'no-endpoint', isClosed: true } },
    ],
    [
      'a page',
      stream('<!doctype html>', 'text/html'),
      { kind: 'not-mcp', step, flaw: { kind: 'html' } },
    ],
    [
      'JSON',
      stream('{}', 'application/json'),
      { kind: 'not-mcp', step, flaw: { kind: 'content-type', contentType: 'application/json' } },
    ],
    [
      'comments without end',
      (response) => {
        response.writeHead(200, { 'Content-Type': 'text/event-stream' });
        const more = (): void => {
          while (!response.destroyed && response.write(': comment\n'.repeat(1000)));
          response.once('drain', more);
        };
        more();
      },
      { kind: 'too-large', step },
    ],
    ['one line without end', stream(`data: ${'x'.repeat(2_000_000)}`), { kind: 'too-large', step }],
    [
      'a failing stream whose body looks right',
      (response) => response.writeHead(503, { 'Content-Type': 'text/event-stream' }).end(endpoint),
      {
        kind: 'server-error',
        status: 503,
        step,
        detail: 'event: endpoint data: /messages?session=•••',
      },
    ],
  ];
  for (const [situation, handle, expected] of flawed) {
    it(`stops at ${situation}`, async () => {
      const server = await start(handle);
      assert.deepEqual((await test(server)).outcome, expected);
      const isOpened = expected.kind === 'broken-stream' && expected.flaw.kind === 'no-endpoint';
      assert.deepEqual(
        server.received.map(({ method }) => method),
        // Then it may be one of type "http".
        isOpened ? ['GET', 'POST'] : ['GET'],
      );
    });
  }

  it('says that type is to be http, where GET opens the stream of Streamable HTTP', async () => {
    const server = await start((response, { method }) => {
      if (method === 'GET') {
        response.writeHead(200, { 'Content-Type': 'text/event-stream' }).flushHeaders();
      } else {
        response.setHeader('Content-Type', 'application/json').end(JSON.stringify(initialized));
      }
    });
    const { outcome } = await test(server, { timeoutMs: 2000 });
    const flaw = { kind: 'no-endpoint', isClosed: false };
    assert.deepEqual(outcome, { kind: 'other-transport', speaks: 'http', status: 200, flaw });
    const { cause, action } = describeOutcome(outcome);
    assert.equal(
      cause,
      'The GET opened an event stream that named no endpoint, and initialize by POST was understood.',
    );
    assert.deepEqual(action, { kind: 'change-type', transport: 'http' });
  });

  it('gives up on a stream that stays silent before and after its endpoint', async () => {
    const silent = await test(await start(streamServer({ opening: ': hi\n\n' })), {
      timeoutMs: 2000,
    });
    const unanswered = await test(await start(streamServer({ answers: {} })), { timeoutMs: 2000 });
    assert.deepEqual(
      [silent.outcome, unanswered.outcome],
      [
        { kind: 'broken-stream', step, flaw: { kind: 'no-endpoint', isClosed: false } },
        {
          kind: 'broken-stream',
          step: 'initialize',
          flaw: { kind: 'no-answer', isClosed: false, isInPost: false },
        },
      ],
    );
  });

  it('tells an answer in the POST, and a stream that closes, from silence', async () => {
    let opened: ServerResponse | undefined;
    const close: Handler = (response, { method }) => {
      if (method === 'GET') {
        opened = response.writeHead(200, { 'Content-Type': 'text/event-stream' });
        opened.write(endpoint);
      } else {
        response.writeHead(202).end();
        opened?.end(`event: other\ndata: ${JSON.stringify(initialized)}\n\n`);
      }
    };
    const inPost: Handler = (response) =>
      response
        .writeHead(200, { 'Content-Type': 'application/json' })
        .end(JSON.stringify(initialized));
    const outcomes = [
      await test(await start(close)),
      await test(await start(streamServer({ posts: { initialize: inPost } })), { timeoutMs: 2000 }),
    ].map(({ outcome }) => outcome);
    const broken = { kind: 'broken-stream', step: 'initialize' };
    assert.deepEqual(outcomes, [
      { ...broken, flaw: { kind: 'no-answer', isClosed: true, isInPost: false } },
      { ...broken, flaw: { kind: 'no-answer', isClosed: false, isInPost: true } },
    ]);
  });

  it('tells which message was refused while the stream was open', async () => {
    const challenge = { 'WWW-Authenticate': 'Bearer error="invalid_token"' };
    const first = await test(
      await start(streamServer({ posts: { initialize: status(401, challenge) } })),
    );
    const later = await test(await start(streamServer({ posts: { 'tools/list': status(401) } })));
    assert.deepEqual(
      [first, later].map(({ outcome }) => describeOutcome(outcome).headline),
      [
        'Rejected (401) on initialize, after the event stream had opened: the server does not accept this token (invalid_token).',
        'Rejected (401) on tools/list, after initialize had passed: the server does not accept the value of Authorization.',
      ],
    );
    assert.deepEqual(statuses(first), ['event stream 200', 'initialize 401']);
  });

  it('waits behind an error that names no request, and takes it where nothing else comes', async () => {
    const error = { jsonrpc: '2.0', id: null, error: { code: -32600, message: 'No' } };
    const before = { ...good, initialize: message(error) + message(initialized) };
    const alone = { initialize: message(error) };
    const outcomes = [
      await test(await start(streamServer({ answers: before }))),
      await test(await start(streamServer({ answers: alone })), { timeoutMs: 2000 }),
    ].map(({ outcome }) => outcome);
    assert.deepEqual(outcomes, [
      accepted,
      { kind: 'rpc-error', step: 'initialize', code: -32600, message: 'No' },
    ]);
  });

  it('answers a server that asks whether anybody is there before it answers itself', async () => {
    const ping = { jsonrpc: '2.0', id: 'up?', method: 'ping' };
    // The answer is the message without a method.
    const answers = { ...good, initialize: message(ping), '': message(initialized) };
    const result = await test(await start(streamServer({ answers })));
    assert.deepEqual(result.outcome, accepted);
    assert.deepEqual(statuses(result).slice(0, 3), [...steps.slice(0, 2), 'answer 202']);
    assert.match(JSON.stringify(result.steps), /id\\":\\"up\?\\",\\"result/);
  });

  it('answers no more than a few requests of a server that asks many times', async () => {
    const ping = message({ jsonrpc: '2.0', id: 'up?', method: 'ping' });
    const answers = { ...good, initialize: ping.repeat(40) + message(initialized) };
    const result = await test(await start(streamServer({ answers })));
    assert.deepEqual(result.outcome, accepted);
    assert.equal(result.steps.filter(({ name }) => name === 'answer').length, 10);
  });

  it('does not wait for the body of an answer to the notification', async () => {
    const silent: Handler = (response) => response.writeHead(202).flushHeaders();
    const posts = { 'notifications/initialized': silent };
    assert.deepEqual((await test(await start(streamServer({ posts })))).outcome, accepted);
  });

  it('tells a session that is lost from an endpoint that never was', async () => {
    const first = await test(await start(streamServer({ posts: { initialize: status(404) } })));
    const later = await test(await start(streamServer({ posts: { 'tools/list': status(404) } })));
    assert.deepEqual(
      [first, later].map(({ outcome }) => describeOutcome(outcome).state),
      ['wrong endpoint (404)', 'session lost (404)'],
    );
  });

  it('an error on the stream is the answer', async () => {
    const error = { jsonrpc: '2.0', id: 1, error: { code: -32000, message: 'Unauthorized' } };
    const server = await start(streamServer({ answers: { initialize: message(error) } }));
    assert.deepEqual((await test(server)).outcome, {
      kind: 'rpc-error',
      step: 'initialize',
      code: -32000,
      message: 'Unauthorized',
    });
  });

  describe('cancelled', () => {
    /** Aborts when the server has got the request, which it then leaves as it is. */
    function abortOn(stage: string, controller: AbortController): Handler {
      const script = streamServer({});
      return (response, request) => {
        if ((request.rpcMethod ?? request.method) === stage) {
          controller.abort();
          return;
        }
        script(response, request);
      };
    }

    for (const stage of ['GET', 'initialize', 'notifications/initialized', 'tools/list']) {
      it(`on ${stage}, leaves no process`, async () => {
        const controller = new AbortController();
        const server = await start(abortOn(stage, controller));
        const { outcome } = await test(server, { signal: controller.signal });
        assert.deepEqual(outcome, { kind: 'cancelled' });
      });
    }

    const waits: readonly (readonly [until: string, handle: (abort: () => void) => Handler])[] = [
      [
        'the endpoint',
        (abort) => (response) => {
          response.writeHead(200, { 'Content-Type': 'text/event-stream' });
          response.write(': hi\n\n', abort);
        },
      ],
      [
        'an answer',
        (abort) => {
          const initialize: Handler = (response) => {
            response.socket?.once('close', abort);
            response.writeHead(202, { Connection: 'close' }).end();
          };
          return streamServer({ posts: { initialize } });
        },
      ],
    ];
    for (const [until, handle] of waits) {
      it(`while the stream is silent until ${until}, leaves no process`, async () => {
        const controller = new AbortController();
        const server = await start(handle(() => controller.abort()));
        const { outcome } = await test(server, { signal: controller.signal });
        assert.deepEqual(outcome, { kind: 'cancelled' });
      });
    }
  });

  describe('of the demo', () => {
    let demo: DemoServers;
    before(async () => {
      demo = await startDemoServers();
    });
    after(() => demo.stop());

    function testDemo(name: string, run: TestRun): Promise<TokenTestResult> {
      return testAt(demo.url(name), {
        authorization: `Bearer ${demo.env['DEMO_BEARER_TOKEN']}`,
        ...run,
      });
    }

    it('accepts its token and rejects another, and none', async () => {
      const transport = 'sse';
      const runs = [{}, { authorization: 'Bearer other' }, { authorization: undefined }];
      const states: string[] = [];
      for (const run of runs) {
        const { outcome } = await testDemo('sse', { transport, ...run });
        states.push(describeOutcome(outcome).headline);
      }
      assert.deepEqual(states, [
        'Accepted: the server lists 4 tools.',
        'Rejected (401): the server does not accept this token (invalid_token).',
        'Rejected (401): the server wants a credential and none was sent.',
      ]);
    });

    it('says that type is to be sse, and to be http', async () => {
      const transport = 'sse';
      const found = [
        await testDemo('sse', {}),
        await testDemo('bearer', { transport }),
        await testDemo('stateless', { transport }),
      ];
      assert.deepEqual(
        found.map(({ outcome }) => [outcome, describeOutcome(outcome).action]),
        [
          [
            { kind: 'other-transport', speaks: 'sse', status: 405 },
            { kind: 'change-type', transport: 'sse' },
          ],
          ...found.slice(1).map(() => [
            { kind: 'other-transport', speaks: 'http', status: 405 },
            { kind: 'change-type', transport: 'http' },
          ]),
        ],
      );
    });

    it('keeps its own words where neither transport is there', async () => {
      const { outcome } = await testDemo('not-found', { transport: 'sse' });
      assert.equal(describeOutcome(outcome).state, 'wrong endpoint (404)');
    });
  });
});
