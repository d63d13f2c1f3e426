import type { SecretSlot } from '../../../src/core/secrets/secretMatch';

/** Looks random and belongs to nobody. */
export const opaque = ['Zk3vQ9pL', '7xT2mW8n', 'B4cR'].join('');
export const hex = (length: number) => '3f9a1c'.repeat(20).slice(0, length);
export const uuid = ['3f9a1c07', '2b4d', '4e6f', '8a1b', '9c0d7e5f3a21'].join('-');
export const githubToken = 'ghp_' + 'a1B2'.repeat(9);
export const supabaseToken = 'sbp_' + hex(40);
export const pem = (label: string, newline: string) =>
  [
    '-----BEGIN',
    `${label}-----${newline}MIIE${opaque.repeat(4)}${newline}-----END`,
    `${label}-----`,
  ].join(' ');

export function jwt(claims: object): string {
  const part = (value: object) => btoa(JSON.stringify(value)).replace(/=+$/, '');
  return [part({ alg: 'HS256', typ: 'JWT' }), part(claims), opaque].join('.');
}

export const header = (name: string): SecretSlot => ({ kind: 'header', name });
export const env = (name: string): SecretSlot => ({ kind: 'env', name });
export const other = (key: string): SecretSlot => ({ kind: 'other', key });
export const oauth = (key: string): SecretSlot => ({ kind: 'oauth', key });
export const url: SecretSlot = { kind: 'url' };
export const command: SecretSlot = { kind: 'command' };
export const headersHelper: SecretSlot = { kind: 'headersHelper' };

/** The last of `args`. */
export const argument = (...args: readonly (string | undefined)[]): SecretSlot => ({
  kind: 'argument',
  index: args.length - 1,
  command: 'npx',
  args,
});
