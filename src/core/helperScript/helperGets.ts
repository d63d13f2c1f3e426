import { isStrippedName } from '../config/dialects/strippedNames';
import type { PlaceId } from '../config/place';

/**
 * - `given`: Claude Code sets it itself, whatever its own environment has;
 * - `taken`: it is named like a credential, and taken out of this helper's environment;
 * - `telemetry`: Claude Code keeps it for itself, from every helper;
 * - `passed`: as it is where Claude Code was started.
 */
export type HelperVariable = 'given' | 'taken' | 'telemetry' | 'passed';

const givenToAll: ReadonlySet<string> = new Set([
  'CLAUDE_CODE_MCP_SERVER_NAME',
  'CLAUDE_CODE_MCP_SERVER_URL',
]);

/** What a `headersHelper` of a configuration at `place` gets of the variable `name`. */
export function helperGets(name: string, place: PlaceId): HelperVariable {
  const isPlugin = place === 'plugin' || place === 'pluginManifest';
  if (givenToAll.has(name) || (isPlugin && name === 'CLAUDE_PLUGIN_ROOT')) {
    return 'given';
  }
  if (name.startsWith('OTEL_')) {
    return 'telemetry';
  }
  // Helpers of one's own and of an administrator keep their credentials.
  const isTrusted = place === 'user' || place === 'managed';
  return !isTrusted && isStrippedName(name) ? 'taken' : 'passed';
}
