import type { Finding } from './rule';
import { pointerOf, type Suppression } from './suppression';

/** An entry of the setting `mcpAuth.suppressed`. */
export interface SuppressionEntry extends Suppression {
  /** As `fileNames` of {@link readSuppressions} has it; absent for any file. */
  readonly file?: string;
}

/**
 * What the setting says of one file. An entry of another form, or without a reason, accepts
 * nothing: whoever edits the setting by hand sees the schema's complaint there.
 * @param setting as it was read, whatever it is
 * @param fileNames the names under which an entry may mean the file, with `/`
 */
export function readSuppressions(
  setting: unknown,
  fileNames: readonly string[],
): readonly Suppression[] {
  const entries: readonly unknown[] = Array.isArray(setting) ? setting : [];
  return entries
    .filter(isSuppressionEntry)
    .filter(({ file }) => file === undefined || fileNames.includes(plainPath(file)));
}

/** The entry that accepts this one finding. */
export function suppressionOf(
  { rule, server, path }: Pick<Finding, 'rule' | 'server' | 'path'>,
  file: string,
  reason: string,
): SuppressionEntry {
  return {
    file,
    rule,
    ...(server === undefined ? {} : { server }),
    ...(path.length === 0 ? {} : { pointer: pointerOf(path) }),
    reason,
  };
}

/** Whether `value` has the form of an entry, a reason included. */
export function isSuppressionEntry(value: unknown): value is SuppressionEntry {
  if (typeof value !== 'object' || value === null) {
    return false;
  }
  const { file, rule, server, pointer, reason } = value as Readonly<Record<string, unknown>>;
  return (
    typeof rule === 'string' &&
    typeof reason === 'string' &&
    reason.trim() !== '' &&
    [file, server, pointer].every((part) => part === undefined || typeof part === 'string')
  );
}

/** `.\packages\web\.mcp.json` and `packages/web/.mcp.json` are one file. */
function plainPath(path: string): string {
  return path.replaceAll('\\', '/').replace(/^\.\//, '');
}
