import { readMeasurements } from './curlConfig';

/** The part of an answer that comes before its body. */
export interface ResponseHead {
  /** Undefined where no answer came. */
  readonly status: number | undefined;
  /** As in the status line: `1.1`, `2`. */
  readonly httpVersion: string | undefined;
  /** In the order of arrival, names as the server wrote them. */
  readonly headers: readonly (readonly [name: string, value: string])[];
}

/** What came back for one request. */
export interface HttpExchange extends ResponseHead {
  readonly body: string;
  /** The body went on beyond the limit; the rest was not read. */
  readonly bodyTruncated: boolean;
  /** Undefined where curl was stopped. */
  readonly timings: HttpTimings | undefined;
  /** 0 where the exchange is complete, also if it was stopped as complete. */
  readonly curlExitCode: number;
  /** Why curl failed, in its own words; empty where it did not. */
  readonly curlMessage: string;
}

/** Milliseconds from the start of the request until each point was reached. */
export interface HttpTimings {
  readonly nameLookupMs: number;
  readonly connectMs: number;
  readonly tlsMs: number;
  readonly firstByteMs: number;
  readonly totalMs: number;
}

/** What curl left behind, having run with the text of `curlConfig`. */
export interface CurlOutput {
  readonly stdout: Uint8Array;
  readonly stderr: string;
  readonly marker: string;
  readonly exitCode: number;
  readonly isTruncated: boolean;
}

/** Reads curl's output. Total: whatever a server sends gives an exchange. */
export function parseCurlOutput(output: CurlOutput): HttpExchange {
  const { stdout, stderr, marker, exitCode } = output;
  const measured = readMeasurements(stderr, marker);
  const { head, bodyStart = 0 } = readOnInHead(stdout, startOfHead);
  const bodyFrom = head === undefined ? 0 : bodyStart;
  const isComplete = measured !== undefined && exitCode === 0;
  // A chunked body may have trailers behind it, which curl prints like headers.
  const bodyEnd = isComplete ? bodyFrom + measured.size_download : stdout.length;
  return {
    status: head?.status,
    httpVersion: head?.httpVersion,
    headers: head?.headers ?? [],
    body: new TextDecoder().decode(stdout.subarray(bodyFrom, bodyEnd)),
    bodyTruncated: output.isTruncated,
    timings: measured && {
      nameLookupMs: toMs(measured.time_namelookup),
      connectMs: toMs(measured.time_connect),
      tlsMs: toMs(measured.time_appconnect),
      firstByteMs: toMs(measured.time_starttransfer),
      totalMs: toMs(measured.time_total),
    },
    curlExitCode: exitCode,
    curlMessage: /^curl: \(\d+\) (.*?)\r?$/m.exec(stderr)?.[1] ?? '',
  };
}

/** How far the head was read in what curl has printed so far, in bytes. */
export interface HeadProgress {
  /** Where the block begins that is not complete yet. */
  readonly blockStart: number;
  /** Up to where no end of a block was found. */
  readonly searchedTo: number;
  /** Once the head is complete. */
  readonly bodyStart?: number;
  /** The head itself; absent where what came is none. */
  readonly head?: ResponseHead;
}

export const startOfHead: HeadProgress = { blockStart: 0, searchedTo: 0 };

/**
 * Reads on where `from` ended, without looking at anything twice. The last head counts: interim
 * answers (1xx) and a proxy's answer to CONNECT come before it.
 */
export function readOnInHead(stdout: Uint8Array, from: HeadProgress): HeadProgress {
  let { blockStart } = from;
  let end = findEmptyLine(stdout, Math.max(blockStart, from.searchedTo - 3));
  while (end !== undefined) {
    // One character per byte, so that lengths in text are lengths in bytes.
    const block = new TextDecoder('latin1').decode(stdout.subarray(blockStart, end));
    const head = readBlock(block);
    const following = new TextDecoder('latin1').decode(stdout.subarray(end, end + 5));
    if (head === undefined || !isPreliminary(head, following)) {
      return { blockStart, searchedTo: end, bodyStart: end, ...(head && { head }) };
    }
    blockStart = end;
    end = findEmptyLine(stdout, blockStart);
  }
  return { blockStart, searchedTo: stdout.length };
}

/** The position behind the next empty line. */
function findEmptyLine(bytes: Uint8Array, from: number): number | undefined {
  const [lineFeed, carriageReturn] = [10, 13];
  for (let at = bytes.indexOf(lineFeed, from); at >= 0; at = bytes.indexOf(lineFeed, at + 1)) {
    const next = bytes[at + 1] === carriageReturn ? at + 2 : at + 1;
    if (bytes[next] === lineFeed) {
      return next + 1;
    }
  }
  return undefined;
}

type WithHeaders = Pick<ResponseHead, 'headers'>;

/** The value of the first header of that name, any letter case. */
export function headerValue(head: WithHeaders, name: string): string | undefined {
  return headerValues(head, name)[0];
}

/** The values of all headers of that name, any letter case. */
export function headerValues({ headers }: WithHeaders, name: string): readonly string[] {
  const wanted = name.toLowerCase();
  return headers.filter(([key]) => key.toLowerCase() === wanted).map(([, value]) => value);
}

interface HeadBlock extends ResponseHead {
  readonly status: number;
  readonly reason: string;
}

function readBlock(text: string): HeadBlock | undefined {
  const statusLine = /HTTP\/(\d(?:\.\d)?) (\d{3})([^\r\n]*)(?=\r?\n)/y;
  const [, httpVersion, code, reason = ''] = statusLine.exec(text) ?? [];
  const emptyLine = /\n\r?\n/g;
  emptyLine.lastIndex = statusLine.lastIndex;
  if (code === undefined || !emptyLine.test(text)) {
    return undefined;
  }
  const lines = text.slice(statusLine.lastIndex, emptyLine.lastIndex);
  const headers = readHeaderLines(lines);
  return { status: Number(code), httpVersion, reason, headers };
}

function isPreliminary({ status, reason }: HeadBlock, following: string): boolean {
  const isInterim = status >= 100 && status < 200 && status !== 101;
  const isTunnel = status === 200 && /connection established/i.test(reason);
  return isInterim || (isTunnel && following === 'HTTP/');
}

function readHeaderLines(lines: string): HttpExchange['headers'] {
  return lines
    .replace(/\r?\n[ \t]+/g, ' ')
    .split(/\r?\n/)
    .filter((line) => line.includes(':'))
    .map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
    });
}

function toMs(seconds: number): number {
  return Math.round(seconds * 1000);
}
