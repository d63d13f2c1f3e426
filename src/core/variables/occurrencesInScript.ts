import { rangeBetween } from '../base/range';
import { readHelperScript, type CodeHelper } from '../helperScript/helperScript';
import type { Occurrence } from './occurrence';
import { readShellNames } from './occurrencesInShell';

/**
 * The variables that the script of a `headersHelper` has from its environment, in the order of the
 * text: in shell, Python or JavaScript, with defaults or without.
 * @param fileName tells the language where the first line does not
 */
export function occurrencesInScript(text: string, fileName: string): readonly Occurrence[] {
  const script = readHelperScript(text, fileName);
  if (script === undefined) {
    return [];
  }
  const found: readonly Occurrence[] =
    script.kind === 'shell'
      ? readShellNames(text, script.shell).map(({ name, start, end }) => ({
          name,
          range: rangeBetween(start, end),
          use: { kind: 'helper' },
        }))
      : namesInCode(script);
  return [...found].sort((a, b) => a.range.offset - b.range.offset);
}

/** The inside of a string is spaces in the code: the name is read from the text. */
const patterns = {
  python:
    /\b(?:environ\s{0,9}\[|environ\.(?:get|pop|setdefault)\s{0,9}\(|getenv\s{0,9}\()\s{0,9}["']|["'](?= {1,200}["']\s{1,9}(?:not\s{1,9})?in\s{1,9}(?:os\.)?environ\b)/g,
  node: /\b(?:process|Bun)\.env(?:\??\.(?=[A-Za-z_])|(?:\?\.)?\[\s{0,9}["'`])|\bDeno\.env\.get\(\s{0,9}["'`]/g,
} as const;

const destructured = /\{([^{}]{1,2000})\}\s{0,9}=\s{0,9}(?:process|Bun)\.env\b(?!\s{0,9}[.[])/g;

function namesInCode({ kind, text, source }: CodeHelper): readonly Occurrence[] {
  const found = Array.from(source.code.matchAll(patterns[kind])).flatMap((match) =>
    nameAt(text, match.index + match[0].length),
  );
  return kind === 'node' ? [...found, ...namesTakenOut(source.code)] : found;
}

function nameAt(text: string, offset: number): readonly Occurrence[] {
  const isQuoted = /["'`]/.test(text.charAt(offset - 1));
  const [name = ''] = /^[A-Za-z_]\w{0,199}/.exec(text.slice(offset, offset + 200)) ?? [];
  const end = offset + name.length;
  return name === '' || (isQuoted && text[end] !== text[offset - 1])
    ? []
    : [{ name, range: rangeBetween(offset, end), use: { kind: 'helper' } }];
}

/** `const { A, B: b = 'x' } = process.env` */
function namesTakenOut(code: string): readonly Occurrence[] {
  return Array.from(code.matchAll(destructured)).flatMap((match) =>
    Array.from(
      (match[1] ?? '').matchAll(/(?<=^|,)\s*([A-Za-z_]\w*)(?=\s*([:=,]|$))/g),
      (item): Occurrence => {
        const [whole, name = '', next] = item;
        const offset = match.index + 1 + item.index + whole.length - name.length;
        const range = rangeBetween(offset, offset + name.length);
        const use = { kind: 'helper' } as const;
        return next === ':' ? { name, range, use } : { name, range, use, isShorthand: true };
      },
    ),
  );
}
