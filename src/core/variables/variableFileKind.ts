/**
 * Files beside configurations that name variables. `settings` are those of a project, `prose` is
 * a README. Configurations and the scripts of helpers are known by other means.
 */
export type VariableFileKind = 'dotEnv' | 'example' | 'settings' | 'userSettings' | 'prose';

/**
 * What the file at `path` (either slash) is by its name, if anything.
 * @param userSettings the path of Claude Code's own settings
 */
export function variableFileKind(path: string, userSettings: string): VariableFileKind | undefined {
  if (path === userSettings) {
    return 'userSettings';
  }
  const segments = path.split(/[\\/]/);
  const name = segments.at(-1) ?? '';
  if (/^\.env(?:\..+)?$/.test(name)) {
    return /\.(?:example|sample|template|dist|defaults?)$/.test(name) ? 'example' : 'dotEnv';
  }
  if (segments.at(-2) === '.claude' && /^settings(?:\.local)?\.json$/.test(name)) {
    return 'settings';
  }
  return /^readme\.md$/i.test(name) ? 'prose' : undefined;
}
