import { insertFirstProperty, liftProperty, wrapProperties } from '../../../config/edits';
import { findValue, itemsOf, propertiesOf, type JsonNode } from '../../../config/json';
import { removeProperties } from '../../../config/changeProperties';
import type { FileProblem, McpConfig } from '../../../config/mcpConfig';
import type { Fix, Report, Rule } from '../../rule';
import { typeInWords } from '../../words';

export const serversKeyMissing = {
  id: 'servers-key-missing',
  category: 'loading',
  severity: 'error',
  *check({ config }) {
    const problem = config.nextProblem ?? config.fileProblem;
    switch (problem?.kind) {
      case 'not-object':
        yield report(
          problem,
          `Claude Code expects an object here, not ${typeInWords(problem.found)}.`,
        );
        return;
      case 'servers-not-object':
        yield {
          ...report(problem, `"mcpServers" must be an object, not ${typeInWords(problem.found)}.`),
          fixes: () => makeMap(config),
        };
        return;
      case 'servers-missing':
        yield { ...missing(problem), fixes: () => addKey(config, problem) };
        return;
      default:
    }
  },
} satisfies Rule<'servers-key-missing'>;

type Missing = Extract<FileProblem, { kind: 'servers-missing' }>;
type Located = Extract<FileProblem, { range: unknown }>;

function report({ range }: Located, reason: string): Report {
  return {
    range,
    message: `No server in this file will load. ${reason} Write {"mcpServers": {…}}.`,
  };
}

function missing({ range, found, outer }: Missing): Report {
  const other = found && (outer ? `"${found.key}" in "${outer.key}"` : `"${found.key}"`);
  const reason = other
    ? `Claude Code reads them from "mcpServers", not from ${other}. Rename the key.`
    : 'The key "mcpServers" is missing. Put the servers under it: {"mcpServers": {…}}.';
  return { range, message: `No server in this file will load. ${reason}` };
}

function addKey({ text, root, servers }: McpConfig, { found, outer }: Missing): readonly Fix[] {
  if (found !== undefined && outer !== undefined) {
    return isAlone(root, outer.value, outer.key)
      ? [
          {
            title: 'Move the servers to "mcpServers"',
            edits: liftProperty(text, outer, found, 'mcpServers'),
            isSafe: true,
            movesLines: true,
          },
        ]
      : [];
  }
  if (found !== undefined) {
    const edits = [{ range: found.keyRange, newText: '"mcpServers"' }];
    return [{ title: `Rename "${found.key}" to "mcpServers"`, edits, isSafe: true }];
  }
  if (root === undefined) {
    return [];
  }
  if (servers.length > 0 && servers.length === propertiesOf(root).length) {
    const edits = wrapProperties(text, root, 'mcpServers');
    return [{ title: 'Put the servers under "mcpServers"', edits, isSafe: true, movesLines: true }];
  }
  return servers.length > 0 ? [] : [addEmpty(text, root)];
}

/** Whether nothing is lost when the only property of `object`, at `key`, takes its place. */
function isAlone(root: JsonNode | undefined, object: JsonNode | undefined, key: string): boolean {
  const same = propertiesOf(root).filter((property) => property.key === key);
  return propertiesOf(object).length === 1 && same.length === 1;
}

/** A list of servers that say their names, as a map by these names. */
function makeMap({ root }: McpConfig): readonly Fix[] {
  const list = findValue(root, 'mcpServers');
  const items = itemsOf(list);
  const names = items.map((item) => findValue(item, 'name')?.value);
  const isNamed = names.every((name) => typeof name === 'string' && name !== '');
  if (!list || items.length === 0 || !isNamed || new Set(names).size < items.length) {
    return [];
  }
  const last = list.offset + list.length - 1;
  const edits = items.flatMap((item, index) => [
    { range: { offset: item.offset, length: 0 }, newText: `${JSON.stringify(names[index])}: ` },
    ...removeProperties(item, ({ key }) => key === 'name'),
  ]);
  return [
    {
      title: 'Make it an object, each server under its name',
      edits: [
        { range: { offset: list.offset, length: 1 }, newText: '{' },
        ...edits,
        { range: { offset: last, length: 1 }, newText: '}' },
      ],
      isSafe: false,
    },
  ];
}

function addEmpty(text: string, root: JsonNode): Fix {
  const edits = [insertFirstProperty(text, root, 'mcpServers', '{}')];
  return { title: 'Add "mcpServers"', edits, isSafe: true };
}
