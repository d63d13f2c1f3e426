import type { Finding } from './rule';

/**
 * One finding that somebody has looked at and accepts, as the setting `mcpAuth.suppressed` holds
 * it: JSON has no comments to say it in the file.
 */
export interface Suppression {
  readonly rule: string;
  /** The server concerned; absent for a finding about the file as a whole. */
  readonly server?: string;
  /** The place within the file, keys and indices joined by `/` as in a JSON Pointer. */
  readonly pointer?: string;
  /** Why: for whoever reads the setting next. */
  readonly reason: string;
}

/** Whether one of `suppressions` accepts `finding`. What a suppression leaves out, it accepts. */
export function isSuppressed(
  finding: Pick<Finding, 'rule' | 'server' | 'path'>,
  suppressions: readonly Suppression[],
): boolean {
  return suppressions.some(
    ({ rule, server, pointer }) =>
      rule === finding.rule &&
      (server === undefined || server === finding.server) &&
      (pointer === undefined || pointer === pointerOf(finding.path)),
  );
}

/** Whether a finding can be accepted alone: else all of its rule in the file are. */
export function hasPlace({ server, path }: Pick<Finding, 'server' | 'path'>): boolean {
  return server !== undefined || path.length > 0;
}

/** @see RFC 6901 §3 */
export function pointerOf(path: Finding['path']): string {
  return path.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
