import type { EntryProblem } from '../../config/entryProblems';
import type { McpConfig, McpServer } from '../../config/mcpConfig';
import type { Report } from '../rule';

type ProblemOf<Kind extends EntryProblem['kind']> = Extract<EntryProblem, { kind: Kind }>;

/**
 * One report for each problem of `kind`: what the client checks is found once, by the parser, and
 * each rule puts its own kind into words, or keeps silent where another one says it.
 */
export function* reportEntryProblems<Kind extends EntryProblem['kind']>(
  config: McpConfig,
  kind: Kind,
  describe: (server: McpServer, problem: ProblemOf<Kind>) => Report | undefined,
): Iterable<Report> {
  for (const server of serversWithProblems(config)) {
    for (const problem of server.problems) {
      if (isOfKind(problem, kind)) {
        const report = describe(server, problem);
        if (report !== undefined) {
          yield { server, ...report };
        }
      }
    }
  }
}

const known = new WeakMap<McpConfig, readonly McpServer[]>();

/** Most servers have none, and a dozen rules ask. */
function serversWithProblems(config: McpConfig): readonly McpServer[] {
  const found = known.get(config) ?? config.servers.filter(({ problems }) => problems.length > 0);
  known.set(config, found);
  return found;
}

function isOfKind<Kind extends EntryProblem['kind']>(
  problem: EntryProblem,
  kind: Kind,
): problem is ProblemOf<Kind> {
  return problem.kind === kind;
}
