import assert from 'node:assert/strict';
import { converse } from '../../../src/core/tokenTest/conversation';
import { curlConfig } from '../../../src/core/tokenTest/curlConfig';
import { describeOutcome } from '../../../src/core/tokenTest/describeOutcome';
import { localEnvironment } from '../../../src/core/tokenTest/localEnvironment';
import type { ChannelEvent, MessageChannel } from '../../../src/core/tokenTest/messageChannel';
import { createMessageRecorder } from '../../../src/core/tokenTest/messageRecorder';
import { createTextRedactor } from '../../../src/core/tokenTest/redaction';
import { sessionFolder } from '../../../src/core/tokenTest/sessionFolder';
import type { MessageStep } from '../../../src/core/tokenTest/sender';
import type { TokenTestOptions } from '../../../src/core/tokenTest/tokenTestOptions';
import type { StepName, TokenTestOutcome } from '../../../src/core/tokenTest/tokenTestOutcome';
import { upgradeRequest, webSocketSpec } from '../../../src/core/tokenTest/tokenTestRequest';
import type { RemoteTarget } from '../../../src/core/tokenTest/tokenTestTarget';

describe('the messages of a test over a channel', () => {
  const initialized =
    '{"id":1,"result":{"protocolVersion":"2025-06-18","capabilities":{},"serverInfo":{"name":"a"}}}';
  const listed = '{"id":2,"result":{"tools":[]}}';
  const noVersion = { kind: 'not-mcp', step: 'initialize', flaw: { kind: 'protocol-version' } };
  const remarksOf = (outcome: TokenTestOutcome) =>
    'remarks' in outcome ? outcome.remarks : undefined;

  /** The other side has said all this from the start. */
  function channelOf(...texts: readonly string[]): MessageChannel & { readonly sent: string[] } {
    const events: ChannelEvent[] = texts.map((text) => ({ kind: 'message', text }));
    const sent: string[] = [];
    return {
      sent,
      send: (message) => sent.push(message),
      answer: (message) => sent.push(message),
      receive: () => Promise.resolve(events.shift() ?? { kind: 'ended', end: { kind: 'timeout' } }),
      close: () => Promise.resolve(),
      errorOutput: () => '',
    };
  }

  const converseWith = (...texts: readonly string[]) => converseWhere({}, ...texts);

  async function converseWhere(options: TokenTestOptions, ...texts: readonly string[]) {
    const steps: MessageStep[] = [];
    const redactor = createTextRedactor(['plum-jam']);
    const recorder = createMessageRecorder(
      redactor,
      () => 0,
      (step) => steps.push(step),
    );
    const channel = channelOf(...texts);
    const judgeEnd = (step: StepName) => ({ kind: 'socket-silent', step }) as const;
    const conversation = { channel, over: 'socket', recorder, remarks: [], judgeEnd } as const;
    return { outcome: await converse(conversation, options), steps, sent: channel.sent };
  }

  it('passes over notifications, requests of the server, and other answers', async () => {
    const { outcome } = await converseWith(
      '{"method":"notifications/message","params":{}}',
      '{"id":1,"method":"roots/list"}',
      '{"id":7,"result":{}}',
      initialized,
      '{"id":1,"result":{"tools":[1,2,3]}}',
      '{"id":2,"result":{"tools":[{}]}}',
    );
    assert.deepEqual(outcome, {
      kind: 'accepted',
      serverName: 'a',
      protocolVersion: '2025-06-18',
      toolCount: 1,
      hasMoreTools: false,
    });
  });

  it('answers a ping, and any other request with an error', async () => {
    const { sent } = await converseWith(
      '{"jsonrpc":"2.0","id":"a","method":"ping"}',
      '[{"id":7,"method":"roots/list"},{"method":"notifications/message"},null]',
      '{"id":null,"method":"ping"}',
      initialized,
    );
    assert.deepEqual(sent.slice(1, 3), [
      '{"jsonrpc":"2.0","id":"a","result":{}}',
      '{"jsonrpc":"2.0","id":7,"error":{"code":-32601,"message":"Method not found"}}',
    ]);
    assert.match(sent[3] ?? '', /"notifications\/initialized"/);
  });

  it('accepts a server that announced no tools and does not know tools/list', async () => {
    const { outcome } = await converseWith(initialized, '{"id":2,"error":{"code":-32601}}');
    assert.equal(outcome.kind === 'accepted' && outcome.toolCount, 0);
  });

  it('does not accept a result without a list of tools', async () => {
    const { outcome } = await converseWith(initialized, '{"id":2,"result":{}}');
    assert.deepEqual(outcome, { kind: 'not-mcp', step: 'tools/list', flaw: { kind: 'tools' } });
  });

  it('calls a tool that does not exist where a comparison wants to know', async () => {
    const refused = '{"id":3,"error":{"code":-32602,"message":"Unauthorized"}}';
    const probe = { probeToolCall: true };
    const { outcome, sent } = await converseWhere(probe, initialized, listed, refused);
    assert.deepEqual(outcome.kind === 'accepted' && outcome.toolCall, {
      kind: 'protected',
      status: undefined,
    });
    assert.match(sent[3] ?? '', /"tools\/call"/);
    const silent = await converseWhere(probe, initialized, listed);
    assert.deepEqual(
      silent.outcome.kind === 'accepted' && silent.outcome.toolCall?.kind,
      'unclear',
    );
  });

  it('counts what is no JSON, and keeps the first of it', async () => {
    const { outcome } = await converseWith('one', 'two', initialized, listed);
    assert.deepEqual(remarksOf(outcome), [
      { kind: 'stray', over: 'socket', count: 2, sample: 'one' },
    ]);
  });

  it('takes a log in JSON for no answer, though it has a field named error', async () => {
    const log = '{"level":"warn","error":{"message":"ENOENT cache"}}';
    const { outcome } = await converseWith(log, initialized, listed);
    assert.equal(outcome.kind, 'accepted');
    assert.deepEqual(remarksOf(outcome), [
      { kind: 'stray', over: 'socket', count: 1, sample: log },
    ]);
  });

  it('takes an error that names no request for the answer only where no other comes', async () => {
    const error = '{"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"No"}}';
    const answered = await converseWith(error, initialized, listed);
    const unanswered = await converseWith(error);
    assert.deepEqual(
      [answered.outcome.kind, unanswered.outcome],
      [
        'accepted',
        { kind: 'rpc-error', step: 'initialize', code: -32700, message: 'No', over: 'socket' },
      ],
    );
    assert.equal(unanswered.steps[0]?.received, error);
  });

  it('keeps no half credential at the end of what is looked at', () => {
    const value = 'correct-horse-battery-staple-'.repeat(4).slice(0, 89);
    const steps: MessageStep[] = [];
    const keep = (step: MessageStep) => steps.push(step);
    const recorder = createMessageRecorder(createTextRedactor([value]), () => 0, keep);
    recorder.begin('start', '')(`${value} `.repeat(1000));
    assert.match(steps[0]?.received ?? '', /^(?:••• )+•••$/);
  });

  it('takes a version that repeats a credential for none', async () => {
    const { outcome } = await converseWith(initialized.replace('2025-06-18', 'plum-jam'));
    assert.deepEqual(outcome, noVersion);
  });

  it('sends nothing more where the version is missing', async () => {
    const { outcome, sent } = await converseWith('{"id":1,"result":{}}');
    assert.deepEqual(outcome, noVersion);
    assert.equal(sent.length, 1);
  });

  it('records each message without what is private, and no more than a part of it', async () => {
    const { steps } = await converseWith(
      `{"id":1,"error":{"message":"plum-jam ${'x '.repeat(9999)}"}}`,
    );
    const [step] = steps;
    assert.ok(step);
    assert.match(step.sent, /"method":"initialize"/);
    assert.match(step.received, /"message":"••• x x/);
    assert.equal(step.received.length, 4097);
  });
});

describe('the request for a WebSocket', () => {
  const target: RemoteTarget = {
    transport: 'ws',
    serverName: 'tracker',
    url: 'wss://tracker.example/mcp?a=b',
    headers: [
      { name: 'Authorization', value: 'Bearer abc', secretNames: ['TOKEN'] },
      { name: 'connection', value: 'close', secretNames: [] },
      { name: 'Sec-WebSocket-Key', value: 'mine', secretNames: [] },
    ],
  };
  const request = upgradeRequest(target, 'bm9uY2U=');

  it('is one of HTTP, with what the handshake needs and the headers of the entry', () => {
    assert.deepEqual(
      [request.url, request.headers.map(({ name, value }) => `${name}: ${value}`)],
      [
        'https://tracker.example/mcp?a=b',
        [
          'Connection: Upgrade',
          'Upgrade: websocket',
          'Sec-WebSocket-Version: 13',
          'Sec-WebSocket-Key: bm9uY2U=',
          'Sec-WebSocket-Protocol: mcp',
          'Authorization: Bearer abc',
        ],
      ],
    );
  });

  it('is sent in HTTP/1.1, through a tunnel where there is a proxy', () => {
    const lines = curlConfig(request, { connectTimeoutMs: 1, maxTimeMs: 1 }, 'm').split('\n');
    const wanted = ['http1.1', 'proxytunnel', 'dump-header = "-"', 'request = "GET"'];
    assert.deepEqual(
      wanted.filter((line) => !lines.includes(line)),
      [],
    );
  });

  it('leaves the handshake of the socket to the socket', () => {
    assert.deepEqual(webSocketSpec({ ...target, url: 'http://tracker.example/mcp' }), {
      url: 'ws://tracker.example/mcp',
      headers: [{ name: 'Authorization', value: 'Bearer abc' }],
      subprotocols: ['mcp'],
    });
  });
});

describe('where and with what a local server is started', () => {
  const rows: readonly (readonly [Parameters<typeof sessionFolder>[0], string])[] = [
    [{ place: 'project', file: '/shop/.mcp.json', workspaceFolder: '/shop' }, '/shop'],
    [{ place: 'project', file: '/shop/web/.mcp.json', workspaceFolder: '/shop' }, '/shop/web'],
    [{ place: 'project', file: '/shop/.mcp.json', workspaceFolder: '/shop/web' }, '/shop/web'],
    [{ place: 'project', file: '/shop/.mcp.json', workspaceFolder: '/shopping' }, '/shop'],
    [{ place: 'project', file: '/.mcp.json', workspaceFolder: undefined }, '/'],
    [{ place: 'project', file: 'C:\\shop\\.mcp.json', workspaceFolder: 'C:\\shop' }, 'C:\\shop'],
    [{ place: 'project', file: 'C:\\.mcp.json', workspaceFolder: undefined }, 'C:\\'],
    [{ place: 'plugin', file: '/shop/plug/.mcp.json', workspaceFolder: '/shop' }, '/shop'],
    [{ place: 'user', file: '/home/ann/.claude.json', workspaceFolder: '/shop' }, '/shop'],
    [{ place: 'user', file: '/home/ann/.claude.json', workspaceFolder: undefined }, '/home/ann'],
    [
      {
        place: 'user',
        file: '/home/ann/.claude.json',
        project: '/other',
        workspaceFolder: '/shop',
      },
      '/other',
    ],
  ];
  for (const [facts, expected] of rows) {
    it(`${facts.file} with ${facts.workspaceFolder ?? 'no folder'}: ${expected}`, () => {
      assert.equal(sessionFolder(facts), expected);
    });
  }

  it('what Claude Code and the editor keep for themselves is not inherited', () => {
    const environment = {
      PATH: '/bin',
      ANTHROPIC_API_KEY: 'a',
      CLAUDE_CODE_OAUTH_TOKEN: 'b',
      OTEL_SERVICE: 'c',
      VSCODE_PID: '1',
      ELECTRON_RUN_AS_NODE: '1',
      GONE: undefined,
    };
    assert.deepEqual(localEnvironment(environment, '/shop'), {
      PATH: '/bin',
      ANTHROPIC_API_KEY: 'a',
      CLAUDE_PROJECT_DIR: '/shop',
      CLAUDECODE: '1',
    });
  });
});

describe('what befell a channel in words', () => {
  const step = 'initialize';
  const notStarted = (problem: string, command: string, code = 'ENOENT') =>
    ({ kind: 'not-started', problem, command, code, remarks: [] }) as TokenTestOutcome;
  const ended: TokenTestOutcome = {
    kind: 'process-ended',
    step,
    code: 3,
    signal: undefined,
    lastWords: 'TOKEN is missing',
    hasEnv: true,
    remarks: [],
  };

  it('a program that gives up', () => {
    assert.deepEqual(describeOutcome(ended), {
      headline: 'Ended: the program ended with exit code 3 before it had answered.',
      state: 'ended (3)',
      cause:
        'On stderr it last wrote: "TOKEN is missing". Claude Code reports it as "CONNECTION_CLOSED: Connection closed".',
      next: 'Check args and the values in env: many servers end like this without their token.',
      action: { kind: 'open-entry', field: 'env' },
      isAccepted: false,
    });
  });

  it('a variable without a value is said, and is the next step', () => {
    const { cause, action } = describeOutcome({
      ...ended,
      remarks: [{ kind: 'unresolved', where: 'env TOKEN', variable: 'API_TOKEN' }],
    });
    assert.match(
      cause,
      /\. API_TOKEN has no value, so env TOKEN holds the text \$\{API_TOKEN\}, as Claude Code passes it\.$/,
    );
    assert.deepEqual(action, { kind: 'set-variable', name: 'API_TOKEN' });
  });

  it('a script that only a shell of Windows starts', () => {
    assert.match(
      describeOutcome(notStarted('command-not-found', 'npx')).next,
      /On Windows, write "cmd" into command and "\/c", "npx" in front of args\.$/,
    );
  });

  const remarks = [
    { kind: 'stray', over: 'process', count: 2, sample: 'up' },
    { kind: 'stray', over: 'socket', count: 1, sample: 'up' },
    { kind: 'own-socket' },
  ] as const;
  const others: readonly TokenTestOutcome[] = [
    notStarted('command-holds-arguments', 'npx -y foo'),
    notStarted('command-not-found', 'foo'),
    notStarted('command-not-found', './foo'),
    notStarted('not-executable', './foo', 'EACCES'),
    notStarted('folder-missing', 'foo'),
    notStarted('other', 'foo', 'E2BIG'),
    { ...ended, code: undefined, signal: 'SIGSEGV', hasEnv: false },
    { ...ended, code: undefined, lastWords: '' },
    { ...ended, step: 'tools/list' },
    { kind: 'process-silent', step, lastWords: '', remarks },
    { kind: 'process-flooded', step, remarks },
    ...[200, 400, 404, 405, 426].map((status): TokenTestOutcome => ({
      kind: 'no-upgrade',
      status,
      detail: undefined,
    })),
    { kind: 'no-subprotocol', agreed: undefined },
    { kind: 'no-subprotocol', agreed: 'other' },
    { kind: 'upgraded-behind-proxy' },
    { kind: 'socket-not-opened', code: 'ECONNRESET', detail: '' },
    { kind: 'socket-not-opened', code: 'SELF_SIGNED_CERT_IN_CHAIN', detail: 'self-signed' },
    { kind: 'socket-closed', step, code: 1006, reason: '', remarks },
    { kind: 'socket-closed', step, code: 1006, reason: '', flaw: 'RSV1 must be clear', remarks },
    { kind: 'socket-closed', step: 'tools/list', code: 4401, reason: 'expired', remarks },
    { kind: 'socket-silent', step, remarks },
    { kind: 'socket-flooded', step, remarks },
    { kind: 'rpc-error', step, code: 1, message: 'no token', over: 'process', remarks },
    { kind: 'rpc-error', step, code: 1, message: 'no token', over: 'socket', remarks },
    { kind: 'not-mcp', step, flaw: { kind: 'protocol-version' }, remarks },
  ];
  for (const outcome of others) {
    const { headline, state, cause, next } = describeOutcome(outcome);
    it(`keeps its tone: ${headline}`, () => {
      for (const sentence of [headline, cause, next]) {
        assert.match(sentence, /^(?:[A-Z]|curl ).*\.$/);
        assert.doesNotMatch(sentence, /!|please|undefined|invalid|\.\.|status 401 or/i);
      }
      assert.doesNotMatch(state, /^[A-Z](?!CP)|\.$/);
    });
  }

  it('every outcome that is a failure of a channel has a button', () => {
    const without = others
      .filter(({ kind }) => /^(?:not-started|process-|no-|socket-|upgraded)/.test(kind))
      .filter((outcome) => describeOutcome(outcome).action === undefined);
    assert.deepEqual(without, []);
  });
});
