import type { Expression } from '../config/expressions';
import { expressionsIn } from '../config/expressionsIn';
import { rangeInString } from '../config/json';
import type { McpConfig, McpServer } from '../config/mcpConfig';
import type { StringLeaf } from '../config/stringLeaves';
import { readHelperCommand } from '../helperScript/helperCommand';
import type { ExpandedUse, Occurrence } from './occurrence';
import { readShellNames } from './occurrencesInShell';

const known = new WeakMap<McpConfig, readonly Occurrence[]>();

/** Every variable that the entries of a configuration refer to, in the order of the text. */
export function occurrencesInConfig(config: McpConfig): readonly Occurrence[] {
  const found = known.get(config) ?? findAll(config);
  known.set(config, found);
  return found;
}

function findAll(config: McpConfig): readonly Occurrence[] {
  const referred = expressionsIn(config).flatMap(({ server, leaf, expressions }) =>
    isHelper(server, leaf)
      ? []
      : expressions.flatMap((expression) => referencesOf(config, server, leaf, expression)),
  );
  const read = config.servers.flatMap((server) => helperReads(config, server));
  return [...referred, ...read].sort((a, b) => a.range.offset - b.range.offset);
}

/** It is the shell's to read. */
function isHelper({ transport }: McpServer, { slot }: StringLeaf): boolean {
  return slot.kind === 'headersHelper' && transport !== 'stdio';
}

function referencesOf(
  { text }: McpConfig,
  server: McpServer,
  leaf: StringLeaf,
  expression: Expression,
): readonly Occurrence[] {
  if (expression.kind !== 'reference') {
    return [];
  }
  const { name, start, end, defaultValue } = expression;
  const occurrence = (at: number, named: string, close: number, fallback?: string) => ({
    name: named,
    range: rangeInString(text, leaf, at + 2, at + 2 + named.length),
    use: useOf(text, server, leaf, at, close, fallback),
  });
  const own = occurrence(start, name, end, defaultValue);
  const inner = leaf.slot.kind === 'header' ? nestedIn(defaultValue) : undefined;
  if (inner === undefined) {
    return [own];
  }
  const from = start + name.length + '${:-'.length + inner.index;
  return [own, occurrence(from, inner.name, end)];
}

/** Headers are expanded twice: a reference within a default is found the second time. */
function nestedIn(
  defaultValue = '',
): { readonly index: number; readonly name: string } | undefined {
  const match = /\$\{([A-Za-z_][A-Za-z0-9_]*)$/.exec(defaultValue);
  return match?.[1] === undefined ? undefined : { index: match.index, name: match[1] };
}

function useOf(
  text: string,
  server: McpServer,
  leaf: StringLeaf,
  start: number,
  end: number,
  defaultValue: string | undefined,
): Occurrence['use'] {
  const { kind } = leaf.slot;
  return leaf.expands
    ? {
        kind: 'expanded',
        server,
        target: kind === 'url' || kind === 'header' ? kind : 'local',
        defaultValue,
        expression: rangeInString(text, leaf, start, end),
      }
    : { kind: 'literal', server };
}

function helperReads({ text }: McpConfig, server: McpServer): readonly Occurrence[] {
  const { headersHelper, transport } = server;
  if (headersHelper === undefined || transport === 'stdio') {
    return [];
  }
  const { shell } = readHelperCommand(headersHelper.value);
  return readShellNames(headersHelper.value, shell).map(({ name, start, end }) => ({
    name,
    range: rangeInString(text, headersHelper, start, end),
    use: { kind: 'helper' },
  }));
}

/** Whether Claude Code puts the value of a variable there. */
export function isExpanded(
  occurrence: Occurrence,
): occurrence is Occurrence & { readonly use: ExpandedUse } {
  return occurrence.use.kind === 'expanded';
}
