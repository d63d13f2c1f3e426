import { parse, type ParseError } from 'jsonc-parser';
import { readFile } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import type { RuleSettings } from '../core/diagnostics/findFindings';
import type { Severity } from '../core/diagnostics/rule';
import { allRules } from '../core/diagnostics/rules/allRules';
import { isSuppressionEntry } from '../core/diagnostics/readSuppressions';
import type { Suppression } from '../core/diagnostics/suppression';
import { shown } from '../core/diagnostics/words';
import { describeError } from './describeError';
import { severities } from './severities';

/** What a team agreed on: the settings that the editor has as well. */
export interface Settings {
  readonly rules: RuleSettings;
  suppressionsOf(path: string): readonly Suppression[];
}

export const noSettings: Settings = { rules: {}, suppressionsOf: () => [] };

interface FileSuppression extends Suppression {
  /** Absolute; absent for every file. */
  readonly file?: string;
}

/**
 * Reads `mcpAuth.rules` and `mcpAuth.suppressed` from a settings.json of VS Code.
 * @throws Error whose message is a sentence
 */
export async function readSettings(path: string): Promise<Settings> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new Error(`the settings "${path}" could not be read: ${describeError(error)}.`);
  });
  const errors: ParseError[] = [];
  const value: unknown = parse(text, errors, { allowTrailingComma: true, allowEmptyContent: true });
  if (errors.length > 0 || (value !== undefined && !isRecord(value))) {
    throw new Error(`the settings "${path}" are not a JSON object.`);
  }
  const suppressed = readSuppressions(value?.['mcpAuth.suppressed'] ?? [], path);
  return {
    rules: readRules(value?.['mcpAuth.rules'] ?? {}, path),
    suppressionsOf: (checked) =>
      suppressed.filter(({ file }) => file === undefined || file === resolve(checked)),
  };
}

function readRules(value: unknown, path: string): RuleSettings {
  const chosen: Record<string, Severity | 'off'> = {};
  if (!isRecord(value)) {
    throw new Error(`mcpAuth.rules in "${path}" is not an object.`);
  }
  for (const [id, wanted] of Object.entries(value)) {
    checkRule('mcpAuth.rules', id, path);
    const severity = [...severities, 'off' as const].find((known) => known === wanted);
    if (severity === undefined) {
      throw new Error(
        `mcpAuth.rules in "${path}" sets ${id} to something other than ${severities.join(', ')} or off.`,
      );
    }
    chosen[id] = severity;
  }
  return chosen;
}

function readSuppressions(value: unknown, path: string): readonly FileSuppression[] {
  if (!Array.isArray(value)) {
    throw new Error(`mcpAuth.suppressed in "${path}" is not a list.`);
  }
  return value.map((entry: unknown) => {
    if (!isSuppressionEntry(entry)) {
      throw new Error(
        `an entry of mcpAuth.suppressed in "${path}" lacks "rule" or "reason", or has a part that is no text.`,
      );
    }
    checkRule('mcpAuth.suppressed', entry.rule, path);
    const { file, ...suppression } = entry;
    return file === undefined
      ? suppression
      : { ...suppression, file: resolve(workspaceOf(path), file) };
  });
}

function checkRule(setting: string, id: string, path: string): void {
  if (!allRules.some((rule) => rule.id === id)) {
    throw new Error(
      `${setting} in "${path}" names ${shown(id)}, which is no rule; "mcp-auth rules" lists them.`,
    );
  }
}

/** The folder that a settings.json belongs to. */
function workspaceOf(path: string): string {
  const folder = dirname(resolve(path));
  return basename(folder) === '.vscode' ? dirname(folder) : folder;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
