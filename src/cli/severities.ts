import type { Severity } from '../core/diagnostics/rule';

/** From the worst on. */
export const severities = [
  'error',
  'warning',
  'information',
  'hint',
] as const satisfies readonly Severity[];
