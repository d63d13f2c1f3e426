import assert from 'node:assert/strict';
import { parseMcpConfig } from '../../../src/core/config/parseMcpConfig';
import { findFindings } from '../../../src/core/diagnostics/findFindings';
import { readSuppressions, suppressionOf } from '../../../src/core/diagnostics/readSuppressions';

const text =
  '{"mcpServers": {"a": {"url": "http://h.example"}, "b~/": {"url": "http://h.example"}}}';
const config = parseMcpConfig(text);
const findings = findFindings(config);

/** The findings that are left, by rule and server. */
function left(setting: unknown, fileNames: readonly string[] = ['.mcp.json']): readonly string[] {
  const suppressions = readSuppressions(setting, fileNames);
  return findFindings(config, { suppressions }).map(({ rule, server }) => `${rule} ${server}`);
}

const all = findings.map(({ rule, server }) => `${rule} ${server}`);

describe('an accepted problem', () => {
  it('is gone, and it alone', () => {
    for (const [index, finding] of findings.entries()) {
      const entry = suppressionOf(finding, '.mcp.json', 'reason');
      assert.deepEqual(left([entry]), all.toSpliced(index, 1));
    }
  });

  it('is written with its place and its reason', () => {
    const finding = findings.find(({ server }) => server === 'b~/');
    assert.ok(finding);
    assert.deepEqual(suppressionOf({ ...finding, rule: 'r', path: ['a/b', 0] }, 'f', 'why'), {
      file: 'f',
      rule: 'r',
      server: 'b~/',
      pointer: '/a~1b/0',
      reason: 'why',
    });
    assert.deepEqual(suppressionOf({ rule: 'r', server: undefined, path: [] }, 'f', 'why'), {
      file: 'f',
      rule: 'r',
      reason: 'why',
    });
  });

  it('may leave out the file, the server and the place', () => {
    const rest = all.filter((line) => !line.startsWith('url-insecure'));
    assert.deepEqual(left([{ rule: 'url-insecure', reason: 'r' }]), rest);
    const server = [{ rule: 'url-insecure', server: 'a', reason: 'r' }];
    assert.deepEqual(
      left(server),
      all.filter((line) => line !== 'url-insecure a'),
    );
  });

  it('is that of its own file, however its path is written', () => {
    const entry = (file: string) => [{ file, rule: 'url-insecure', reason: 'r' }];
    const names = ['packages/web/.mcp.json', '/p/packages/web/.mcp.json'];
    for (const file of [...names, './packages/web/.mcp.json', 'packages\\web\\.mcp.json']) {
      assert.ok(left(entry(file), names).length < all.length, file);
    }
    assert.deepEqual(left(entry('.mcp.json'), names), all);
  });

  it('stays a problem where the setting has another form or no reason', () => {
    const rule = 'url-insecure';
    const settings = [
      undefined,
      null,
      'x',
      { rule, reason: 'r' },
      [null, 3, 'x', [], {}],
      [{ rule }, { rule, reason: ' ' }, { rule, reason: 1 }, { reason: 'r' }],
      [
        { rule, reason: 'r', server: null },
        { rule, reason: 'r', pointer: 3 },
      ],
      [{ rule: 'gone-since', reason: 'r', file: '.mcp.json', server: 'gone', pointer: '/gone' }],
    ];
    for (const setting of settings) {
      assert.deepEqual(left(setting), all);
    }
  });
});
