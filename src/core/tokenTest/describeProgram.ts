import { readCredentialName } from '../secrets/credentialNames';
import { findSecrets } from '../secrets/findSecrets';
import type { SecretSlot } from '../secrets/secretMatch';
import { mask } from '../base/mask';
import type { StdioTarget, TargetText } from './tokenTestTarget';

/** What starting a program means, as lines of text. Nothing of it is cut: it is what one agrees to. */
export function describeStarting(target: StdioTarget): readonly string[] {
  const { env, folder } = target;
  return [
    'This starts a program on this computer:',
    `    ${commandLine(target)}`,
    `in the folder ${shown(folder)}`,
    ...(env.length === 0 ? [] : ['with the environment variables']),
    ...env.map((entry) => `    ${assignment(entry)}`),
    '',
    'It is sent initialize, notifications/initialized and tools/list, and ended.',
  ];
}

/** The same on two short lines, or `undefined` where a row of a list would cut it. */
export function summarizeStarting(
  target: StdioTarget,
): readonly [what: string, how: string] | undefined {
  const what = target.env.map(assignment).join(' ');
  const how = commandLine(target);
  return what.length > maxInRow || how.length > maxInRow ? undefined : [what, how];
}

/** What fits in a row of a list, in characters. */
const maxInRow = 90;

/** The program and its arguments as they will run, with quotes where one needs them. */
function commandLine({ command, args }: StdioTarget): string {
  const program = withoutCredentials(shownText(command), { kind: 'command' });
  const given = args.map(shownText);
  const masked = given.map((text, index) =>
    withoutCredentials(text, { kind: 'argument', index, command: program, args: given }),
  );
  return [program, ...masked].map(quoted).join(' ');
}

/** A value may decide what runs as much as the command does: `PATH`, `NODE_OPTIONS`. */
function assignment(entry: StdioTarget['env'][number]): string {
  const { name, secretNames } = entry;
  const value =
    readCredentialName(name) === undefined
      ? withoutCredentials(shownText(entry), { kind: 'env', name })
      : secretNames.map((variable) => `\${${variable}}`).join(' ') || mask;
  return `${quoted(name)}=${quoted(value)}`;
}

/** What will run counts more than how it is written: a variable can be anything. */
function shownText({ text, written, secretNames, shown: known }: TargetText): string {
  const isHidden = secretNames.some((name) => readCredentialName(name) !== undefined);
  return known ?? (isHidden ? written : text);
}

/** Each credential is covered, and what a shell would run in it is said to be there. */
function withoutCredentials(text: string, slot: SecretSlot): string {
  let result = '';
  let behind = 0;
  for (const { start, end } of findSecrets(text, slot)) {
    const covered = /[`|;&<>\n]|\$\(/.test(text.slice(start, end))
      ? `${mask} (hidden, with shell syntax in it)`
      : mask;
    result += text.slice(behind, start) + covered;
    behind = end;
  }
  return result + text.slice(behind);
}

function quoted(text: string): string {
  const isPlain = /^(?:[\w@%+=:,./~•-]|\$\{\w+\})+$/.test(text);
  return isPlain ? text : `"${shown(text.replace(/["\\]/g, '\\$&'))}"`;
}

/**
 * `text` on one line without loss: what is not seen, or turns the order of reading, is an escape, and
 * a run of blanks is their number.
 */
function shown(text: string): string {
  const unseen =
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\p{Cn}\p{DI}\u2800⟨⟩\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]|(?! )\p{Zs}/gu;
  return text
    .replace(unseen, (char) => {
      const code = char.codePointAt(0) ?? 0;
      const hex = code.toString(16).padStart(4, '0');
      return short.get(char) ?? (code > 0xffff ? `\\u{${hex}}` : `\\u${hex}`);
    })
    .replace(/ {4,}/g, (run) => `⟨${run.length} spaces⟩`);
}

const short: ReadonlyMap<string, string> = new Map([
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
]);

/** Whether a message box would not show all of it. */
export function isTooLongToAsk(lines: readonly string[]): boolean {
  return lines.length > 40 || lines.join('\n').length > 1500;
}

/** What stands in a message box in its place. */
export function describeLength(lines: readonly string[]): string {
  const length = lines.join('\n').length.toLocaleString('en');
  return `What this does is too long to show here (${length} characters). Look at it in the editor first; you are asked again there.`;
}

/** The lines for an editor, which stops showing a line at some length: none is longer than that. */
export function wrap(lines: readonly string[]): string {
  return lines.flatMap((line) => line.match(/.{1,100}/gsu) ?? '').join('\n');
}
