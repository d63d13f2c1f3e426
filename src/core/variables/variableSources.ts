import type { Reach } from './environment';

export type VariableSourceId =
  | 'userSettings'
  | 'process'
  | 'projectSettingsLocal'
  | 'projectSettings'
  | 'loginShell'
  | 'store'
  | 'dotEnvLocal'
  | 'dotEnv';

/** A kind of place where variables are kept. */
export interface VariableSourceRow {
  readonly id: VariableSourceId;
  /** As it stands in a sentence: "set in …". */
  readonly label: string;
  readonly reach: Reach;
}

/**
 * Every kind of place, the one to prefer first. Claude Code lets its own settings win over the
 * process, and its sessions read those of a project; the rest it does not read by itself.
 */
export const variableSources = [
  { id: 'userSettings', label: '~/.claude/settings.json', reach: 'always' },
  { id: 'process', label: "this window's environment", reach: 'always' },
  { id: 'projectSettingsLocal', label: '.claude/settings.local.json', reach: 'sessions' },
  { id: 'projectSettings', label: '.claude/settings.json', reach: 'sessions' },
  { id: 'loginShell', label: 'your login shell', reach: 'terminals' },
  { id: 'store', label: 'the OS keychain', reach: 'never' },
  { id: 'dotEnvLocal', label: '.env.local', reach: 'never' },
  { id: 'dotEnv', label: '.env', reach: 'never' },
] as const satisfies readonly VariableSourceRow[];
