import type { McpConfig, McpServer } from './mcpConfig';
import type { StringLeaf } from './stringLeaves';
import { findReferences, type VariableReference } from './variables';

/** A string that Claude Code expands, with the references in it. */
export interface ReferringString {
  readonly server: McpServer;
  readonly leaf: StringLeaf;
  readonly references: readonly VariableReference[];
}

const known = new WeakMap<McpConfig, readonly ReferringString[]>();

/** Every string with a `${NAME}` that is expanded, in the order of the text; found once. */
export function referencesIn(config: McpConfig): readonly ReferringString[] {
  const found = known.get(config) ?? findIn(config);
  known.set(config, found);
  return found;
}

function findIn({ servers }: McpConfig): readonly ReferringString[] {
  const found: ReferringString[] = [];
  for (const server of servers) {
    for (const leaf of server.strings) {
      if (leaf.expands && leaf.value.includes('${')) {
        const references = findReferences(leaf.value);
        if (references.length > 0) {
          found.push({ server, leaf, references });
        }
      }
    }
  }
  return found;
}
