/** Under which programs of the system list what we keep; the account is the variable's name. */
export const keychainService = 'mcp-auth';

/** One header that a helper is to print. */
export interface KeychainHeader {
  readonly name: string;
  /** What stands before the credential, such as `Bearer `. */
  readonly before: string;
  readonly after: string;
  readonly account: string;
}

/**
 * The `headersHelper` that reads a credential from the keychain of macOS or of a Linux desktop and
 * prints the header. It has no path of its own and reads no variable, so that it works wherever
 * Claude Code starts; where there is no value it fails, and prints nothing. `undefined` where the
 * header cannot be written into it as it is.
 */
export function keychainHelper({
  name,
  before,
  after,
  account,
}: KeychainHeader): string | undefined {
  const isPlain =
    /^[\w-]+$/.test(name) && /^\w+$/.test(account) && [before, after].every((it) => plain.test(it));
  // The credential is an argument of printf, which is part of the shell: no other process has it.
  return isPlain
    ? `value=$(security find-generic-password -s ${keychainService} -a ${account} -w 2>/dev/null || ` +
        `secret-tool lookup service ${keychainService} account ${account}) && [ -n "$value" ] && ` +
        `printf '{"${name}":"${before}%s${after}"}' "$value"`
    : undefined;
}

/** Nothing but itself to JSON, to printf and between single quotes. */
const plain = /^[\w .,:;=/+@-]*$/;

/**
 * Whether a credential comes back from both keychains and into JSON as it is. macOS prints other
 * characters as hexadecimal digits, and no program escapes what the helper prints.
 */
export function fitsKeychain(value: string): boolean {
  return (
    /^[\x20-\x7e]+$/.test(value) &&
    !/["\\]/.test(value) &&
    value.trim() === value &&
    value.length <= 2000
  );
}

/** The accounts from which a `headersHelper` of ours reads, each once. */
export function keychainAccounts(helper: string): readonly string[] {
  const found = helper.matchAll(new RegExp(`-s ${keychainService} -a (\\w+)`, 'g'));
  return [...new Set(Array.from(found, ([, account = '']) => account))];
}

/**
 * The command that deletes what is kept for `account`, for any shell.
 * @param account as `keychainAccounts` gives it
 */
export function keychainDeletion(platform: string, account: string): string {
  return platform === 'darwin'
    ? `security delete-generic-password -s ${keychainService} -a ${account}`
    : `secret-tool clear service ${keychainService} account ${account}`;
}
