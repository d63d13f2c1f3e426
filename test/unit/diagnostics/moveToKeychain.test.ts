import assert from 'node:assert/strict';
import { applyEdits } from '../../../src/core/base/range';
import { parseMcpConfig } from '../../../src/core/config/parseMcpConfig';
import { places, type Place } from '../../../src/core/config/place';
import { findFindings } from '../../../src/core/diagnostics/findFindings';
import { findScriptFindings } from '../../../src/core/diagnostics/findScriptFindings';
import { moveToKeychain } from '../../../src/core/diagnostics/moveToKeychain';
import { fitsKeychain } from '../../../src/core/helperScript/keychainHelper';

const token = `ghp_${'a1B2c3D4e5F6'.repeat(3)}`;
const remote = { type: 'http', url: 'https://mcp.example.com/mcp' };

/** The file after the move of its first credential; `undefined` where there is none to offer. */
function move(entry: object, place: Place = places.project, indent = 2): string | undefined {
  const text = JSON.stringify({ mcpServers: { github: entry } }, undefined, indent);
  const config = parseMcpConfig(text, place);
  const fix = findFindings(config)
    .flatMap(({ fixes }) => fixes?.() ?? [])
    .find(({ secret }) => secret !== undefined);
  const edits = fix && moveToKeychain(config, fix);
  return edits && applyEdits(text, edits);
}

const command =
  'value=$(security find-generic-password -s mcp-auth -a GITHUB_TOKEN -w 2>/dev/null || ' +
  'secret-tool lookup service mcp-auth account GITHUB_TOKEN) && [ -n "$value" ] && ' +
  `printf '{"Authorization":"Bearer %s"}' "$value"`;

describe('a credential that a helper reads from the keychain', () => {
  it('leaves the headers to the others in it', () => {
    const bearer = { Authorization: `Bearer ${token}` };
    const only = move({ ...remote, headers: bearer });
    const among = move({ ...remote, headers: { 'X-A': '1', ...bearer, 'X-B': '2' } });
    const rest = { ...remote, headers: { 'X-A': '1', 'X-B': '2' }, headersHelper: command };
    assert.deepEqual(
      [only, among],
      [{ ...remote, headersHelper: command }, rest].map((entry) =>
        JSON.stringify({ mcpServers: { github: entry } }, undefined, 2),
      ),
    );
  });

  it('sets off no rule of ours in any place, on one line or on many', () => {
    for (const place of [places.project, places.plugin, places.user]) {
      for (const indent of [0, 2]) {
        const headers = { 'X-A': '1', Authorization: `Bearer ${token}` };
        const text = move({ ...remote, headers }, place, indent);
        assert.ok(text !== undefined);
        const findings = findFindings(parseMcpConfig(text, place));
        assert.deepEqual(
          findings.map(({ rule }) => rule),
          [],
        );
      }
    }
    assert.deepEqual(findScriptFindings(`#!/bin/sh\n${command}\n`, { fileName: 'a.sh' }), []);
  });

  it('is not offered where a helper cannot say the same', () => {
    const headers = { Authorization: `Bearer ${token}` };
    const second = `ghp_${'Z9y8X7w6V5u4'.repeat(3)}`;
    const entries: readonly object[] = [
      { command: 'x', env: { GITHUB_TOKEN: token } },
      { ...remote, url: `https://mcp.example.com/?token=${token}` },
      { ...remote, headers, headersHelper: 'echo {}' },
      { ...remote, headers: { ...headers, 'X-Api-Key': second } },
      { ...remote, headers: { Authorization: `\${SCHEME} ${token}` } },
      { ...remote, headers: { Authorization: `Bearer \${GITHUB_TOKEN:-${token}}` } },
      { ...remote, headers: { Authorization: `Bearer "${token}"` } },
      { ...remote, type: 'nonsense', headers },
    ];
    assert.deepEqual(
      entries.map((entry) => move(entry)),
      entries.map(() => undefined),
    );
    assert.equal(move({ ...remote, headers }, places.managed), undefined);
  });

  it('has no character that a keychain or JSON would change', () => {
    const values = [token, "a'b $(id) %s", 'a"b', 'a\\b', 'a\nb', 'ü', ' a', ''];
    assert.deepEqual(values.map(fitsKeychain), [
      true,
      true,
      false,
      false,
      false,
      false,
      false,
      false,
    ]);
  });
});
