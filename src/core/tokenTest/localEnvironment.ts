type Environment = Readonly<Record<string, string | undefined>>;

/**
 * What a local server gets from Claude Code before its own `env` comes on top: the environment of
 * Claude Code, without what it keeps for itself. Of `environment` that of the editor is left out as
 * well, which a terminal would not have. Names of one session of Claude Code are not made up.
 * @param folder in which it is started
 */
export function localEnvironment(
  environment: Environment,
  folder: string,
): Readonly<Record<string, string>> {
  const inherited = Object.entries(environment).flatMap(([name, value]) =>
    value === undefined || isKeptBack(name) ? [] : [[name, value] as const],
  );
  return { ...Object.fromEntries(inherited), CLAUDE_PROJECT_DIR: folder, CLAUDECODE: '1' };
}

/** Observed in Claude Code 2.1.329. */
const keptBack = new Set([
  'CLAUDE_CODE_OAUTH_TOKEN',
  'CLAUDE_TRUSTED_DEVICE_TOKEN',
  'CLAUDE_BRIDGE_OAUTH_TOKEN',
]);

function isKeptBack(name: string): boolean {
  return keptBack.has(name) || /^(?:OTEL|VSCODE|ELECTRON)_/.test(name);
}
