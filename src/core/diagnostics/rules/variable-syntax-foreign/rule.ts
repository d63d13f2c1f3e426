import { rangeInString } from '../../../config/json';
import type { McpServer } from '../../../config/mcpConfig';
import type { StringLeaf } from '../../../config/stringLeaves';
import { findForeignReferences, type ForeignReference } from '../../../config/variables';
import type { Fix, Rule } from '../../rule';
import { shown } from '../../words';

export const variableSyntaxForeign = {
  id: 'variable-syntax-foreign',
  category: 'variables',
  severity: 'warning',
  *check({ config }) {
    for (const server of config.servers) {
      for (const leaf of server.strings) {
        if (!leaf.expands || expandsItself(server, leaf)) {
          continue;
        }
        for (const reference of findForeignReferences(leaf.value)) {
          const range = rangeInString(config.text, leaf, reference.start, reference.end);
          const written = leaf.value.slice(reference.start, reference.end);
          const name = written.startsWith('$(') ? '$(…)' : written;
          yield {
            range,
            server,
            path: leaf.path,
            message: `${shown(name)} is how ${reference.origin} would read it. Claude Code sends it as it stands: it expands only \${NAME} and \${NAME:-default}.`,
            fixes: () => translate(reference, range),
          };
        }
      }
    }
  },
} satisfies Rule<'variable-syntax-foreign'>;

function translate({ replacement }: ForeignReference, range: Fix['edits'][number]['range']): Fix[] {
  return replacement === undefined
    ? []
    : [{ title: `Write ${replacement}`, edits: [{ range, newText: replacement }], isSafe: true }];
}

/** An argument that a shell, started by the command, reads with its own rules. */
function expandsItself({ command }: McpServer, { slot }: StringLeaf): boolean {
  if (slot.kind !== 'argument') {
    return false;
  }
  const program = command?.value.split(/[\\/]/).at(-1)?.toLowerCase() ?? '';
  return /^(?:ba|z|da|k|fi)?sh(?:\.exe)?$|^(?:cmd|powershell|pwsh)(?:\.exe)?$/.test(program);
}
