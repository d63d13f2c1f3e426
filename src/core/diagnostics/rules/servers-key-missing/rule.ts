import { insertFirstProperty, wrapProperties } from '../../../config/edits';
import { propertiesOf, type JsonNode } from '../../../config/json';
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
        yield report(problem, `"mcpServers" must be an object, not ${typeInWords(problem.found)}.`);
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

function missing({ range, found }: Missing): Report {
  const reason = found
    ? `Claude Code reads them from "mcpServers", not from "${found.key}". Rename the key.`
    : 'The key "mcpServers" is missing. Put the servers under it: {"mcpServers": {…}}.';
  return { range, message: `No server in this file will load. ${reason}` };
}

function addKey({ text, root, servers }: McpConfig, { found }: Missing): readonly Fix[] {
  if (found !== undefined) {
    const edits = [{ range: found.keyRange, newText: '"mcpServers"' }];
    return [{ title: `Rename "${found.key}" to "mcpServers"`, edits, isSafe: true }];
  }
  if (root === undefined) {
    return [];
  }
  if (servers.length > 0 && servers.length === propertiesOf(root).length) {
    const edits = wrapProperties(text, root, 'mcpServers');
    return [{ title: 'Put the servers under "mcpServers"', edits, isSafe: true }];
  }
  return servers.length > 0 ? [] : [addEmpty(text, root)];
}

function addEmpty(text: string, root: JsonNode): Fix {
  const edits = [insertFirstProperty(text, root, 'mcpServers', '{}')];
  return { title: 'Add "mcpServers"', edits, isSafe: true };
}
