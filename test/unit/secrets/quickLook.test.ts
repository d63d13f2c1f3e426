import assert from 'node:assert/strict';
import { parseMcpConfig } from '../../../src/core/config/parseMcpConfig';
import { readClosely, readSecrets } from '../../../src/core/secrets/findSecrets';
import type { SecretSlot } from '../../../src/core/secrets/secretMatch';
import { createRandom } from '../../support/random';
import { readRuleFixtures } from '../../support/ruleFixtures';

const pieces = [
  ...['${A_TOKEN}', '${X:-abc}', '$X', 'Bearer ', 'Basic ', '--token', '--api-key=', '-e', '-u'],
  ...['https://', 'http://u:p@h.example', '/mcp', '/a1b2c3d4e5f6a7b8', '?token=', '&key=', '#'],
  ...['ghp_', 'sk-', 'eyJ', '-----BEGIN PRIVATE KEY-----', 'AKIA', 'a1B2c3D4e5F6'.repeat(3)],
  ...['"', "'", '{', '}', '[', ']', '\\', ' ', '\t', '\u00a0', ':', '=', ';', ',', '@', '<', '>'],
  ...['API_KEY', 'name', 'x', 'YOUR_API_KEY', 'changeme', '3f9d2b7c81e64a05', 'é', '%', '-', '.'],
];

const slots: readonly SecretSlot[] = [
  { kind: 'header', name: 'Authorization' },
  { kind: 'header', name: 'X-Team' },
  { kind: 'env', name: 'API_TOKEN' },
  { kind: 'env', name: 'LOG_LEVEL' },
  { kind: 'url' },
  { kind: 'command' },
  { kind: 'headersHelper' },
  { kind: 'oauth', key: 'clientId' },
  { kind: 'other', key: 'note' },
];

describe('the quick look before a string is taken apart', () => {
  it('passes over nothing that a close look finds', function () {
    this.timeout(60_000);
    const random = createRandom(3);
    const pick = <T>(list: readonly T[]): T | undefined => list[random(list.length)];
    for (let round = 0; round < 60_000; round++) {
      const value = Array.from({ length: 1 + random(5) }, () => pick(pieces)).join('');
      const before = pick(pieces) ?? '';
      const argument: SecretSlot = {
        kind: 'argument',
        index: 1,
        command: 'x',
        args: [before, value],
      };
      const slot = random(3) === 0 ? argument : (pick(slots) ?? argument);
      assert.deepEqual(
        readSecrets(value, slot),
        readClosely(value, slot),
        JSON.stringify([value, slot]),
      );
    }
  });

  it('agrees on every string of the fixtures', () => {
    for (const { text } of readRuleFixtures()) {
      for (const { strings } of parseMcpConfig(text).servers) {
        for (const { value, slot } of strings) {
          assert.deepEqual(readSecrets(value, slot), readClosely(value, slot));
        }
      }
    }
  });
});
