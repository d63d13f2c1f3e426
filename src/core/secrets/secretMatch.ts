/** Where a string stands in a server entry. All strings are decoded, as `JSON.parse` gives them. */
export type SecretSlot =
  | { readonly kind: 'header'; readonly name: string }
  | { readonly kind: 'env'; readonly name: string }
  | {
      readonly kind: 'argument';
      /** Below zero where all arguments stand in this one string. */
      readonly index: number;
      readonly command: string | undefined;
      /** `undefined` where an item is not a string. */
      readonly args: readonly (string | undefined)[];
    }
  | { readonly kind: 'url' }
  | { readonly kind: 'command' }
  | { readonly kind: 'headersHelper' }
  | { readonly kind: 'oauth'; readonly key: string }
  /** Any other string of an entry, such as `"bearerToken": "…"`. */
  | { readonly kind: 'other'; readonly key: string };

/** The nearest name of a string by its place alone. */
export function slotName(slot: SecretSlot): string | undefined {
  switch (slot.kind) {
    case 'header':
    case 'env':
      return slot.name;
    case 'oauth':
    case 'other':
      return slot.key;
    case 'argument':
    case 'url':
    case 'command':
    case 'headersHelper':
      return undefined;
  }
}

/** What a credential is, as far as its name and shape tell. */
export type SecretKind =
  | 'token'
  | 'api-key'
  | 'password'
  | 'secret'
  | 'jwt'
  | 'private-key'
  /** The Base64 of `user:password`. @see RFC 7617 §2 */
  | 'basic'
  | 'cookie'
  /** The password of a connection string. */
  | 'connection-string'
  /** Whoever knows the address may use it. */
  | 'capability-url';

/** How a credential is written into its value. */
export type SecretPlace =
  | 'value'
  | 'flag'
  | 'assignment'
  | 'positional'
  | 'query'
  | 'userinfo'
  | 'path'
  | 'json'
  | 'default'
  | 'shell';

/** A credential in a value. It never holds the credential itself, only where it stands. */
export interface SecretMatch {
  /** Of the bare credential in the value: without `Bearer `, `--token=`, quotes or `<…>`. */
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
  readonly kind: SecretKind;
  /** Who issued it, where its prefix tells: `GitHub`. */
  readonly provider?: string;
  /** At most four characters of a known prefix, the only part that a message may show. */
  readonly shownPrefix?: string;
  /** It opens everything: a Supabase `service_role`, a live payment key. */
  readonly isCritical?: boolean;
  /** The variable whose default this is: `NAME` of `${NAME:-secret}`. */
  readonly defaultOf?: string;
  readonly where: SecretPlace;
  /** The nearest name as written: header, variable, flag, query parameter, JSON key. */
  readonly keyName?: string;
}

/** A placeholder in the place of a credential: what would stand there. */
export type Placeholder = Pick<
  SecretMatch,
  'start' | 'end' | 'kind' | 'where' | 'keyName' | 'defaultOf'
>;

/** A stretch of a value, in UTF-16 code units; `end` is exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}
