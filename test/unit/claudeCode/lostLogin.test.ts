import assert from 'node:assert/strict';
import { findLostLogin, type SignedInEntry } from '../../../src/core/claudeCode/lostLogin';
import { parseMcpConfig } from '../../../src/core/config/parseMcpConfig';

const url = 'https://h.example/mcp';
const entry = { type: 'http', url, headers: { 'X-A': '${A}' } };

function entryOf(key: string, name: string, fields: object): SignedInEntry {
  const { servers, text } = parseMcpConfig(JSON.stringify({ mcpServers: { [name]: fields } }));
  const [server] = servers;
  assert.ok(server);
  return { key, server, text };
}

/** What of a server that was signed in under `a|1` is said to have changed. */
function lossOf(
  now: SignedInEntry,
  options: { readonly isKept?: boolean; readonly present?: readonly string[] } = {},
): string | undefined {
  const { isKept = true, present = [now.key] } = options;
  const login = { hasAccessToken: isKept, hasRefreshToken: false };
  const logins = new Map([['a|1', login]]);
  return findLostLogin(now, [entryOf('a|1', 'a', entry)], new Set(present), logins)?.by;
}

describe('a sign-in that an edit loses', () => {
  it('is told with what changed', () => {
    const rows: readonly (readonly [SignedInEntry, string | undefined])[] = [
      [entryOf('a|2', 'a', { ...entry, url: `${url}/v2` }), 'url'],
      [entryOf('a|2', 'a', { ...entry, type: 'sse' }), 'type'],
      [entryOf('a|2', 'a', { ...entry, headers: {} }), 'headers'],
      [entryOf('a|2', 'a', { ...entry, headers: { 'x-a': '${A}' } }), 'headers'],
      [entryOf('a|2', 'a', entry), 'variable'],
      [entryOf('b|1', 'b', entry), 'name'],
      [entryOf('b|2', 'b', { ...entry, url: `${url}/v2` }), undefined],
    ];
    assert.deepEqual(
      rows.map(([now]) => lossOf(now)),
      rows.map(([, by]) => by),
    );
  });

  it('is none when it is used by another entry, or was taken back', () => {
    const copy = entryOf('b|1', 'b', entry);
    assert.equal(lossOf(copy, { present: ['a|1', 'b|1'] }), undefined);
    assert.equal(lossOf(copy, { isKept: false }), undefined);
  });
});
