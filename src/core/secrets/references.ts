import type { Span } from './secretMatch';

/** The default inside a reference: the span of `secret` in `${NAME:-secret}`. */
export interface ReferenceDefault extends Span {
  readonly name: string;
}

// Operators that Claude Code does not know count too: the literal is in the file all the same.
// A default ends where another reference begins: that one has its own.
const referenceWithDefault =
  /\$\{\s{0,9}(?:env:)?([A-Za-z_]\w{0,200}):?[-=]((?:[^}$]|\$(?!\{))*)(?:\}|(?=\$\{))/g;

export function findDefaults(value: string): readonly ReferenceDefault[] {
  if (!value.includes('${')) {
    return [];
  }
  // Up to the last brace: behind it each `${a:-` would search to the end in vain.
  const closed = value.slice(0, value.lastIndexOf('}') + 1);
  return Array.from(closed.matchAll(referenceWithDefault), (match) => {
    const [whole, name = '', text = ''] = match;
    const end = match.index + whole.length - (whole.endsWith('}') ? 1 : 0);
    return { name, start: end - text.length, end };
  });
}

/** Ways to say "look it up" that stand anywhere in a value. */
const reference = new RegExp(
  [
    '\\$\\{', // ${X}, ${env:X}, ${input:x}, ${{ secrets.X }}
    '\\$\\(', // $(command)
    '\\{\\{', // {{X}}
    '\\$env:',
    '%[A-Z_][A-Z0-9_]*%',
    '(?<![^\\s:/@="\'])\\$[A-Z_][A-Z0-9_]+(?![A-Za-z0-9])', // $X, where nothing is glued to it
  ].join('|'),
);

/** Ways to say it with the whole value, most of them addresses in a secret store. */
const wholeReference = new RegExp(
  [
    '\\$[A-Za-z_]\\w*',
    '`.*`',
    '%[sq]', // printf, in a script that writes the header
    '(?:process\\.env|import\\.meta\\.env|os\\.environ|env|secrets|vars|vault|inputs?)[.:[(].+',
    '(?:op|vault|keychain|keyring|bws?|doppler|sops|gopass|1password|secretrefs?|file|ssm|sm|ref\\+\\w+|[a-z-]*secrets?(?:-?manager)?):.*',
    'arn:aws:(?:secretsmanager|ssm):.+',
    'projects/[^/]+/secrets/.+',
    '@Microsoft\\.KeyVault\\(.*',
    'ENC\\[.*',
    '!secret .+',
  ]
    .map((alternative) => `^(?:${alternative})$`)
    .join('|'),
  's',
);

/** Whether the value points at a credential instead of holding one. */
export function isReference(value: string): boolean {
  return reference.test(value) || isWholeReference(value);
}

/** Whether all of it is an address in a secret store, or another way to say where to look. */
export function isWholeReference(value: string): boolean {
  return wholeReference.test(value);
}
