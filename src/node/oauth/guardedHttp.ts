import { request as requestHttp, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as requestHttps } from 'node:https';
import { oneLine } from '../../core/base/text';
import { parseOAuthUrl } from '../../core/oauth/addressPolicy';
import {
  HttpFailure,
  type OAuthHttp,
  type OAuthRequest,
  type OAuthResponse,
} from '../../core/oauth/ports';
import { AddressGuard, resolveBySystem, type Resolve } from './addressGuard';
import { toHttpFailure } from './httpFailures';

const maxBodyBytes = 1024 * 1024;
/** With headers and the framing of chunks, each of which costs memory of its own. */
const maxReceivedBytes = 1.25 * maxBodyBytes;
const maxHeaderBytes = 16 * 1024;
const maxInterimAnswers = 8;

export interface GuardedHttpOptions {
  /** The MCP server that is signed in to: how deep into a network it may lead us depends on it. */
  readonly serverUrl: string;
  /** For one request, from looking up the name to the last byte. */
  readonly timeoutMs?: number;
  readonly resolve?: Resolve;
}

/**
 * The client of a sign-in, for addresses that strangers wrote: https alone, except on this machine;
 * only addresses that the MCP server may lead to; certificates always verified; no redirect followed,
 * nothing unpacked, nothing kept alive, nothing larger or slower than the limits.
 *
 * The editor replaces `agent` by its own. Without a proxy that one connects with our `lookup`; with
 * one, the proxy finds the address of a name, and only hosts that are IP addresses can be checked
 * here. The editor also adds the certificates of the system, and its user can switch off
 * `http.proxyStrictSSL` for the way to the proxy.
 *
 * @throws HttpFailure when `serverUrl` is no address that a sign-in could begin at
 */
export function createGuardedHttp({
  serverUrl,
  timeoutMs = 10_000,
  resolve = resolveBySystem,
}: GuardedHttpOptions): OAuthHttp {
  const guard = new AddressGuard(parseOAuthUrl(serverUrl), resolve);
  return {
    async send(request, cancellation) {
      const url = parseOAuthUrl(request.url);
      const options = requestOptions(request, url);
      return within(timeoutMs, cancellation, url, async (signal) => {
        await guard.checkLiteral(url, signal);
        const lookup = guard.lookupFor(url, signal);
        return exchange(url, { ...options, lookup, signal }, request.body ?? '');
      });
    },
  };
}

function requestOptions({ method, headers, body = '' }: OAuthRequest, url: URL): RequestOptions {
  for (const [name, value] of Object.entries(headers)) {
    if (!/^[!#$%&'*+.^_`|~\w-]+$/.test(name) || !/^[\t\x20-\x7e]*$/.test(value)) {
      const sentence = `The header ${oneLine(name, 60)} for ${oneLine(url.host)} has characters that HTTP does not allow. Nothing was sent.`;
      throw new HttpFailure('unreachable', sentence);
    }
  }
  const length = Buffer.byteLength(body);
  return {
    method,
    headers: {
      ...Object.fromEntries(
        Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
      ),
      ...(method === 'POST' || length > 0 ? { 'content-length': String(length) } : {}),
      'accept-encoding': 'identity',
    },
  };
}

/** Runs until the time is up or the user cancels, whichever it is waiting for. */
function within<T>(
  timeoutMs: number,
  cancellation: AbortSignal,
  { host }: URL,
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const control = new AbortController();
    const stop = (failure: HttpFailure) => {
      reject(failure);
      control.abort();
    };
    const cancel = () => stop(new HttpFailure('cancelled', 'The sign-in was cancelled.'));
    if (cancellation.aborted) {
      cancel();
      return;
    }
    const seconds = timeoutMs / 1000;
    const timer = setTimeout(() => {
      const sentence = `${oneLine(host)} did not answer completely within ${seconds} seconds.`;
      stop(new HttpFailure('timeout', sentence));
    }, timeoutMs);
    cancellation.addEventListener('abort', cancel);
    run(control.signal)
      .then(resolve, (error: unknown) => reject(toHttpFailure(error, host)))
      .finally(() => {
        clearTimeout(timer);
        cancellation.removeEventListener('abort', cancel);
      });
  });
}

function exchange(url: URL, options: RequestOptions, body: string): Promise<OAuthResponse> {
  return new Promise((resolve, reject) => {
    const request = (url.protocol === 'https:' ? requestHttps : requestHttp)(url, {
      ...options,
      agent: false,
      rejectUnauthorized: true,
      insecureHTTPParser: false,
      maxHeaderSize: maxHeaderBytes,
    });
    const fail = (error: Error) => {
      reject(error);
      request.destroy();
    };
    let interimAnswers = 0;
    request.on('information', () => {
      interimAnswers++;
      if (interimAnswers > maxInterimAnswers) {
        fail(tooLarge(url, 'more interim answers than a sign-in reads'));
      }
    });
    request.on('upgrade', () => fail(unusable(url, 'changed the protocol')));
    request.on('error', fail);
    request.on('response', (response) => {
      readResponse(url, response).then((read) => {
        resolve(read);
        request.destroy();
      }, fail);
    });
    request.end(body);
  });
}

async function readResponse(url: URL, response: IncomingMessage): Promise<OAuthResponse> {
  const { headers: known, statusCode: status = 0 } = response;
  if (!/^(?:identity)?$/i.test(known['content-encoding']?.trim() ?? '')) {
    throw unusable(url, 'compressed its answer, which nobody asked for');
  }
  const oversize = 'more than 1 MiB';
  if (Number(known['content-length'] ?? 0) > maxBodyBytes) {
    throw tooLarge(url, oversize);
  }
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of response as AsyncIterable<Buffer>) {
    length += part.length;
    if (length > maxBodyBytes || response.socket.bytesRead > maxReceivedBytes) {
      throw tooLarge(url, oversize);
    }
    parts.push(part);
  }
  const body = new TextDecoder().decode(Buffer.concat(parts));
  return { status, headers: collectHeaders(response.rawHeaders), body };
}

function collectHeaders(raw: readonly string[]): Readonly<Record<string, readonly string[]>> {
  const headers = new Map<string, string[]>();
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = (raw[index] ?? '').toLowerCase();
    headers.set(name, [...(headers.get(name) ?? []), raw[index + 1] ?? '']);
  }
  return Object.fromEntries(headers);
}

function tooLarge({ host }: URL, what: string): HttpFailure {
  return new HttpFailure('too-large', `${oneLine(host)} sent ${what}. The rest was not read.`);
}

function unusable({ host }: URL, what: string): HttpFailure {
  return new HttpFailure('unreachable', `${oneLine(host)} ${what}. The answer was not read.`);
}
