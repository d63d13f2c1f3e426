/** A reference that Claude Code expands: `${NAME}` or `${NAME:-default}`. Offsets are decoded. */
export interface VariableReference {
  readonly name: string;
  readonly defaultValue: string | undefined;
  readonly start: number;
  readonly end: number;
}

const reference = /\$\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?\}/g;

/**
 * The references in `value`, in order. Nothing else expands: no `$NAME`, no operator but `:-`, no
 * escape, and a default ends at the first `}`.
 */
export function findReferences(value: string): readonly VariableReference[] {
  // Up to the last brace: behind it each `${a:-` would search to the end in vain.
  const closed = value.slice(0, value.lastIndexOf('}') + 1);
  return Array.from(closed.matchAll(reference), (match) => ({
    name: match[1] ?? '',
    defaultValue: match[2],
    start: match.index,
    end: match.index + match[0].length,
  }));
}

/** `value` with the default in the place of each reference that has one. */
export function withDefaults(value: string): string {
  let result = '';
  let behind = 0;
  for (const { start, end, defaultValue } of findReferences(value)) {
    if (defaultValue !== undefined) {
      result += value.slice(behind, start) + defaultValue;
      behind = end;
    }
  }
  return result + value.slice(behind);
}

/** A way to write a variable that another program reads and Claude Code leaves as it is. */
export interface ForeignReference {
  /** What the reader may know it from. */
  readonly origin: string;
  /** The variable it names; `undefined` for a command or an input. */
  readonly name: string | undefined;
  readonly start: number;
  readonly end: number;
  /** What Claude Code expands to the same; `undefined` where there is no such thing. */
  readonly replacement: string | undefined;
  /** Other programs give a meaning to the same characters: a template, a date, a shell's text. */
  readonly isAmbiguous: boolean;
}

interface ForeignSyntax {
  readonly origin: string;
  /** Sticky over the value; group 1 is the name. */
  readonly pattern: RegExp;
  readonly translate: (name: string) => string | undefined;
  readonly isAmbiguous?: true;
}

const toReference = (name: string) => `\${${name}}`;

/** In the order of trial: at one position the first that matches counts. */
const foreignSyntaxes: readonly ForeignSyntax[] = [
  {
    origin: 'VS Code, Cursor and others',
    pattern: /\$\{env:([A-Za-z_][A-Za-z0-9_]*)\}/y,
    translate: toReference,
  },
  {
    origin: 'VS Code',
    pattern: /\$\{input:([^}\s]{1,100})\}/y,
    translate: (name) => toReference(upperSnake(name)),
  },
  {
    origin: 'VS Code',
    // With `:-` Claude Code has a default to use.
    pattern: /\$\{(workspaceFolder|workspaceRoot|cwd)(?::(?!-)[^}]{1,100})?\}/y,
    translate: () => '${CLAUDE_PROJECT_DIR:-.}',
  },
  {
    origin: 'VS Code',
    pattern: /\$\{(userHome)\}/y,
    translate: () => '${HOME}',
  },
  {
    origin: 'GitHub Actions',
    pattern: /\$\{\{\s{0,9}(?:secrets|env|vars)\.([A-Za-z_][A-Za-z0-9_]*)\s{0,9}\}\}/y,
    translate: toReference,
  },
  {
    origin: 'templates',
    pattern: /\{\{\s{0,9}\.?([A-Za-z_][A-Za-z0-9_]*)\s{0,9}\}\}/y,
    translate: toReference,
    isAmbiguous: true,
  },
  {
    origin: 'PowerShell',
    pattern: /\$env:([A-Za-z_][A-Za-z0-9_]*)/y,
    translate: toReference,
  },
  {
    origin: 'the Windows command prompt',
    // Not the two hexadecimal digits of a percent-encoding, nor the letters of a date: `%YT%H`.
    pattern: /%(?![0-9A-F]{2}%)([A-Z_][A-Z0-9_]+)%(?![A-Za-z](?![A-Za-z]))/y,
    translate: toReference,
    isAmbiguous: true,
  },
  {
    origin: 'a shell',
    pattern: /\$\(([^()]{1,500})\)/y,
    translate: () => undefined,
    isAmbiguous: true,
  },
  {
    origin: 'a shell',
    // `$LATEST` is a version of AWS, `$SYS` a topic of MQTT.
    pattern: /\$(?!(?:LATEST|DEFAULT|SYS)(?!\w))([A-Z_][A-Z0-9_]*)(?![A-Za-z0-9_=])/y,
    translate: toReference,
    isAmbiguous: true,
  },
];

/**
 * The variables in `value` written for another program. Upper-case names only where a bare `$` or
 * `%` introduces them, so that a password or an OData parameter is not taken for one.
 */
export function findForeignReferences(value: string): readonly ForeignReference[] {
  if (!value.includes('$') && !value.includes('%') && !value.includes('{{')) {
    return [];
  }
  const found: ForeignReference[] = [];
  const candidate = /[$%{]/g;
  for (let at = candidate.exec(value); at !== null; at = candidate.exec(value)) {
    const match = matchForeign(value, at.index, found.at(-1)?.end);
    if (match !== undefined) {
      found.push(match);
      candidate.lastIndex = match.end;
    }
  }
  return found;
}

/** Of plain references, those that stand for something in VS Code alone. */
const foreignNames = new Set(['workspaceFolder', 'workspaceRoot', 'cwd', 'userHome']);
const plainReference = /\$\{([A-Za-z_][A-Za-z0-9_]*)\}/y;

/** What stands before a `$NAME` that is not part of a password. */
const beforeName = /[\s=:/@,;"'&]/;

function matchForeign(
  value: string,
  start: number,
  lastEnd: number | undefined,
): ForeignReference | undefined {
  plainReference.lastIndex = start;
  const name = plainReference.exec(value)?.[1];
  if (name !== undefined && !foreignNames.has(name)) {
    return undefined;
  }
  const isInWord = start > 0 && start !== lastEnd && !beforeName.test(value.charAt(start - 1));
  for (const { origin, pattern, translate, isAmbiguous = false } of foreignSyntaxes) {
    pattern.lastIndex = start;
    const match = pattern.exec(value);
    if (match !== null && !(isInWord && /^\$[A-Z_]/.test(match[0]))) {
      const end = start + match[0].length;
      const inside = match[1] ?? '';
      const isName = /^[A-Za-z_]\w*$/.test(inside) && !/^\$(?:\{input:|\()/.test(match[0]);
      const name = isName ? inside : undefined;
      return { origin, name, start, end, replacement: translate(inside), isAmbiguous };
    }
  }
  return undefined;
}

/** `my token-name` → `MY_TOKEN_NAME`; always a name that `${…}` accepts. */
export function upperSnake(text: string): string {
  const words = text
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .toUpperCase();
  return /^[A-Z_]/.test(words) ? words : `_${words}`;
}
