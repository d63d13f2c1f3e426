import type { NameMarks } from './nameMarks';
import type { RemoteTarget } from './tokenTestTarget';

export type UrlRefusal =
  | { readonly kind: 'url-unreadable' }
  /** Of a WebSocket, for which curl needs another scheme. */
  | { readonly kind: 'scheme-variable' };

export interface PlacedUrl {
  /** An address as far as anybody can tell without values. */
  readonly readable: string;
  /** What the line has instead, where a variable decides how the address is read. */
  readonly written?: string;
  readonly hasSchemeFromVariable: boolean;
}

/** What an address may have without being encoded: what a line takes from a variable, and from us. */
const plainUrl = /^[\w.~:/?#@$&()*+,;=%[\]-]*$/;

/** `marked` is the address with marks in the place of variables. */
export function placeUrl(
  marked: string,
  marks: NameMarks,
  transport: RemoteTarget['transport'],
): PlacedUrl | UrlRefusal {
  const text = asHttp(marked.trim(), transport);
  const [, scheme = text] = /^([^:/?#]*):\/\//.exec(text) ?? [];
  const hasSchemeFromVariable = marks.isIn(scheme);
  if (hasSchemeFromVariable && transport === 'ws') {
    return { kind: 'scheme-variable' };
  }
  if (!hasSchemeFromVariable && (URL.canParse(text) || !marks.isIn(text))) {
    return { readable: text, hasSchemeFromVariable };
  }
  if (!plainUrl.test(text)) {
    return { kind: 'url-unreadable' };
  }
  const readable = `${hasSchemeFromVariable ? 'http' : scheme}://stand-in.invalid/`;
  return { readable, written: text, hasSchemeFromVariable };
}

/** The scheme in which curl sends the upgrade. */
export function asHttp(url: string, transport: RemoteTarget['transport']): string {
  return transport === 'ws' ? url.replace(/^(\s*)ws(s?:)/i, '$1http$2') : url;
}

/** Not that of an address whose host has a name in it still. */
export function knownHost(url: string): string | undefined {
  const host = URL.canParse(url) ? new URL(url).host : '';
  return host === '' || host.includes('$') ? undefined : host;
}
