import assert from 'node:assert/strict';
import {
  absentToolMessage,
  discoverMessage,
  initializedMessage,
  initializeMessage,
  toolsListMessage,
} from '../../../src/core/tokenTest/mcpMessages';
import {
  endpointRequest,
  endSessionRequest,
  eventStreamRequest,
  initializeRequest,
  sessionRequest,
  statelessRequest,
} from '../../../src/core/tokenTest/tokenTestRequest';

const target = {
  transport: 'http' as const,
  serverName: 'tracker',
  url: 'HTTPS://Tracker.example/mcp?team=a b',
  headers: [{ name: 'Authorization', value: 'Bearer abc', secretNames: ['TRACKER_TOKEN'] }],
};
const session = { id: 'session-1', protocolVersion: '2025-06-18' };
const url = 'https://tracker.example/mcp?team=a%20b';
const content = [
  { name: 'Content-Type', value: 'application/json' },
  { name: 'Accept', value: 'application/json, text/event-stream' },
];
const authorization = { name: 'Authorization', value: 'Bearer abc' };
const sessionHeaders = [
  { name: 'Mcp-Session-Id', value: 'session-1' },
  { name: 'MCP-Protocol-Version', value: '2025-06-18' },
];

describe('the requests of a token test', () => {
  it('initialize offers a protocol version in the body and none in a header', () => {
    assert.deepEqual(initializeRequest(target), {
      method: 'POST',
      url,
      headers: [...content, authorization],
      body: '{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"mcp-auth-setup","version":"1"}}}',
    });
  });

  it('later messages carry the session id and the version that was agreed on', () => {
    assert.deepEqual(
      [
        sessionRequest(target, session, initializedMessage),
        sessionRequest(target, session, toolsListMessage),
      ],
      [
        {
          method: 'POST',
          url,
          headers: [...content, ...sessionHeaders, authorization],
          body: '{"jsonrpc":"2.0","method":"notifications/initialized"}',
        },
        {
          method: 'POST',
          url,
          headers: [...content, ...sessionHeaders, authorization],
          body: '{"jsonrpc":"2.0","id":2,"method":"tools/list"}',
        },
      ],
    );
  });

  it('a server without sessions is sent no session id', () => {
    const { headers } = sessionRequest(target, { ...session, id: undefined }, toolsListMessage);
    assert.deepEqual(headers, [
      ...content,
      { name: 'MCP-Protocol-Version', value: '2025-06-18' },
      authorization,
    ]);
  });

  it('the end of the session is a DELETE with the credential and without a body', () => {
    assert.deepEqual(endSessionRequest(target, session), {
      method: 'DELETE',
      url,
      headers: [...sessionHeaders, authorization],
    });
  });

  it('an event stream is asked for with the credential, and messages go where it says', () => {
    const endpoint = 'https://tracker.example/messages?s=1';
    assert.deepEqual(eventStreamRequest(target), {
      method: 'GET',
      url,
      headers: [{ name: 'Accept', value: 'text/event-stream' }, authorization],
    });
    const posts = [
      endpointRequest(target, endpoint, undefined, initializeMessage),
      endpointRequest(target, endpoint, { ...session, id: undefined }, toolsListMessage),
    ];
    assert.deepEqual(
      posts.map((post) => [post.url, post.headers]),
      [
        [endpoint, [...content, authorization]],
        [
          endpoint,
          [...content, { name: 'MCP-Protocol-Version', value: '2025-06-18' }, authorization],
        ],
      ],
    );
  });

  it('a request that stands alone says in headers and body what it is', () => {
    const { headers, body } = statelessRequest(target, absentToolMessage);
    assert.deepEqual(headers, [
      ...content,
      { name: 'MCP-Protocol-Version', value: '2026-07-28' },
      { name: 'Mcp-Method', value: 'tools/call' },
      { name: 'Mcp-Name', value: 'mcp-auth-setup-probe-no-such-tool' },
      authorization,
    ]);
    assert.equal(
      body,
      '{"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"mcp-auth-setup-probe-no-such-tool","arguments":{},"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientInfo":{"name":"mcp-auth-setup","version":"1"},"io.modelcontextprotocol/clientCapabilities":{}}}}',
    );
    const own = [{ name: 'mcp-method', value: 'mine', secretNames: [] }];
    assert.deepEqual(
      statelessRequest({ ...target, headers: own }, discoverMessage).headers.slice(2),
      [
        { name: 'MCP-Protocol-Version', value: '2026-07-28' },
        { name: 'Mcp-Method', value: 'server/discover' },
      ],
    );
  });

  it('the protocol decides its own headers, and names that differ in case become one header', () => {
    const headers = [
      { name: 'accept', value: 'text/html', secretNames: [] },
      { name: 'MCP-SESSION-ID', value: 'mine', secretNames: [] },
      { name: 'X-Team', value: 'red', secretNames: [] },
      { name: 'x-team', value: 'blue', secretNames: [] },
    ];
    assert.deepEqual(initializeRequest({ ...target, headers }).headers, [
      ...content,
      { name: 'X-Team', value: 'red, blue' },
    ]);
  });
});
