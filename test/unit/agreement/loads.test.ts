import assert from 'node:assert/strict';
import { fieldsOf } from '../../../src/core/config/entryProblems';
import type { McpConfig } from '../../../src/core/config/mcpConfig';
import { parseMcpConfig } from '../../../src/core/config/parseMcpConfig';
import { places } from '../../../src/core/config/place';
import { createRandom } from '../../support/random';
import { readRuleFixtures } from '../../support/ruleFixtures';
import { entries, freeNames, otherValues, reservedNames } from '../../agreement/entries';
import { files } from '../../agreement/files';

function loaded({ servers }: McpConfig): readonly string[] {
  return servers.filter(({ loads }) => loads).map(({ name }) => name);
}

function isEntryLoaded(name: string, entry: string): boolean {
  const config = parseMcpConfig(`{"mcpServers":{${JSON.stringify(name)}:${entry}}}`);
  assert.equal(config.fileProblem, undefined);
  assert.equal(config.servers.length, 1);
  return loaded(config).length === 1;
}

describe('what Claude Code reads and what it drops', () => {
  for (const { title, text, place = 'project', isRead = true, loads } of files) {
    it(`${place}: ${title}`, () => {
      const config = parseMcpConfig(text, places[place]);
      const expected = Object.keys(loads).filter((name) => loads[name]);
      assert.deepEqual(
        { isRead: config.fileProblem === undefined, loads: [...loaded(config)].sort() },
        { isRead, loads: expected.sort() },
      );
    });
  }

  it('is JSON in the strict sense, whatever is wrong with it', () => {
    const texts = readRuleFixtures().map(({ text }) => text);
    const random = createRandom(3);
    const strange = [
      '{',
      '}',
      '"',
      '\\',
      ',',
      ':',
      '\u0000',
      '[',
      'null',
      '\r',
      '0',
      '-',
      '/*',
      "'",
    ];
    const seen = { good: 0, bad: 0 };
    for (let round = 0; round < 3000; round++) {
      const text = texts[random(texts.length)] ?? '';
      const at = random(text.length);
      const broken = text.slice(0, at) + (strange[random(strange.length)] ?? '') + text.slice(at);
      const isGood = isJson(broken);
      seen[isGood ? 'good' : 'bad']++;
      assert.equal(parseMcpConfig(broken).fileProblem?.kind !== 'syntax', isGood, broken);
    }
    assert.ok(seen.good > 100 && seen.bad > 100);
  });
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text.replace(/^\uFEFF/, ''));
    return true;
  } catch {
    return false;
  }
}

describe('which entries Claude Code loads', () => {
  for (const { entry, loads } of entries) {
    it(`{${entry}}: ${loads ? 'loaded' : 'skipped'}`, () => {
      assert.equal(isEntryLoaded('a', `{${entry}}`), loads);
    });
  }
  for (const value of otherValues) {
    it(`${value}: skipped`, () => assert.equal(isEntryLoaded('a', value), false));
  }
  for (const name of freeNames) {
    it(`named ${JSON.stringify(name)}: loaded`, () => {
      assert.equal(isEntryLoaded(name, '{"command":"x"}'), true);
    });
  }
  for (const name of reservedNames) {
    it(`named ${JSON.stringify(name)}: skipped`, () => {
      assert.equal(isEntryLoaded(name, '{"command":"x"}'), false);
    });
  }

  it('reads these fields of each transport', () => {
    const local = ['type', 'command', 'args', 'env', 'timeout', 'alwaysLoad'];
    const remote = ['type', 'url', 'headers', 'headersHelper', 'timeout', 'alwaysLoad'];
    const http = [...remote, 'oauth', 'tools', 'toolPermissions'];
    assert.deepEqual(
      (['stdio', 'http', 'sse', 'ws'] as const).map((transport) => [...fieldsOf(transport)]),
      [local, http, http, remote],
    );
  });
});
