import assert from 'node:assert/strict';
import { programLine } from '../../../src/core/shell/programLine';

describe('the line that starts a program', () => {
  const rows: readonly (readonly [shell: string, path: string, line: string | undefined])[] = [
    ['/bin/bash', '/usr/bin/claude', '/usr/bin/claude'],
    ['/bin/bash', '/a b/claude', "'/a b/claude'"],
    ['/usr/bin/zsh', "/it's/$(x)`y`/claude", "'/it'\\''s/$(x)`y`/claude'"],
    ['/bin/sh', '/a;b/claude', "'/a;b/claude'"],
    ['/usr/bin/fish', "/it's\\/claude", "'/it\\'s\\\\/claude'"],
    [
      'C:\\Program Files\\PowerShell\\7\\pwsh.exe',
      'C:\\a b\\claude.cmd',
      "& 'C:\\a b\\claude.cmd'",
    ],
    ['powershell.exe', "C:\\it's ’x\\claude.exe", "& 'C:\\it''s ’’x\\claude.exe'"],
    ['C:\\Windows\\System32\\CMD.EXE', 'C:\\a b\\claude.cmd', '"C:\\a b\\claude.cmd"'],
    ['cmd.exe', 'C:\\%TEMP%\\claude.cmd', undefined],
    ['C:\\Program Files\\Git\\bin\\bash.exe', 'C:\\a b\\claude.cmd', "'C:\\a b\\claude.cmd'"],
    ['/usr/bin/nu', '/usr/bin/claude', '/usr/bin/claude'],
    ['/usr/bin/nu', '/a b/claude', undefined],
    ['constructor', '/a b/claude', undefined],
    ['/bin/bash', '/a\nb/claude', undefined],
    ['/bin/bash', '/a\u0003/claude', undefined],
    ['', '/a b/claude', undefined],
  ];
  for (const [shell, path, line] of rows) {
    it(`in ${shell || 'no shell'} for ${JSON.stringify(path)}`, () => {
      assert.equal(programLine(path, shell), line);
    });
  }
});
