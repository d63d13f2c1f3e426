import { parse, type FormattingOptions, type ParseError } from 'jsonc-parser';

/** The text of a `settings.json` without its byte order mark; an empty file has no settings. */
export function splitMark(text: string): { readonly mark: string; readonly body: string } {
  const mark = text.startsWith('\uFEFF') ? '\uFEFF' : '';
  const body = text.slice(mark.length);
  return { mark, body: body.trim() === '' ? '{}\n' : body };
}

/** How the text is laid out, for what is added to it. */
export function formattingOf(body: string): FormattingOptions {
  return {
    insertSpaces: !/\n\t/.test(body),
    tabSize: /\n( +)\S/.exec(body)?.[1]?.length ?? 2,
    eol: body.includes('\r\n') ? '\r\n' : '\n',
  };
}

/** The object, or why it is none. Comments are left alone: whoever wrote them has them read. */
export function readSettingsObject(body: string): Readonly<Record<string, unknown>> | string {
  const errors: ParseError[] = [];
  const settings: unknown = parse(body, errors);
  if (errors.length > 0) {
    return 'it is not valid JSON';
  }
  return isRecord(settings) ? settings : 'it is not a JSON object';
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
