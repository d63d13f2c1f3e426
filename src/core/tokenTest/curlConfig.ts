import type { HttpHeader, HttpRequestSpec } from './httpRunner';

/** No `.curlrc` is read (`-q` counts in front only) and nothing of the request is in argv. */
export const curlArguments: readonly string[] = ['-q', '--config', '-'];

/** A proxy hands no upgrade on, so it is asked for a tunnel. */
export const upgradeOptions: readonly string[] = ['http1.1', 'proxytunnel'];

export interface CurlLimits {
  readonly connectTimeoutMs: number;
  readonly maxTimeMs: number;
}

/** The way to the server, where it is not the one that curl finds by itself. */
export interface CurlRoute {
  /** The address of a proxy, with its credential if it wants one. */
  readonly proxy?: string;
  /** Hosts that are reached without it, in the form of `NO_PROXY`. */
  readonly noProxy?: string;
  /** The certificate of the server is not verified. */
  readonly insecure?: boolean;
}

/** What curl reports about the transfer, in the order of its line behind the marker. */
const measurements = [
  'http_code',
  'time_namelookup',
  'time_connect',
  'time_appconnect',
  'time_starttransfer',
  'time_total',
  'size_download',
] as const;

export type CurlMeasurement = (typeof measurements)[number];

/**
 * The text for the standard input of `curl --config -`, from 7.68 on, to be sent as Latin-1.
 * curl writes head and body to stdout as they come; its message and, behind `marker`, the
 * measurements go to stderr, where no server can write.
 * @throws RangeError for a header that would not survive as one line of Latin-1.
 * @see https://curl.se/docs/manpage.html#-K
 */
export function curlConfig(
  spec: HttpRequestSpec,
  limits: CurlLimits,
  marker: string,
  { proxy, noProxy, insecure = false }: CurlRoute = {},
): string {
  const lines = [
    'silent',
    'show-error',
    // What `include` prints is held back until there is a body, which may come late or never.
    option('dump-header', '-'),
    'no-buffer',
    'globoff',
    'suppress-connect-headers',
    option('proto', '=http,https'),
    option('connect-timeout', seconds(limits.connectTimeoutMs)),
    option('max-time', seconds(limits.maxTimeMs)),
    option(
      'write-out',
      `%{stderr}\n${marker} ${measurements.map((name) => `%{${name}}`).join(' ')}\n`,
    ),
    ...(proxy === undefined ? [] : [option('proxy', proxy)]),
    ...(noProxy === undefined ? [] : [option('noproxy', noProxy)]),
    ...(insecure ? ['insecure'] : []),
    option('url', spec.url),
    option('request', spec.method),
    ...(spec.isUpgrade === true ? upgradeOptions : []),
    ...spec.headers.map((header) => option('header', headerLine(header))),
    ...(spec.body === undefined ? [] : [option('data-raw', spec.body)]),
  ];
  return `${lines.join('\n')}\n`;
}

/** The measurements behind `marker`; undefined where curl did not come to write them. */
export function readMeasurements(
  stderr: string,
  marker: string,
): Readonly<Record<CurlMeasurement, number>> | undefined {
  const line = stderr.split('\n').find((text) => text.startsWith(`${marker} `));
  if (line === undefined) {
    return undefined;
  }
  const values = line.trimEnd().split(' ').slice(1).map(Number);
  const entries = measurements.map((name, index) => [name, values[index] ?? 0] as const);
  return Object.fromEntries(entries) as Record<CurlMeasurement, number>;
}

function headerLine({ name, value }: HttpHeader): string {
  if (/[\u0000-\u001f\u007f]|[^\u0000-\u00ff]/u.test(name + value)) {
    throw new RangeError(`The header ${JSON.stringify(name)} is no line of Latin-1.`);
  }
  // `Name:` would remove a header; `Name;` sends it empty.
  return value === '' ? `${name};` : `${name}: ${value}`;
}

function option(name: string, value: string): string {
  const escapes: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };
  return `${name} = "${value.replace(/["\\\n\r\t]/g, (char) => escapes[char] ?? `\\${char}`)}"`;
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}
