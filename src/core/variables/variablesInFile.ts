import { parse, type ParseError } from 'jsonc-parser';
import { parseDotEnv } from './dotEnv';
import type { NamedValues } from './nameStates';

/**
 * The variables that a file of this path keeps: `env` of a settings file of Claude Code, else the
 * lines of a `.env`.
 *
 * @returns `unknown` for a settings file that is not valid JSON
 */
export function variablesInFile(path: string, text: string): NamedValues | 'unknown' {
  return path.endsWith('.json')
    ? envOfSettings(text)
    : new Map(parseDotEnv(text).map(({ name, value }) => [name, value]));
}

function envOfSettings(text: string): NamedValues | 'unknown' {
  if (text.trim() === '') {
    return new Map();
  }
  const errors: ParseError[] = [];
  const settings: unknown = parse(text, errors, { allowTrailingComma: true });
  if (errors.length > 0 || !isRecord(settings)) {
    return 'unknown';
  }
  const { env = {} } = settings;
  return isRecord(env)
    ? new Map(Object.entries(env).map(([name, value]) => [name, textOf(value)]))
    : 'unknown';
}

/** What becomes of a number or a list there is not established. */
function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
