import type { StringLeaf } from '../../config/stringLeaves';
import type { ForeignReference } from '../../config/variables';

/** A variable written for another program, where Claude Code was meant to expand it. */
export interface ForeignPlace {
  readonly reference: ForeignReference;
  /** It is all of the value, or all behind `Bearer `: no text around it has a say. */
  readonly isWhole: boolean;
}

/**
 * Those that are certainly a mistake. `$NAME`, `%NAME%` and `{{NAME}}` within other text may be a
 * template, a topic or a date that the started program reads itself.
 */
export function foreignPlaces(
  { value, slot }: StringLeaf,
  references: readonly ForeignReference[],
): readonly ForeignPlace[] {
  const { kind } = slot;
  const isSent = kind === 'url' || kind === 'header';
  return runsOf(references).flatMap((run) => {
    const start = run[0]?.start ?? 0;
    const end = run.at(-1)?.end ?? 0;
    // What is longer than any option or header is no beginning of one.
    const before = start > 200 ? undefined : value.slice(0, start);
    const isAtEnd = end === value.length;
    const isWhole = isAtEnd && before !== undefined && scheme.test(before);
    return run
      .filter(
        (reference) =>
          !reference.isAmbiguous ||
          isWhole ||
          (isSent && !isPercentEncoded(kind, value, reference)) ||
          (kind === 'argument' && before !== undefined && assigned.test(before)) ||
          isPassword(value, start, end) ||
          isPath(value, reference),
      )
      .map((reference) => ({ reference, isWhole }));
  });
}

/** References without anything between them stand or fall together: `$USER$HOST`. */
function runsOf(references: readonly ForeignReference[]): readonly (readonly ForeignReference[])[] {
  const runs: ForeignReference[][] = [];
  let last: ForeignReference | undefined;
  for (const reference of references) {
    if (last?.end === reference.start) {
      runs.at(-1)?.push(reference);
    } else {
      runs.push([reference]);
    }
    last = reference;
  }
  return runs;
}

const scheme = /^(?:(?:bearer|basic|token) +)?$/i;

/** `--token=`, `TOKEN=`, `X-Api-Key: `, `Authorization: Bearer `. */
const assigned = /^-{0,2}[A-Za-z_][\w.-]*[=:] ?(?:(?:bearer|basic|token) +)?$/i;

/** Two hexadecimal digits behind a `%` are a character of an address. */
function isPercentEncoded(
  kind: StringLeaf['slot']['kind'],
  value: string,
  { start }: ForeignReference,
): boolean {
  return kind === 'url' && /^%[0-9A-F]{2}/i.test(value.slice(start, start + 3));
}

/** `postgres://user:$DB_PASSWORD@host/name` */
function isPassword(value: string, start: number, end: number): boolean {
  const before = value.slice(Math.max(0, start - 100), start);
  return value.charAt(end) === '@' && /:\/\/[^\s/@]*:$/.test(before);
}

const ofPaths =
  /^(?:HOME|PWD|PATH|USER|TMPDIR|TEMP|TMP|XDG_\w+|(?:LOCAL)?APPDATA|USERPROFILE|PROGRAM(?:FILES|DATA)|SYSTEMROOT)$/;

/** `$HOME/bin`, `/opt/bin:$PATH`, `%APPDATA%\npm`, `$(pwd)/data` where a path begins. */
function isPath(value: string, { start, end, name }: ForeignReference): boolean {
  const begins = start === 0 || ':;='.includes(value.charAt(start - 1));
  const goesOn = end === value.length || '/\\:;'.includes(value.charAt(end));
  const isCommand = name === undefined && value.startsWith('$(', start);
  return begins && goesOn && (isCommand || (name !== undefined && ofPaths.test(name)));
}
