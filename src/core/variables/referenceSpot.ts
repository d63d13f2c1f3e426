import { rangeBetween, type OffsetRange } from '../base/range';
import type { McpConfig, McpServer } from '../config/mcpConfig';
import type { StringLeaf } from '../config/stringLeaves';
import type { ExpandedUse } from './occurrence';

/** Where a name is being written behind `${`. */
export interface ReferenceSpot {
  readonly server: McpServer;
  readonly target: ExpandedUse['target'];
  /** What is written of the name before the cursor, then all of it. */
  readonly typed: OffsetRange;
  readonly whole: OffsetRange;
  /** Neither `}` nor a default follows. */
  readonly isOpen: boolean;
}

/** The reference in which the cursor stands, if Claude Code would expand it. */
export function referenceSpotAt(config: McpConfig, offset: number): ReferenceSpot | undefined {
  for (const server of config.servers) {
    const { range } = server;
    if (offset < range.offset || offset > range.offset + range.length) {
      continue;
    }
    const leaf = server.strings.find(
      (it) => it.range.offset < offset && offset < it.range.offset + it.range.length,
    );
    const spot = leaf?.expands ? spotIn(config.text, server, leaf, offset) : undefined;
    if (spot !== undefined) {
      return spot;
    }
  }
  return undefined;
}

function spotIn(
  text: string,
  server: McpServer,
  leaf: StringLeaf,
  offset: number,
): ReferenceSpot | undefined {
  const { kind } = leaf.slot;
  const start = leaf.range.offset + 1;
  const before = text.slice(start, offset);
  const match = /\$\{([A-Za-z0-9_]*)$/.exec(before);
  if (match === null) {
    return undefined;
  }
  const open = before.lastIndexOf('${', match.index - 1);
  const isNested = match.index > 0 && open > before.lastIndexOf('}', match.index);
  if (isNested && kind !== 'header') {
    return undefined;
  }
  const after = text.slice(offset, leaf.range.offset + leaf.range.length - 1);
  const rest = /^[A-Za-z0-9_]*/.exec(after)?.[0] ?? '';
  const nameStart = start + match.index + 2;
  return {
    server,
    target: kind === 'url' || kind === 'header' ? kind : 'local',
    typed: rangeBetween(nameStart, offset),
    whole: rangeBetween(nameStart, offset + rest.length),
    isOpen: !/^(?:\}|:-)/.test(after.slice(rest.length)),
  };
}
