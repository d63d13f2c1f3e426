import { mapLimited } from '../../core/base/mapLimited';
import { oneLine } from '../../core/base/text';
import type { ServerRecord } from '../../core/servers/serverStore';
import { describeOutcome } from '../../core/tokenTest/describeOutcome';
import { summarizeRequest } from '../../core/tokenTest/describeRequest';
import type { TokenTestResult } from '../../core/tokenTest/runTokenTest';
import type { TokenTestPorts } from '../../core/tokenTest/sender';
import {
  formatTestSummary,
  type SummaryResult,
  type SummaryRow,
} from '../../core/tokenTest/testSummary';
import { plural } from '../../core/tree/nodeText';
import type { Services } from '../services';
import { askConsentToAll, type ReadyServer } from '../tokenTest/consentToAll';
import { resolveQuietly } from '../tokenTest/resolveForTest';
import { createPorts, runTest, withTestProgress } from '../tokenTest/runTest';
import { keepOutcome } from '../tokenTest/tellOutcome';
import { UserFacingError } from '../ui/errorBoundary';
import { requireTrust } from '../ui/requireTrust';

/** The most servers that are tested at the same time. */
const atOnce = 4;

/** The summary is a report of its own, beside those of the servers. */
const summaryId = 'all';
const summaryTitle = 'all servers';

/** Tests every server of the workspace that can be, and shows what became of each. */
export async function testAll(services: Services): Promise<void> {
  requireTrust('Testing sends credentials');
  const { store, workspaceState, reports } = services;
  await services.variables.whenIdle();
  const records = store.allFiles().flatMap((file) => store.servers(file));
  if (records.length === 0) {
    throw new UserFacingError(
      'There is no MCP server here yet. Open a folder with an .mcp.json, or create one.',
    );
  }
  const plans = await Promise.all(records.map((record) => prepare(services, record)));
  const ready = plans.flatMap(({ server }) => server ?? []);
  const chosen = await askConsentToAll(workspaceState, ready);
  if (chosen === undefined) {
    return;
  }
  const results = chosen.size === 0 ? new Map() : await testThem(services, [...chosen]);
  const rows = plans.map(({ record, server, reason }): SummaryRow => {
    const result = server && results.get(server);
    return {
      server: record.server.name,
      file: record.file.label,
      result: result ?? { kind: 'not-tested', reason: reason ?? leftOutReason(server) },
    };
  });
  reports.set(summaryId, summaryTitle, formatTestSummary(rows));
  await reports.show(summaryId, summaryTitle);
}

interface Plan {
  readonly record: ServerRecord;
  readonly server?: ReadyServer;
  /** Why it cannot be tested. */
  readonly reason?: string;
}

async function prepare(services: Services, record: ServerRecord): Promise<Plan> {
  if (!record.server.loads) {
    return { record, reason: 'it will not load' };
  }
  const resolved = await resolveQuietly(services, record);
  if ('missing' in resolved) {
    const { missing } = resolved;
    const names = missing.join(', ');
    return { record, reason: `${names} ${missing.length === 1 ? 'is' : 'are'} not set` };
  }
  return { record, server: { record, ...resolved } };
}

function leftOutReason(server: ReadyServer | undefined): string {
  if (server?.target.transport !== 'stdio') {
    return 'it was not chosen';
  }
  return summarizeRequest(server.target) === undefined
    ? 'it is a program with a long command: test it alone'
    : 'it is a program, and was not chosen to be started';
}

/** What each of them got; a test that was cancelled is told apart from one that never began. */
function testThem(
  services: Services,
  servers: readonly ReadyServer[],
): Thenable<ReadonlyMap<ReadyServer, SummaryResult>> {
  return withTestProgress(plural(servers.length, 'server'), async (signal, progress) => {
    const ports = await createPorts(services);
    let done = 0;
    const results = await mapLimited(servers, atOnce, async (server) => {
      const result = signal.aborted ? cancelled : await testOne(services, server, ports, signal);
      done++;
      const message = `${done} of ${servers.length}`;
      progress.report({ message, increment: 100 / servers.length });
      return result;
    });
    return new Map(servers.map((server, index) => [server, results[index] ?? cancelled]));
  });
}

const cancelled: SummaryResult = { kind: 'not-tested', reason: 'cancelled' };

/** A defect in one test is not the end of the others. */
async function testOne(
  services: Services,
  { record, target, circumstances }: ReadyServer,
  ports: TokenTestPorts,
  signal: AbortSignal,
): Promise<SummaryResult> {
  const startedAt = Date.now();
  try {
    const result = await runTest(services, record, target, ports, signal, { circumstances });
    if (result.outcome.kind === 'cancelled') {
      return cancelled;
    }
    keepOutcome(services, record, result);
    return summarize(result, Date.now() - startedAt);
  } catch (error) {
    services.log.error(error instanceof Error ? error : String(error));
    const reason = 'an error in MCP Auth Setup, which the log has';
    return { kind: 'not-tested', reason };
  }
}

function summarize({ outcome }: TokenTestResult, durationMs: number): SummaryResult {
  const { headline, next, isAccepted } = describeOutcome(outcome);
  return { kind: 'tested', isAccepted, headline: oneLine(headline, 300), next, durationMs };
}
