import { assertNever } from '../base/assertNever';
import { isRoutingHeader } from './routingHeader';
import type { RemoteTarget, StdioTarget, TokenTestTarget } from './tokenTestTarget';

/** What is done with a target: one test, or one for each header that may matter. */
export type TestPurpose = 'test' | 'compare';

/**
 * Names one way of sending or starting. Whoever changes any of it is asked again:
 *
 * | for a   | what is part of the name                                                  |
 * | ------- | ------------------------------------------------------------------------- |
 * | url     | purpose, transport, address, the names of headers and of their variables, |
 * |         | and the value of a header that decides where the request goes             |
 * | program | folder, and as written and as resolved: command, arguments, `env`         |
 *
 * It holds no value: everything is hashed together.
 */
export function approvalKey(target: TokenTestTarget, purpose: TestPurpose): Promise<string> {
  switch (target.transport) {
    case 'http':
    case 'sse':
    case 'ws':
      return digest(wayOfSending(target, purpose));
    case 'stdio':
      return digest(wayOfStarting(target));
    default:
      return assertNever(target);
  }
}

function wayOfSending({ transport, url, writtenUrl, headers }: RemoteTarget, purpose: TestPurpose) {
  const named = headers.map(({ name, value, secretNames }) => [
    name,
    secretNames,
    isRoutingHeader(name) ? value : null,
  ]);
  return [purpose, transport, url, writtenUrl, ...named];
}

/** An entry of `env` may decide what runs as much as the command does: `PATH`, `NODE_OPTIONS`. */
function wayOfStarting({ command, args, env, folder }: StdioTarget) {
  const texts = [command, ...args].map(({ written, text }) => [written, text]);
  const entries = env.map(({ name, written, text }) => [name, written, text]);
  return ['stdio', folder, texts, entries];
}

async function digest(value: unknown): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(value));
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
