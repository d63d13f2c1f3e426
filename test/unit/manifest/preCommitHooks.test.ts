import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import manifest from '../../../package.json';
import { placeOf } from '../../../src/core/config/place';

const text = readFileSync('.pre-commit-hooks.yaml', 'utf8');

function valuesOf(key: string): readonly string[] {
  const lines = text.matchAll(new RegExp(`^(?:- |  )${key}: (.+)$`, 'gm'));
  return Array.from(lines, ([, value = '']) => value);
}

describe('the hooks for pre-commit', () => {
  it('run the program that the package installs', () => {
    assert.deepEqual(valuesOf('id'), ['mcp-auth', 'mcp-auth-fix']);
    assert.deepEqual(valuesOf('entry'), ['mcp-auth check --no-env', 'mcp-auth fix --no-env']);
    assert.deepEqual(Object.keys(manifest.bin), ['mcp-auth']);
  });

  it('choose the files that Claude Code reads', () => {
    const paths = [
      '.mcp.json',
      'packages/web/.mcp.json',
      '.claude/.mcp.json',
      'a/.claude/.mcp.json',
      'a.claude/.mcp.json',
      'mcp.json',
      'x.mcp.json',
      '.mcp.jsonc',
      '.mcp.json/x',
      '.claude.json',
      'home/.claude.json',
      'managed-mcp.json',
      'etc/managed-mcp.json',
      '.claude-plugin/plugin.json',
      'a/.claude-plugin/plugin.json',
      'x.claude-plugin/plugin.json',
      'plugin.json',
    ];
    const expected = paths.filter((path) => placeOf(path, false)?.isRead === true);
    const excluded = valuesOf('exclude').map((pattern) => new RegExp(pattern));
    for (const [index, pattern] of valuesOf('files').entries()) {
      const chosen = paths.filter(
        (path) => new RegExp(pattern).test(path) && !excluded[index]?.test(path),
      );
      assert.deepEqual(chosen, expected);
    }
    assert.equal(valuesOf('files').length, 2);
  });
});
