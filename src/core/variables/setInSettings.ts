import { applyEdits, modify, stripComments } from 'jsonc-parser';
import { formattingOf, isRecord, readSettingsObject, splitMark } from '../config/settingsText';

export type SettingsEdit =
  | { readonly kind: 'written'; readonly text: string }
  /** @property reason as it stands behind "because" */
  | { readonly kind: 'refused'; readonly reason: string };

/**
 * The text of Claude Code's `settings.json` with `env.name` set. Comments, order, indentation, line
 * ends and a byte order mark stay as they are.
 */
export function setInSettings(text: string, name: string, value: string): SettingsEdit {
  const { mark, body } = splitMark(text);
  const settings = readSettings(body);
  if (typeof settings === 'string') {
    return { kind: 'refused', reason: settings };
  }
  // Behind the last property a comment at the end of its line would go to the new one.
  const isCommented = stripComments(body) !== body;
  const edits = modify(body, ['env', name], value, {
    formattingOptions: formattingOf(body),
    ...(isCommented && { getInsertionIndex: () => 0 }),
  });
  const after = applyEdits(body, edits);
  // A key that stands there twice counts where it stands last, and is changed where it stands first.
  const isDone = readEnv(readSettings(after))[name] === value;
  return isDone
    ? { kind: 'written', text: mark + after }
    : { kind: 'refused', reason: 'it has the same key twice' };
}

/** What `env` has; of a file that cannot be read, nothing. */
export function envOfSettings(text: string): Readonly<Record<string, unknown>> {
  return readEnv(readSettings(splitMark(text).body));
}

function readSettings(body: string): Readonly<Record<string, unknown>> | string {
  const settings = readSettingsObject(body);
  return typeof settings === 'string' || settings.env === undefined || isRecord(settings.env)
    ? settings
    : 'its "env" is not an object';
}

function readEnv(
  settings: Readonly<Record<string, unknown>> | string,
): Readonly<Record<string, unknown>> {
  const env = typeof settings === 'string' ? undefined : settings.env;
  return isRecord(env) ? env : {};
}
