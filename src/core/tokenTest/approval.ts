import type { RemoteTarget } from './tokenTestTarget';

/**
 * Names one way of sending: where to, which headers, from which variables. Whoever changes any of
 * it is asked again. Holds no value: the address is hashed with the rest.
 */
export async function approvalKey({ url, headers }: RemoteTarget): Promise<string> {
  const way = [url, ...headers.map(({ name, secretNames }) => [name, ...secretNames])];
  const bytes = new TextEncoder().encode(JSON.stringify(way));
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
