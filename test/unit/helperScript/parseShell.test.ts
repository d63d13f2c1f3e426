import assert from 'node:assert/strict';
import { parseShell } from '../../../src/core/helperScript/parseShell';
import { unknownCharacter, type ShellCommand } from '../../../src/core/helperScript/shellScript';

/** A command as a line: what it is called with, and what happens to its output. */
function draw(command: ShellCommand): string {
  const { assignments, words, redirects, hereDocuments } = command;
  const parts = [
    ...assignments.map(({ name, value }) => `${name}=${value.text}`),
    ...words.map(({ text }) => text),
    ...redirects.map(
      ({ descriptor, operator, target }) => `${descriptor ?? ''}${operator}${target.text}`,
    ),
    ...hereDocuments.map(({ text }) => `<<${text.replaceAll('\n', '↵').replaceAll('\r', '←')}`),
    ...(command.depth > 0 ? [`(depth ${command.depth})`] : []),
    ...(['inFunction', 'isPiped', 'isRedirected', 'isGuarded'] as const).filter(
      (flag) => command[flag],
    ),
  ];
  return parts.join(' | ').replaceAll(unknownCharacter, '?');
}

function commandsOf(text: string): readonly string[] {
  return parseShell(text).commands.map(draw);
}

describe('reading a shell script', () => {
  const cases: readonly [title: string, text: string, commands: readonly string[]][] = [
    ['words and quotes', `a 'b c' "d \\"e\\" \\$f" g\\ h`, ['a | b c | d "e" $f | g h']],
    ['nothing', ' \n# only a comment\n', []],
    ['a comment begins a word', 'a#b # c', ['a#b']],
    ['a line that goes on', 'a \\\n  b', ['a | b']],
    ['separators', 'a; b & c\nd', ['a', 'b', 'c', 'd']],
    [
      'what an expansion gives is not known',
      'a $B "${C:-d}" $((1 + 2)) x$E',
      ['a | ? | ? | ? | x?'],
    ],
    [
      'substitutions are commands of their own',
      'a "$(b "$(c)")" `d`',
      ['a | ? | ?', 'b | ? | (depth 1)', 'c | (depth 2)', 'd | (depth 1)'],
    ],
    ['assignments', 'A=1 B="x y" c; D=(1 2); E+=f', ['A=1 | B=x y | c', 'D=', 'E=f']],
    ['redirections', 'a >b 2>>c </d >&2 2>&1 &>e', ['a | >b | 2>>c | </d | >&2 | 2>&1 | &>e']],
    ['pipes', 'a | b |& c', ['a | isPiped', 'b | isPiped', 'c']],
    ['what is asked about', 'a || b && c', ['a | isGuarded', 'b | isGuarded', 'c']],
    ['a pipe that is asked about', 'a | b || c', ['a | isPiped | isGuarded', 'b | isGuarded', 'c']],
    [
      'conditions',
      'if a; then b; elif c; then d; else e; fi',
      ['a | isGuarded', 'b', 'c | isGuarded', 'd', 'e'],
    ],
    ['not', '! a', ['a | isGuarded']],
    [
      'loops',
      'for A in b c; do d; done; while e; do f; done',
      ['for | A | in | b | c', 'd', 'e | isGuarded', 'f'],
    ],
    ['the output of a group', '{ a; b; } | c', ['a | isPiped', 'b | isPiped', 'c']],
    ['a group into a file', '( a; b ) > c', ['a | isRedirected', 'b | isRedirected']],
    [
      'a loop into a file',
      'while a; do b; done > c',
      ['a | isRedirected | isGuarded', 'b | isRedirected'],
    ],
    ['functions', 'f() { a; }\nfunction g { b; }\nc', ['a | inFunction', 'b | inFunction', 'c']],
    ['choices', 'case $x in a|b) c ;; (d) e ;; *) f ;; esac; g', ['c', 'e', 'f', 'g']],
    [
      'tests',
      '[[ $a == (b|c) && -f d ]] || e',
      ['[[ | ? | == | b | c | -f | d | ]] | isGuarded', 'e'],
    ],
    ['a document', 'cat <<E\nx $y\nE\nz', ['cat | <<x ?↵', 'z']],
    ['a literal document', "cat <<'E' > f\nx $y\nE\nz", ['cat | >f | <<x $y↵', 'z']],
    ['an indented document', 'cat <<-E\n\tx\n\tE\nz', ['cat | <<\tx↵', 'z']],
    ['two documents', 'a <<E <<F\n1\nE\n2\nF\n', ['a | <<1↵ | <<2↵']],
    [
      'lines that end as in Windows',
      'a b\r\ncat <<E\r\nx\r\nE\r\nc',
      ['a | b', 'cat | <<x←↵', 'c'],
    ],
  ];
  for (const [title, text, commands] of cases) {
    it(title, () => assert.deepEqual(commandsOf(text), commands));
  }

  it('tells where each character of a word stands', () => {
    const text = 'echo "a\\"b$C"\'d\'';
    const [command] = parseShell(text).commands;
    const word = command?.words[1] ?? assert.fail();
    const characters = Array.from(word.text, (_, index) => text.charAt(word.at(index)));
    assert.deepEqual([word.text, characters.join('')], [`a"b${unknownCharacter}d`, 'a"b$d']);
  });

  it('names variables with what is done to them, but none in single quotes', () => {
    const { variables } = parseShell('a $B "${C:-$D}" \'$E\' ${#F} "$1" \\$G');
    assert.deepEqual(
      variables.map(({ name, operator }) => name + operator),
      ['B', 'D', 'C:-$D', 'F', '1'],
    );
  });

  it('says where it could not follow: what stays open, or nests without end', () => {
    const texts = [
      'a "b',
      "a 'b",
      'a ${b',
      'a "$(b',
      'a $(b',
      'a `b',
      '$('.repeat(1000),
      '${a:-'.repeat(1000),
      '{ '.repeat(1000),
    ];
    assert.deepEqual(
      texts.map((text) => parseShell(text).isPartial),
      texts.map(() => true),
    );
  });
});
