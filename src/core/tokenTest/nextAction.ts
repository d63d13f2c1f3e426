/** The one thing to do after a test, as a button: what it is about is a plain value. */
export type NextAction =
  | { readonly kind: 'set-variable'; readonly name: string }
  /** Shows the part of the entry that has to change. */
  | { readonly kind: 'open-entry'; readonly field: 'url' | 'headers' | 'command' | 'env' | 'type' }
  | { readonly kind: 'replace-url'; readonly url: string }
  | { readonly kind: 'change-type'; readonly transport: 'http' | 'sse' }
  | { readonly kind: 'sign-in' }
  | { readonly kind: 'test-again' }
  /** Once, without verifying the certificate; asked for with a warning. */
  | { readonly kind: 'test-unverified' }
  | { readonly kind: 'open-setting'; readonly setting: string };
