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

/** Where a new credential goes: its variable, or the headers themselves. */
export function renewCredential(variables: readonly string[]): NextAction {
  const [name] = variables;
  return name === undefined || variables.length > 1
    ? { kind: 'open-entry', field: 'headers' }
    : { kind: 'set-variable', name };
}
