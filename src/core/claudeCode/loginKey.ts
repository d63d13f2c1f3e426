import { expand, textOf, type ExpansionRules, type Lookup } from '../config/expansion';
import type { McpServer } from '../config/mcpConfig';
import { unresolvedNames } from '../tokenTest/segmentNames';

/** The SHA-256 of the UTF-8 bytes of `text`, in lower-case hexadecimal. */
export type Sha256 = (text: string) => string;

/** Under which name Claude Code keeps the sign-in of a server. */
export type LoginKey =
  | { readonly kind: 'key'; readonly key: string }
  /** Variables without a value have a part in it. */
  | { readonly kind: 'unresolved'; readonly names: readonly string[] };

/** The second pass over headers comes when it connects. */
const keyRules: ExpansionRules = { target: 'remote', passes: 1 };

/**
 * The key of a server in `mcpOAuth`: its name and a hash of type, address and headers as they are
 * after expansion. Hence a sign-in is lost with any change of these, and with the value of a variable
 * in them; `oauth` and `headersHelper` have no part in it. The text that is hashed leaves nothing
 * behind.
 * @param server one of transport http or sse
 */
export function loginKey(server: McpServer, lookup: Lookup, sha256: Sha256): LoginKey {
  const url = expand(server.url?.value ?? '', lookup, keyRules);
  const headers = server.headers.map(({ name, value }) => ({
    name,
    segments: expand(value.value, lookup, keyRules),
  }));
  const names = [url, ...headers.map(({ segments }) => segments)].flatMap(unresolvedNames);
  if (names.length > 0) {
    return { kind: 'unresolved', names: [...new Set(names)] };
  }
  const entry = {
    type: server.transport,
    url: textOf(url),
    // Of names spelt alike the last counts, at the place of the first, as for `JSON.parse`.
    headers: Object.fromEntries(headers.map(({ name, segments }) => [name, textOf(segments)])),
  };
  return { kind: 'key', key: `${server.name}|${sha256(JSON.stringify(entry)).slice(0, 16)}` };
}
