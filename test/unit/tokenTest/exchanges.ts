import type { HttpExchange } from '../../../src/core/tokenTest/httpExchange';

/** An exchange as a server of good will would have it, apart from what the test is about. */
export function exchangeWith(parts: Partial<HttpExchange> & { type?: string }): HttpExchange {
  const { type = 'application/json', headers = [], ...rest } = parts;
  return {
    status: 200,
    httpVersion: '1.1',
    headers: type === '' ? headers : [['Content-Type', type], ...headers],
    body: '',
    bodyTruncated: false,
    timings: undefined,
    curlExitCode: 0,
    curlMessage: '',
    ...rest,
  };
}
