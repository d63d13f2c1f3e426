import assert from 'node:assert/strict';
import {
  endSessionRequest,
  initializedNotification,
  initializeRequest,
  toolsListRequest,
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
      [initializedNotification(target, session), toolsListRequest(target, session)],
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
    const { headers } = toolsListRequest(target, { ...session, id: undefined });
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
