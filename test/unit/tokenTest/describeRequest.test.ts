import assert from 'node:assert/strict';
import { describeRequest, summarizeRequest } from '../../../src/core/tokenTest/describeRequest';
import { localTarget, remoteTarget, secret } from './targets';

const messages = 'initialize, notifications/initialized and tools/list';

describe('what a test is about to do', () => {
  it('is shown for http with names in the place of values', () => {
    assert.deepEqual(describeRequest(remoteTarget, 'test'), [
      'POST https://mcp.tracker.example/mcp',
      '    Authorization: Bearer ${TRACKER_TOKEN}',
      '    X-Tenant: as in the file',
      '',
      `The messages ${messages} are sent like this, then the session is ended. If the server answers that it speaks in another form, that one is tried at the same address.`,
    ]);
  });

  it('is shown for sse and ws with what follows the first request', () => {
    const lines = (['sse', 'ws'] as const).map((transport) => {
      const described = describeRequest({ ...remoteTarget, transport, headers: [] }, 'test');
      return [described[0], described.at(-1)];
    });
    assert.deepEqual(lines, [
      [
        'GET https://mcp.tracker.example/mcp',
        `This opens the event stream. The messages ${messages} follow by POST with the same headers, to the address on the same host that the server names. If there is no event stream, one POST to the same address shows whether the type is another.`,
      ],
      [
        'GET https://mcp.tracker.example/mcp',
        `This opens a WebSocket. The messages ${messages} follow over it.`,
      ],
    ]);
  });

  it('names the call that a comparison makes without the credential', () => {
    assert.match(describeRequest(remoteTarget, 'compare').join('\n'), /a tool that does not exist/);
    assert.doesNotMatch(describeRequest(remoteTarget, 'test').join('\n'), /tool that does not/);
  });

  it('warns of a connection that others can read, and not of one within this machine', () => {
    const warned = [
      'http://mcp.tracker.example/mcp',
      'http://127.0.0.1:1/mcp',
      'ws://h.example',
    ].map((url) =>
      /not encrypted/.test(describeRequest({ ...remoteTarget, url }, 'test').join('\n')),
    );
    assert.deepEqual(warned, [true, false, true]);
  });

  it('is shown for a program with its command line, its folder and names of variables', () => {
    assert.deepEqual(describeRequest(localTarget, 'test'), [
      'This starts a program on this computer:',
      '    node "${DIR}/my server.mjs"',
      'in the folder /home/ann/corner-shop',
      'with the environment variables NOTES_TOKEN, NODE_OPTIONS',
      '',
      `It is sent ${messages}, and ended.`,
    ]);
  });

  it('fits on two lines of a list', () => {
    assert.deepEqual(
      [remoteTarget, { ...remoteTarget, headers: [] }, localTarget].map(summarizeRequest),
      [
        [
          'POST https://mcp.tracker.example/mcp',
          'Authorization: Bearer ${TRACKER_TOKEN}, X-Tenant: as in the file',
        ],
        ['POST https://mcp.tracker.example/mcp', 'no header of its own'],
        ['node "${DIR}/my server.mjs"', 'in /home/ann/corner-shop with NOTES_TOKEN, NODE_OPTIONS'],
      ],
    );
  });

  it('never shows a credential, whether from a variable or literal in the file', () => {
    const key = '3f9d2b7c81e64a05'.repeat(2);
    const url = `https://h.example/mcp?api_key=${key}`;
    const literal = { text: `--api-key=${key}`, written: `--api-key=${key}`, secretNames: [] };
    const command = { text: secret, written: '${API_TOKEN}', secretNames: ['API_TOKEN'] };
    const headers = [
      ...remoteTarget.headers,
      { name: 'X-API-Key', value: key, secretNames: [] },
      { name: 'X-Odd', value: secret, secretNames: ['ODD'] },
    ];
    const targets = [
      { ...remoteTarget, url, writtenUrl: url, headers },
      { ...localTarget, command, args: [literal] },
    ];
    const shown = targets.flatMap((target) => [
      ...describeRequest(target, 'test'),
      ...summarizeRequest(target),
    ]);
    assert.doesNotMatch(shown.join('\n'), new RegExp(`${key}|canary|tW3t`));
  });

  it('keeps hostile names on their line', () => {
    const headers = [{ name: 'X-A\nSend: nothing\u202e', value: 'v', secretNames: [] }];
    assert.ok(
      describeRequest({ ...remoteTarget, headers }, 'test').every(
        (line) => !/[\n\u202e]/.test(line),
      ),
    );
  });
});
