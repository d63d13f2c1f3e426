import {
  rangeInString,
  asString,
  findProperty,
  rangeOf,
  type JsonNode,
} from '../../../config/json';
import type { McpConfig } from '../../../config/mcpConfig';
import type { Report, Rule } from '../../rule';

export const oauthInvalid = {
  id: 'oauth-invalid',
  category: 'loading',
  severity: 'warning',
  *check({ config }) {
    for (const server of config.servers) {
      const isRead = server.transport === 'http' || server.transport === 'sse';
      const oauth =
        isRead && !server.isShadowed ? findProperty(server.node, 'oauth')?.value : undefined;
      if (oauth === undefined) {
        continue;
      }
      for (const report of [checkPort(oauth), checkClient(oauth), checkScopes(config, oauth)]) {
        if (report !== undefined) {
          const { key, ...said } = report;
          yield { server, path: [...server.path, 'oauth', key], ...said };
        }
      }
    }
  },
} satisfies Rule<'oauth-invalid'>;

type KeyReport = Report & { readonly key: 'callbackPort' | 'clientId' | 'scopes' };

/** The client's schema has no upper limit; the listener has. */
function checkPort(oauth: JsonNode): KeyReport | undefined {
  const port = findProperty(oauth, 'callbackPort')?.value;
  return Number.isSafeInteger(port?.value) && port && Number(port.value) > 65535
    ? {
        key: 'callbackPort',
        range: rangeOf(port),
        message:
          'Signing in to this server will fail: there is no port above 65535 to listen on. Use a number from 1024 to 65535.',
      }
    : undefined;
}

function checkClient(oauth: JsonNode): KeyReport | undefined {
  const client = asString(findProperty(oauth, 'clientId')?.value);
  return client?.value.trim() === ''
    ? {
        key: 'clientId',
        range: client.range,
        message:
          'This client id is empty, so it names no client. Write the one that the service gave you, or remove the key: Claude Code then registers by itself where the service allows it.',
      }
    : undefined;
}

/** Scopes are separated by spaces. @see RFC 6749 §3.3 */
function checkScopes({ text }: McpConfig, oauth: JsonNode): KeyReport | undefined {
  const scopes = asString(findProperty(oauth, 'scopes')?.value);
  // Of the empty string `field-type-wrong` speaks: the server does not load.
  if (!scopes?.value || (scopes.value.trim() !== '' && !scopes.value.includes(','))) {
    return undefined;
  }
  const { value, range } = scopes;
  if (!value.includes(',')) {
    const message =
      'No scope is named here. Write the scopes with a space between them, or remove the key: Claude Code then asks for those that the server offers.';
    return { key: 'scopes', range, message };
  }
  // A comma may be part of a scope, and a few services separate by it.
  const isCertain = /,\s/.test(value);
  const edits = Array.from(value.matchAll(/\s*,\s*/g), ({ 0: found, index }) => ({
    range: rangeInString(text, scopes, index, index + found.length),
    newText: ' ',
  }));
  return {
    key: 'scopes',
    range,
    ...(!isCertain && { severity: 'information' }),
    message:
      'Claude Code sends this text unchanged, and OAuth separates scopes by spaces: a comma becomes part of a name. Write a space in its place.',
    fixes: () => [{ title: 'Separate by spaces', edits, isSafe: false }],
  };
}
