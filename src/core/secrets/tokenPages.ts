import { providers } from './providers';
import type { SecretMatch } from './secretMatch';

/** Where the owner of a credential replaces it; `undefined` where that is not certain. */
export function tokenPageOf({
  provider,
  shownPrefix = '',
}: Pick<SecretMatch, 'provider' | 'shownPrefix'>): string | undefined {
  return providers.find(
    ({ name, prefixes }) =>
      name === provider && prefixes.some((prefix) => prefix.startsWith(shownPrefix)),
  )?.tokenPage;
}

/** Where one gets what a variable of this name holds, as providers call it in their documentation. */
export function tokenPageForVariable(variable: string): string | undefined {
  return providers.find(({ variable: usual, tokenPage }) => usual === variable && tokenPage)
    ?.tokenPage;
}
