/** What the keychain says of an account; `failed`: it is not there, is locked, or was refused. */
export type KeychainAnswer =
  | { readonly kind: 'found'; readonly value: string }
  | { readonly kind: 'none' }
  | { readonly kind: 'failed'; readonly why: KeychainFailure };

/** `not-installed`: the program that reaches it. `refused`: it is locked, or not running. */
export type KeychainFailure = 'not-installed' | 'refused' | 'no-answer';

/** The keychain of the person's desktop, as the `headersHelper` of a server reaches it. */
export interface Keychain {
  lookup(account: string): Promise<KeychainAnswer>;
  /** Keeps the value and reads it back; `undefined` when it is there. */
  store(account: string, value: string): Promise<KeychainFailure | undefined>;
}
