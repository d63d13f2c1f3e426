import { isBlankedName } from '../../../config/dialects/blankedNames';
import { rangeInString } from '../../../config/json';
import { referencesIn } from '../../../config/referencesIn';
import { findForeignReferences } from '../../../config/variables';
import type { VariableState } from '../../../variables/environment';
import type { Rule, Severity } from '../../rule';

/** Set by Claude Code itself where it reads a plugin's configuration. */
const pluginVariables = new Set(['CLAUDE_PLUGIN_ROOT', 'CLAUDE_PLUGIN_DATA', 'CLAUDE_PROJECT_DIR']);

export const variableUnset = {
  id: 'variable-unset',
  category: 'variables',
  severity: 'warning',
  *check({ config, environment }) {
    for (const { server, leaf, references } of referencesIn(config)) {
      for (const { name, defaultValue, start, end } of references) {
        const problem =
          defaultValue === undefined ? describe(name, environment.lookup(name)) : undefined;
        if (problem === undefined) {
          continue;
        }
        const isGiven = config.place.expandsPluginVariables && pluginVariables.has(name);
        const isForeign = findForeignReferences(leaf.value.slice(start, end)).length > 0;
        const isRemote = leaf.slot.kind === 'url' || leaf.slot.kind === 'header';
        if (!isGiven && !isForeign && !(isRemote && isBlankedName(name))) {
          const range = rangeInString(config.text, leaf, start, end);
          yield { range, server, path: leaf.path, variables: [name], ...problem };
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
    case 'unset': {
      const where = state.alsoIn
        ? ` It is in ${state.alsoIn}, which Claude Code does not read.`
        : '';
      return {
        message: `${name} is not set where Claude Code would look, so the text \${${name}} is sent as it stands.${where} Set it before Claude Code starts, or add a default: \${${name}:-…}.`,
      };
    }
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
