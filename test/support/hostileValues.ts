import { createRandom } from './random';

/** Pieces that some shell, parser or terminal takes for more than text. */
const pieces = [
  ...["'", '"', '`', '\\', '\\n', '\\r', '$', '$HOME', '${HOME}', '$(id)', '#', ' #', '=', ':'],
  ...['~', '!', '!!', '%', '%PATH%', '&', ';', '|', '<', '*', '?', '{a,b}', '[', '^', '-', '/'],
  ...[' ', '\t', '\n', '\r', '\u0001', '\u001b', '\u007f', '\u0085', '\u00a0', '\u2028'],
  ...['a', 'B', '9', 'é', '‘', '’', '😀'],
];

/** Values that are hard to quote: the same ones each time. */
export function hostileValues(count: number): readonly string[] {
  const next = createRandom(7);
  const chosen = ['~', '~root', '=ls', 'a:~', "it's", 'a\\', '-n', ' ', '\n', 'x'.repeat(65_536)];
  return [
    ...chosen,
    ...Array.from({ length: count }, () =>
      Array.from({ length: 1 + next(6) }, () => pieces[next(pieces.length)]).join(''),
    ),
  ];
}
