/**
 * Whether a header decides which server a request reaches behind the address, or which it is taken
 * for: its value is part of where a credential goes.
 * @see RFC 9110 §7.2, RFC 7239
 */
export function isRoutingHeader(name: string): boolean {
  return /^(?:host|forwarded|via|x-forwarded-.*|x-original-.*|x-rewrite-.*|x-host)$/i.test(name);
}
