import assert from 'node:assert/strict';
import type { LinePart, NamedRequest } from '../../../src/core/shell/curlLine/namedRequest';
import { shells, type ShellId } from '../../../src/core/shell/shells';

const request: NamedRequest = {
  options: [
    { name: 'silent' },
    { name: 'header', value: ['A: Bearer ', { variable: 'TOKEN' }] },
    { name: 'header', value: [`B: it's \\ "so"`] },
    { name: 'url', value: ['https://', { variable: 'HOST' }, '/a%20b?', 'c=$d'] },
  ],
  variables: [
    { name: 'TOKEN', isInUrl: false },
    { name: 'HOST', isInUrl: true },
  ],
  isAscii: true,
};

const posix = String.raw`(mcp_check() { if [ -z "$(command printenv "$1")" ]; then echo "$1 is not set, or not exported." >&2; exit 1; fi
  if [ "$(command printenv "$1" | LC_ALL=C command tr -d "$2"; echo .)" = "$(echo; echo .)" ]; then :; else echo "$1 $3" >&2; exit 1; fi; }
mcp_quote() { command printenv "$1" | LC_ALL=C command sed 's/[\\"]/\\&/g'; }
mcp_check TOKEN ' -~' 'has a line break or another character that this line cannot carry.'
mcp_check HOST 'A-Za-z0-9._~:/?#@$&()*+,;=%-' 'has a character that an address cannot have as it is.'
printf '%s\n' \
  'silent' \
  'header = "A: Bearer '"$(mcp_quote TOKEN)"'"' \
  'header = "B: it'\''s \\ \"so\""' \
  'url = "https://'"$(mcp_quote HOST)"'/a%20b?c=$d"' \
  | command curl -q --config -)`;

const lines: Readonly<Record<ShellId, string>> = {
  bash: posix,
  zsh: posix,
  fish: String.raw`if not command printenv TOKEN | string length -q; echo 'TOKEN is not set, or not exported.' >&2; false
else if string match -qr '[^ -~][\\s\\S]' -- (command printenv TOKEN | string collect -N); echo 'TOKEN has a line break or another character that this line cannot carry.' >&2; false
else if not command printenv HOST | string length -q; echo 'HOST is not set, or not exported.' >&2; false
else if string match -qr '[^A-Za-z0-9._~:/?#@$&()*+,;=%-][\\s\\S]' -- (command printenv HOST | string collect -N); echo 'HOST has a character that an address cannot have as it is.' >&2; false
else
  printf '%s\n' \
    'silent' \
    'header = "A: Bearer '(command printenv TOKEN | string replace -ar '[\\\\"]' '\\\\$0')'"' \
    'header = "B: it\'s \\\\ \\"so\\""' \
    'url = "https://'(command printenv HOST | string replace -ar '[\\\\"]' '\\\\$0')'/a%20b?c=$d"' \
    | command curl -q --config -
end`,
  powershell: String.raw`& {
if (-not $env:TOKEN) { [Console]::Error.WriteLine('TOKEN is not set.'); return }
if ($env:TOKEN -cmatch '[^ -~\x80-\xff]') { [Console]::Error.WriteLine('TOKEN has a character that a header cannot have, such as a line break.'); return }
if (-not $env:HOST) { [Console]::Error.WriteLine('HOST is not set.'); return }
if ($env:HOST -cmatch '[^A-Za-z0-9._~:/?#@$&()*+,;=%-]') { [Console]::Error.WriteLine('HOST has a character that an address cannot have as it is.'); return }
$OutputEncoding = [Text.Encoding]::GetEncoding(28591)
$curl = Get-Command curl -CommandType Application | Select-Object -First 1
@(
  'silent'
  ('header = "A: Bearer ' + ($env:TOKEN -creplace '[\\"]', '\$0') + '"')
  'header = "B: it''s \\ \"so\""'
  ('url = "https://' + ($env:HOST -creplace '[\\"]', '\$0') + '/a%20b?c=$d"')
) | & $curl -q --config -
}`,
  cmd: String.raw`if not defined TOKEN (echo TOKEN is not set. >&2) else if not defined HOST (echo HOST is not set. >&2) else curl.exe -q --variable %TOKEN --variable %HOST --silent --expand-header "A: Bearer {{TOKEN}}" --header "B: it's \ \"so\"" --expand-url "https://{{HOST}}/a%20b?c=$d"`,
};

