import { applyEdits, modify, parse, stripComments, type ParseError } from 'jsonc-parser';

export type SettingsEdit =
  | { readonly kind: 'written'; readonly text: string }
  /** @property reason as it stands behind "because" */
  | { readonly kind: 'refused'; readonly reason: string };

/**
 * The text of Claude Code's `settings.json` with `env.name` set. Comments, order, indentation, line
 * ends and a byte order mark stay as they are.
 */
export function setInSettings(text: string, name: string, value: string): SettingsEdit {
  const { mark, body } = split(text);
  const settings = readSettings(body);
  if (typeof settings === 'string') {
    return { kind: 'refused', reason: settings };
  }
  const formattingOptions = {
    insertSpaces: !/\n\t/.test(body),
    tabSize: /\n( +)\S/.exec(body)?.[1]?.length ?? 2,
    eol: body.includes('\r\n') ? '\r\n' : '\n',
  };
  // Behind the last property a comment at the end of its line would go to the new one.
  const isCommented = stripComments(body) !== body;
  const edits = modify(body, ['env', name], value, {
    formattingOptions,
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
  return readEnv(readSettings(split(text).body));
}

/** The object, or why it is none. Comments are left alone: whoever wrote them has them read. */
function readSettings(body: string): Readonly<Record<string, unknown>> | string {
  const errors: ParseError[] = [];
  const settings: unknown = parse(body, errors);
  if (errors.length > 0) {
    return 'it is not valid JSON';
  }
  if (!isRecord(settings)) {
    return 'it is not a JSON object';
  }
  return settings.env === undefined || isRecord(settings.env)
    ? settings
    : 'its "env" is not an object';
}

function readEnv(
  settings: Readonly<Record<string, unknown>> | string,
): Readonly<Record<string, unknown>> {
  const env = typeof settings === 'string' ? undefined : settings.env;
  return isRecord(env) ? env : {};
}

/** An empty file is one without settings. */
function split(text: string): { readonly mark: string; readonly body: string } {
  const mark = text.startsWith('\uFEFF') ? '\uFEFF' : '';
  const body = text.slice(mark.length);
  return { mark, body: body.trim() === '' ? '{}\n' : body };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
