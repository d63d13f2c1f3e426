import assert from 'node:assert/strict';
import { shellOf, shells, type ShellId } from '../../../src/core/shell/shells';

type Lines = Readonly<Record<ShellId, string | undefined>>;

function linesFor(line: (shell: (typeof shells)[number]) => string | undefined) {
  return Object.fromEntries(shells.map((shell) => [shell.id, line(shell)]));
}

const values: readonly (readonly [string, Lines])[] = [
  [
    'a b',
    {
      bash: " export N='a b'",
      zsh: " export N='a b'",
      fish: " set -gx N 'a b'",
      powershell: "$env:N = 'a b'",
      cmd: 'set "N=a b"',
    },
  ],
  [
    "it's \\ ‘so’",
    {
      bash: " export N='it'\\''s \\ ‘so’'",
      zsh: " export N='it'\\''s \\ ‘so’'",
      fish: " set -gx N 'it\\'s \\\\ ‘so’'",
      powershell: "$env:N = 'it''s \\ ‘‘so’’'",
      cmd: 'set "N=it\'s \\ ‘so’"',
    },
  ],
  [
    "$(id)`id`'\n\u001b\u0085",
    {
      bash: " export N=$'$(id)`id`\\'\\012\\033\\302\\205'",
      zsh: " export N=$'$(id)`id`\\'\\012\\033\\302\\205'",
      fish: " set -gx N '$(id)`id`\\''\\u000a''\\u001b''\\u0085''",
      powershell:
        "$env:N = '$(id)`id`''' + [char]0x000a + '' + [char]0x001b + '' + [char]0x0085 + ''",
      cmd: undefined,
    },
  ],
  [
    'a&b|c^d',
    {
      bash: " export N='a&b|c^d'",
      zsh: " export N='a&b|c^d'",
      fish: " set -gx N 'a&b|c^d'",
      powershell: "$env:N = 'a&b|c^d'",
      cmd: 'set "N=a&b|c^d"',
    },
  ],
];

describe('a line that sets a variable', () => {
  for (const [value, expected] of values) {
    it(`to ${JSON.stringify(value)}`, () => {
      assert.deepEqual(
        linesFor((shell) => shell.setVariable('N', value)),
        expected,
      );
    });
  }

  it('is not written where the shell cannot carry the value', () => {
    const cmd = shells.find(({ id }) => id === 'cmd');
    for (const value of ['a"b', '100%', 'a!b', 'a\tb', 'x'.repeat(8000)]) {
      assert.equal(cmd?.setVariable('N', value), undefined);
    }
    for (const value of ['a\0b', '\uD800']) {
      assert.ok(shells.every((shell) => shell.setVariable('N', value) === undefined));
    }
  });
});

describe('a line that loads a .env', () => {
  it('names the file for its shell', () => {
    const { powershell, ...rest } = linesFor((shell) => shell.loadDotEnv("/it's/.env"));
    assert.deepEqual(rest, {
      bash: "set -a; . '/it'\\''s/.env'; set +a",
      zsh: "set -a; . '/it'\\''s/.env'; set +a",
      fish: "exec sh -c 'set -a; . \"$1\"; exec fish' sh '/it\\'s/.env'",
      cmd: undefined,
    });
    assert.match(powershell ?? '', /-LiteralPath '\/it''s\/\.env'\)/);
  });
});

describe('a shell', () => {
  it('is known by the path of its program', () => {
    const paths = [
      '/bin/bash',
      '/usr/bin/dash',
      'C:\\Program Files\\PowerShell\\7\\pwsh.exe',
      'C:\\WINDOWS\\System32\\WindowsPowerShell\\v1.0\\PowerShell.EXE',
      'C:\\Windows\\System32\\cmd.exe',
      '/opt/homebrew/bin/fish',
      '/bin/zsh',
      '/usr/bin/nu',
      '',
    ];
    assert.deepEqual(
      paths.map((path) => shellOf(path)?.id),
      ['bash', 'bash', 'powershell', 'powershell', 'cmd', 'fish', 'zsh', undefined, undefined],
    );
  });
});
