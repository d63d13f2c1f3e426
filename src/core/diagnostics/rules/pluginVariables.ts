/** Set by Claude Code itself, but only where it reads the configuration of a plugin. */
export const pluginVariableNames = [
  'CLAUDE_PLUGIN_ROOT',
  'CLAUDE_PLUGIN_DATA',
  'CLAUDE_PROJECT_DIR',
] as const;

const names: ReadonlySet<string> = new Set(pluginVariableNames);

/** Whether `name` is one of them. */
export function isPluginVariable(name: string): boolean {
  return names.has(name);
}
