/** Why an address that somebody else gave is neither asked nor opened. */
export type UrlProblem =
  'unreadable' | 'scheme' | 'not-encrypted' | 'user-info' | 'fragment' | 'this-machine';

export type JudgedUrl =
  | { readonly kind: 'allowed'; readonly url: URL }
  | { readonly kind: 'refused'; readonly problem: UrlProblem };

const maxLength = 8192;

/**
 * The one gate for every address that is requested or handed to a browser: `https:`, or `http:` on
 * loopback, and nothing that a parser repairs in silence.
 * @param allowsThisMachine whether the MCP server itself is on this machine; others have no reason
 * to send anybody there
 * @see RFC 9700 §4.11, MCP 2026-07-28 security considerations
 */
export function judgeUrl(text: unknown, allowsThisMachine: boolean): JudgedUrl {
  const isPlain =
    typeof text === 'string' && text.length <= maxLength && /^[^\p{C}\p{Z}\\]+$/u.test(text);
  if (!isPlain || !URL.canParse(text)) {
    return refused('unreadable');
  }
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    return refused('scheme');
  }
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    return refused('not-encrypted');
  }
  if (url.username !== '' || url.password !== '') {
    return refused('user-info');
  }
  if (text.includes('#')) {
    return refused('fragment');
  }
  return isLoopback(url.hostname) && !allowsThisMachine
    ? refused('this-machine')
    : { kind: 'allowed', url };
}

/** @param host as `URL.hostname` has it: numbers of every notation are dotted there */
export function isLoopback(host: string): boolean {
  const name = host.replace(/\.$/, '');
  return (
    name === 'localhost' ||
    name.endsWith('.localhost') ||
    name === '[::1]' ||
    /^\[::ffff:7f[0-9a-f]{2}:[0-9a-f]{1,4}\]$/.test(name) ||
    /^127(?:\.\d{1,3}){3}$/.test(name)
  );
}

/** Whether one of two hosts is the other, or a name below it. */
export function isSameOrBelow(host: string, other: string): boolean {
  return host === other || host.endsWith(`.${other}`) || other.endsWith(`.${host}`);
}

function refused(problem: UrlProblem): JudgedUrl {
  return { kind: 'refused', problem };
}