function cmdLine(...value: readonly LinePart[]): string | undefined {
  const cmd = shells.find(({ id }) => id === 'cmd');
  const names = value.flatMap((part) => (typeof part === 'string' ? [] : part.variable));
  const variables = names.map((name) => ({ name, isInUrl: false }));
  return cmd?.curlLine({ options: [{ name: 'header', value }], variables, isAscii: true });
}

describe('a line of curl', () => {
  for (const shell of shells) {
    it(`for ${shell.label}`, () => {
      assert.equal(shell.curlLine(request), lines[shell.id]);
    });
  }

  it('turns Latin-1 into one byte each, and lets it pass', () => {
    const found = shells.map((shell) => shell.curlLine({ ...request, isAscii: false }) ?? '');
    assert.deepEqual(
      found.map((line) => line.includes('| command iconv -f UTF-8 -t ISO-8859-1')),
      [true, true, true, false, false],
    );
    assert.match(found[0] ?? '', /mcp_check TOKEN '\\40-\\176\\200-\\303' 'has a character that/);
    assert.match(found[2] ?? '', /string match -qr '\[\^ -~\\\\x\{80\}-\\\\x\{ff\}\]/);
    assert.equal(found[4], '', 'cmd has code pages');
  });

  it('is as short as it can be without a variable', () => {
    const bare = { options: [{ name: 'url', value: ['http://h/'] }], variables: [], isAscii: true };
    assert.deepEqual(
      shells.map((shell) => shell.curlLine(bare)),
      [
        `printf '%s\\n' \\\n  'url = "http://h/"' \\\n  | command curl -q --config -`,
        `printf '%s\\n' \\\n  'url = "http://h/"' \\\n  | command curl -q --config -`,
        `printf '%s\\n' \\\n    'url = "http://h/"' \\\n    | command curl -q --config -`,
        [
          '& {',
          '$OutputEncoding = [Text.Encoding]::GetEncoding(28591)',
          '$curl = Get-Command curl -CommandType Application | Select-Object -First 1',
          '@(',
          `  'url = "http://h/"'`,
          ') | & $curl -q --config -',
          '}',
        ].join('\n'),
        'curl.exe -q --url "http://h/"',
      ],
    );
  });

  const carried: readonly (readonly [text: string, word: string])[] = [
    ['a&b|c<d>e^f(g)', '"a&b|c<d>e^f(g)"'],
    ['a\\', '"a\\\\"'],
    ['a\\"b', '"a\\\\\\"b"'],
    ['a%20b', '"a%20b"'],
    ['{{a}}', '"{{a}}"'],
  ];
  for (const [text, word] of carried) {
    it(`of cmd carries ${text}`, () => {
      assert.equal(cmdLine(text), `curl.exe -q --header ${word}`);
    });
  }

  it('of cmd keeps what curl would take for a variable', () => {
    assert.match(
      cmdLine('{{a}} ', { variable: 'N' }) ?? '',
      /--expand-header "\\\{\{a\}\} \{\{N\}\}"$/,
    );
  });

  it('is not there where cmd has no way to write the text', () => {
    for (const text of [
      '%PATH%',
      '100%',
      '%C3%A9',
      'a!b',
      '"a&b"',
      'é',
      'a\tb',
      'x'.repeat(8000),
    ]) {
      assert.equal(cmdLine(text), undefined, text);
    }
    assert.equal(cmdLine('DOMAIN\\', { variable: 'USER' }), undefined);
  });
});
