const names: ReadonlySet<string> = new Set([
  'CLAUDE_PLUGIN_ROOT',
  'CLAUDE_PLUGIN_DATA',
  'CLAUDE_PROJECT_DIR',
]);

/** Set by Claude Code itself, but only where it reads the configuration of a plugin. */
export function isPluginVariable(name: string): boolean {
  return names.has(name);
}
