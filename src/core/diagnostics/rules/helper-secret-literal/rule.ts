import { rangeBetween, type OffsetRange } from '../../../base/range';
import type { CodeHelper, ShellHelper } from '../../../helperScript/helperScript';
import { findSecrets } from '../../../secrets/findSecrets';
import type { SecretMatch, SecretSlot } from '../../../secrets/secretMatch';
import { unknownCharacter, type ShellWord } from '../../../helperScript/shellScript';
import type { ScriptReport, ScriptRule } from '../../scriptRule';

export const helperSecretLiteral = {
  id: 'helper-secret-literal',
  category: 'helper',
  severity: 'error',
  *checkScript(script) {
    yield* script.kind === 'shell' ? checkShell(script) : checkCode(script);
  },
} satisfies ScriptRule<'helper-secret-literal'>;

function* checkShell({ shell }: ShellHelper): Iterable<ScriptReport> {
  for (const { assignments, words, hereDocuments } of shell.commands) {
    for (const { name, value } of assignments) {
      yield* reportIn(value.text, { kind: 'env', name }, at(value));
    }
    const [program, ...rest] = words;
    const args = rest.map(({ text }) => text);
    const declares = ['export', 'declare', 'local', 'readonly'].includes(program?.text ?? '');
    for (const [index, word] of rest.entries()) {
      const slot: SecretSlot = declares
        ? { kind: 'headersHelper' }
        : { kind: 'argument', index, command: program?.text, args };
      yield* reportIn(word.text, slot, at(word));
    }
    for (const body of hereDocuments) {
      yield* reportIn(body.text, { kind: 'headersHelper' }, at(body));
    }
  }
}

function at(word: ShellWord): (start: number, end: number) => OffsetRange {
  return (start, end) => rangeBetween(word.at(start), word.at(end - 1) + 1);
}

/** `NAME = "…"`, `"name": "…"`, `name="…"`: what stands in front of a literal names it. */
const naming = /([A-Za-z_][\w-]{0,99})["']?\]?\s{0,9}(?:=(?!=)|:)\s{0,9}$/;

function* checkCode({ text, source }: CodeHelper): Iterable<ScriptReport> {
  for (const { start, content } of source.strings.values()) {
    const { offset, length } = content;
    if (length < 8) {
      continue;
    }
    const name = naming.exec(text.slice(Math.max(0, start - 120), start))?.[1];
    const slot: SecretSlot = name === undefined ? { kind: 'url' } : { kind: 'other', key: name };
    const rangeOf = (from: number, to: number) => rangeBetween(offset + from, offset + to);
    yield* reportIn(text.slice(offset, offset + length), slot, rangeOf);
  }
}

function* reportIn(
  value: string,
  slot: SecretSlot,
  rangeOf: (start: number, end: number) => OffsetRange,
): Iterable<ScriptReport> {
  for (const match of findSecrets(value, slot)) {
    if (value.slice(match.start, match.end).includes(unknownCharacter)) {
      continue;
    }
    yield {
      range: rangeOf(match.start, match.end),
      message: `${nameOf(match)} stands in this script: everyone with access to the file can use it. Let the script fetch it from a keychain, a password manager or a file that only you can read.`,
    };
  }
}

function nameOf({ provider, kind, shownPrefix }: SecretMatch): string {
  const what = kind === 'password' || kind === 'cookie' ? kind : 'credential';
  const name = provider === undefined ? `A ${what}` : `A ${what} of ${provider}`;
  return shownPrefix === undefined ? name : `${name} (${shownPrefix}…)`;
}
