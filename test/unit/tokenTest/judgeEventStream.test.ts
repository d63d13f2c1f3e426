import assert from 'node:assert/strict';
import { readEndpoint } from '../../../src/core/tokenTest/judgeEventStream';

describe('the endpoint that an event stream names', () => {
  const url = 'https://h.example/sse';
  const named: readonly (readonly [data: string, endpoint: string | object, url?: string])[] = [
    ['/messages?id=1#part', 'https://h.example/messages?id=1'],
    ['/messages', 'https://me:pw@h.example/messages', 'https://me:pw@h.example/sse'],
    ['https://h.example/m', 'https://h.example/m', 'https://me:pw@h.example/sse'],
    ['https://joe:pw@h.example/m', { kind: 'endpoint-unreadable' }],
    ['https://joe@h.example/m', { kind: 'endpoint-unreadable' }, 'https://me:pw@h.example/sse'],
    ['blob:https://h.example/m', { kind: 'endpoint-elsewhere', endpoint: 'blob://' }],
    ['http://h.example/m', { kind: 'endpoint-elsewhere', endpoint: 'http://h.example' }],
  ];
  for (const [data, endpoint, from = url] of named) {
    it(`is read from ${data} at ${from}`, () => {
      assert.deepEqual(
        readEndpoint(from, data, (text) => text),
        endpoint,
      );
    });
  }
});
