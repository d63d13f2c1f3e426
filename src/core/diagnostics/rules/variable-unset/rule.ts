import { isBlankedName } from '../../../config/dialects/blankedNames';
import { rangeInString } from '../../../config/json';
import { findForeignReferences, findReferences } from '../../../config/variables';
import type { VariableState } from '../../../variables/environment';
import type { Rule, Severity } from '../../rule';

/** Set by Claude Code itself where it reads a plugin's configuration. */
const pluginVariables = new Set(['CLAUDE_PLUGIN_ROOT', 'CLAUDE_PLUGIN_DATA', 'CLAUDE_PROJECT_DIR']);

export const variableUnset = {
  id: 'variable-unset',
  category: 'variables',
  severity: 'warning',
  *check({ config, environment }) {
    for (const server of config.servers) {
      for (const leaf of server.strings.filter(({ expands }) => expands)) {
        const isRemote = leaf.slot.kind === 'url' || leaf.slot.kind === 'header';
        for (const { name, defaultValue, start, end } of findReferences(leaf.value)) {
          const isGiven = config.place.expandsPluginVariables && pluginVariables.has(name);
          const isForeign = findForeignReferences(leaf.value.slice(start, end)).length > 0;
          const isBlank = isRemote && isBlankedName(name);
          if (defaultValue !== undefined || isGiven || isForeign || isBlank) {
            continue;
          }
          const problem = describe(name, environment.lookup(name));
          if (problem !== undefined) {
            const range = rangeInString(config.text, leaf, start, end);
            yield { range, server, path: leaf.path, variables: [name], ...problem };
          }
        }
      }
    }
  },
} satisfies Rule<'variable-unset'>;

function describe(
  name: string,
  state: VariableState,
): { message: string; severity?: Severity } | undefined {
  switch (state.kind) {
    case 'unset':
      return { message: describeUnset(name, state) };
    case 'session-only':
      return {
        severity: 'information',
        message: `${name} is set in ${state.source}: sessions of Claude Code read it, "claude mcp list" does not and will call it missing.`,
      };
    case 'set':
    case 'empty':
    case 'unknown':
      return undefined;
  }
}

function describeUnset(
  name: string,
  { alsoIn, lookedIn }: Extract<VariableState, { readonly kind: 'unset' }>,
): string {
  const reference = `\${${name}}`;
  const found =
    lookedIn === undefined
      ? `${name} is not set where Claude Code would look, so the text ${reference} is sent as it stands.`
      : `${name} is not set in ${lookedIn}. Unless its own settings set it, Claude Code started here sends the text ${reference} as it stands.`;
  const where = alsoIn ? ` It is in ${alsoIn}, which Claude Code does not read.` : '';
  return `${found}${where} Set it before Claude Code starts, or add a default: \${${name}:-…}.`;
}
