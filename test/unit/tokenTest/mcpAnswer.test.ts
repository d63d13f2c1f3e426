import assert from 'node:assert/strict';
import { createAnswerWatcher, readMcpAnswer } from '../../../src/core/tokenTest/mcpAnswer';
import { exchangeWith } from './exchanges';

const stream = 'text/event-stream';
const response = '{"jsonrpc":"2.0","id":7,"result":{"tools":[]}}';
const found = { kind: 'result', result: { tools: [] } };
const nothing = { kind: 'none', flaw: { kind: 'no-response' } };

describe('the JSON-RPC answer in a body', () => {
  const rows: readonly (readonly [
    situation: string,
    type: string,
    body: string,
    expected: object,
  ])[] = [
    ['a response', 'Application/JSON; charset=utf-8', response, found],
    ['a response behind a byte order mark', 'application/json', `\ufeff${response}`, found],
    ['a response in a batch', 'application/json', `[{"id":1,"result":{}},${response}]`, found],
    ['the response to another request', 'application/json', '{"id":8,"result":{}}', nothing],
    [
      'the id as a string, which Claude Code takes',
      'application/json',
      '{"id":"7","result":{}}',
      { kind: 'result', result: {} },
    ],
    ['JSON that is no object', 'application/json', 'null', nothing],
    [
      'an error',
      'application/json',
      '{"id":7,"error":{"code":-32000,"message":"Unauthorized"}}',
      { kind: 'error', code: -32000, message: 'Unauthorized' },
    ],
    [
      'an error that names versions',
      'application/json',
      '{"id":7,"error":{"code":-32022,"message":"No","data":{"supported":["2026-07-28",1]}}}',
      { kind: 'error', code: -32022, message: 'No', supported: ['2026-07-28'] },
    ],
    [
      'an error that answers no request in particular',
      'application/json',
      '{"id":null,"error":{"code":-32700}}',
      { kind: 'error', code: -32700, message: '' },
    ],
    [
      'broken JSON',
      'application/json',
      '{"id":7,',
      { kind: 'none', flaw: { kind: 'broken-json' } },
    ],
    ['an empty body', 'application/json', ' \n', { kind: 'none', flaw: { kind: 'empty' } }],
    ['a page', 'text/html', '<p>hello', { kind: 'none', flaw: { kind: 'html' } }],
    [
      'a page that calls itself JSON',
      'application/json',
      '\n<!DOCTYPE html><title>Sign in',
      { kind: 'none', flaw: { kind: 'html' } },
    ],
    [
      'plain text',
      'text/plain',
      'ok',
      { kind: 'none', flaw: { kind: 'content-type', contentType: 'text/plain' } },
    ],
    [
      'a body without a type',
      '',
      response,
      { kind: 'none', flaw: { kind: 'content-type', contentType: '' } },
    ],
    ['an event', stream, `event: message\nid: 1\ndata: ${response}\n\n`, found],
    ['an event with CRLF', stream, `data:${response}\r\n\r\n`, found],
    ['an event with CR', stream, `data: ${response}\r\r`, found],
    [
      'data over several lines',
      stream,
      'data: {"id":7,\ndata:  "result":\ndata: {"tools":[]}}\n\n',
      found,
    ],
    [
      'comments and other events before it',
      stream,
      `: keep-alive\n\ndata: {"method":"notifications/message"}\n\ndata\n\nretry: 5\n\ndata: ${response}\n\n`,
      found,
    ],
    [
      'an error for no request before it',
      stream,
      `data: {"jsonrpc":"2.0","id":null,"error":{"code":-32600}}\n\ndata: ${response}\n\n`,
      found,
    ],
    [
      'an error for no request and nothing else',
      stream,
      'data: {"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"No"}}\n\n',
      { kind: 'error', code: -32600, message: 'No' },
    ],
    [
      'an event that only has a field named error',
      stream,
      'data: {"level":"warn","error":{"message":"ENOENT"}}\n\n',
      nothing,
    ],
    [
      'an error for no request before it, in a batch',
      'application/json',
      `[{"jsonrpc":"2.0","error":{"code":1}},${response}]`,
      found,
    ],
    ['an event that no empty line has ended', stream, `data: ${response}\n`, nothing],
    ['an event of another name', stream, `event: endpoint\ndata: ${response}\n\n`, nothing],
    [
      'a name that only the event before it had',
      stream,
      `event: a\n\ndata: ${response}\n\n`,
      found,
    ],
    ['a field named like data', stream, `database: ${response}\n\n`, nothing],
    ['an empty stream', stream, '', nothing],
    [
      'an event of broken JSON',
      stream,
      'data: {"id":7\n\n',
      { kind: 'none', flaw: { kind: 'broken-json' } },
    ],
  ];
  for (const [situation, type, body, expected] of rows) {
    it(situation, () => {
      assert.deepEqual(readMcpAnswer(exchangeWith({ type, body }), 7), expected);
    });
  }
});

describe('watching an event stream for the answer', () => {
  it('stops with the character that completes the answer, wherever the pieces are cut', () => {
    const text = `\ufeff: hi\r\n\r\ndata: {"id":1}\r\n\r\ndata: ${response}\r\n\r\n: more`;
    const watch = createAnswerWatcher(7);
    const stops = [...text].map((char) => watch(char)).indexOf('stop');
    // The CR ends the empty line; its LF need not be waited for.
    assert.equal(text.slice(stops), '\r\n: more');
  });

  it('goes on behind an error that names no request', () => {
    const watch = createAnswerWatcher(7);
    const error = '{"jsonrpc":"2.0","id":null,"error":{"code":-32600}}';
    assert.deepEqual(
      [watch(`data: ${error}\n\n`), watch(`data: ${response}\n\n`)],
      ['continue', 'stop'],
    );
  });

  it('does not stop a JSON body', () => {
    assert.equal(createAnswerWatcher(7)(`${response}\n\n`), 'continue');
  });
});
