import assert from 'node:assert/strict';
import {
  headerValues,
  parseCurlOutput,
  readOnInHead,
  startOfHead,
} from '../../../src/core/tokenTest/httpExchange';

const marker = 'MARK';

function parse(stdout: string | Uint8Array, stderr = '', exitCode = 0) {
  const bytes = typeof stdout === 'string' ? new TextEncoder().encode(stdout) : stdout;
  return parseCurlOutput({ stdout: bytes, stderr, marker, exitCode, isTruncated: false });
}

const head = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n';
const answered = {
  status: 200,
  httpVersion: '1.1',
  headers: [['Content-Type', 'application/json']],
  body: '{}',
  bodyTruncated: false,
  timings: undefined,
  curlExitCode: 0,
  curlMessage: '',
};

describe('reading what curl printed', () => {
  it('takes head, body and timings apart', () => {
    const stderr = '\nMARK 200 0.001 0.0124 0.05 0.1 0.25 2\n';
    const timings = { nameLookupMs: 1, connectMs: 12, tlsMs: 50, firstByteMs: 100, totalMs: 250 };
    assert.deepEqual(parse(`${head}{}`, stderr), { ...answered, timings });
  });

  it('passes over interim answers', () => {
    const early = 'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n';
    assert.deepEqual(parse(`${early}${head}{}`), answered);
  });

  it("passes over a proxy's answer to CONNECT", () => {
    const tunnel = 'HTTP/1.0 200 Connection established\r\nVia: proxy\r\n\r\n';
    assert.deepEqual(parse(`${tunnel}${head}{}`), answered);
  });

  it('keeps a body that looks like another head', () => {
    assert.deepEqual(parse(head + head), { ...answered, body: head });
  });

  it('leaves trailers out of the body', () => {
    const stderr = '\nMARK 200 0 0 0 0 0 2\n';
    assert.equal(parse(`${head}{}X-Trailer: 1\r\n\r\n`, stderr).body, '{}');
  });

  it('reads HTTP/2 without a reason, bare line feeds and folded lines', () => {
    assert.deepEqual(parse('HTTP/2 204 \nA: b\n  c\nrubbish\nA:d\n\n'), {
      ...answered,
      status: 204,
      httpVersion: '2',
      headers: [
        ['A', 'b c'],
        ['A', 'd'],
      ],
      body: '',
    });
  });

  it('has no status where nothing came, and the message of curl', () => {
    const stderr = 'curl: (60) SSL certificate problem: self-signed certificate\r\nMore details\n';
    assert.deepEqual(parse('', stderr, 60), {
      ...answered,
      status: undefined,
      httpVersion: undefined,
      headers: [],
      body: '',
      curlExitCode: 60,
      curlMessage: 'SSL certificate problem: self-signed certificate',
    });
  });

  it('replaces bytes that are no UTF-8', () => {
    const bytes = Uint8Array.from([...new TextEncoder().encode(head), 0x61, 0xff, 0xc3, 0xa9]);
    assert.equal(parse(bytes).body, 'a\ufffdé');
  });

  it('knows where the body starts as soon as the head is complete', () => {
    const starts = [0, 10, head.length - 1, head.length, head.length + 1].map(
      (length) =>
        readOnInHead(new TextEncoder().encode(`${head}{}`).subarray(0, length), startOfHead)
          .bodyStart,
    );
    assert.deepEqual(starts, [undefined, undefined, undefined, head.length, head.length]);
  });

  it('finds headers in any letter case, in order', () => {
    const exchange = parse('HTTP/1.1 401 No\r\nwww-authenticate: A\r\nWWW-Authenticate: B\r\n\r\n');
    assert.deepEqual(headerValues(exchange, 'WWW-authenticate'), ['A', 'B']);
  });
});
