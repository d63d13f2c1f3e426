/** Why no answer came, or none to the end. */
export type UnreachableCause =
  | 'dns'
  | 'refused'
  | 'tls-untrusted'
  | 'tls'
  | 'timeout'
  | 'proxy'
  | 'reset'
  | 'not-http'
  | 'other';

/** curl's exit codes by what a user would do about them. @see https://curl.se/libcurl/c/libcurl-errors.html */
const causes: readonly (readonly [UnreachableCause, readonly number[]])[] = [
  ['dns', [6]],
  ['refused', [7]],
  ['timeout', [28]],
  ['proxy', [5, 97]],
  ['tls-untrusted', [51, 60, 83, 90, 91]],
  ['tls', [35, 53, 54, 58, 59, 64, 66, 77, 80, 82, 98]],
  ['reset', [16, 18, 52, 55, 56, 92]],
  ['not-http', [1, 8]],
];

/** The cause behind curl's exit code; its message tells a proxy's refusal from a broken connection. */
export function classifyCurlExit(exitCode: number, message: string): UnreachableCause {
  if (exitCode === 56 && /proxy|CONNECT tunnel/i.test(message)) {
    return 'proxy';
  }
  return causes.find(([, codes]) => codes.includes(exitCode))?.[0] ?? 'other';
}

/**
 * Whether curl gave up on the headers: one line of more than 100 kB (27 up to curl 8.3), or more
 * than 300 kB or 5000 of them together.
 */
export function isHeadTooLarge(exitCode: number, message: string): boolean {
  return (
    exitCode === 27 || exitCode === 100 || /Too (?:large|many) response headers/i.test(message)
  );
}
