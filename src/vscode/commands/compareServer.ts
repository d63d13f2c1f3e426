import { oneLine } from '../../core/base/text';
import {
  endsComparison,
  judgeComparison,
  planComparison,
  type ComparedRun,
} from '../../core/tokenTest/compareCredentials';
import {
  describeComparison,
  formatComparison,
  titleOf,
} from '../../core/tokenTest/comparisonReport';
import { formatTokenTestReport } from '../../core/tokenTest/tokenTestReport';
import type { Services } from '../services';
import { askConsent } from '../tokenTest/consent';
import { resolveAsking } from '../tokenTest/resolveForTest';
import { createPorts, runTest, withTestProgress } from '../tokenTest/runTest';
import { keepOutcome, tellWithReport } from '../tokenTest/tellOutcome';
import { UserFacingError } from '../ui/errorBoundary';
import { requireTrust } from '../ui/requireTrust';
import { pickServer } from './pickServer';

/** Tests a server with and without its credential, to show which header matters. */
export async function compareServer(services: Services, row: unknown): Promise<void> {
  requireTrust('Testing sends credentials');
  const record = await pickServer(services.store, row, 'canCompare', 'Compare which server?');
  const resolved = record && (await resolveAsking(services, record));
  if (record === undefined || resolved === undefined) {
    return;
  }
  const { target, circumstances } = resolved;
  const plan = target.transport === 'stdio' ? [] : planComparison(target);
  if (plan.length === 0) {
    throw new UserFacingError(
      `No header of ${oneLine(record.server.name)} carries a credential, so there is nothing to leave out.`,
    );
  }
  if (!(await askConsent(services.workspaceState, target, 'compare'))) {
    return;
  }
  const ports = await createPorts(services);
  const runs = await withTestProgress(target.serverName, async (signal, progress) => {
    const done: ComparedRun[] = [];
    for (const run of plan) {
      progress.report({ message: titleOf(run), increment: 100 / plan.length });
      const options = { circumstances, probeToolCall: true };
      const result = await runTest(services, record, run.target, ports, signal, options);
      done.push({ run, result });
      if (endsComparison(result)) {
        break;
      }
    }
    return done;
  });
  const [first] = runs;
  if (first === undefined || runs.at(-1)?.result.outcome.kind === 'cancelled') {
    return;
  }
  const comparison = judgeComparison(runs);
  const parts = runs.map(({ run, result }) => {
    const serverName = `${result.serverName}, ${titleOf(run)}`;
    return formatTokenTestReport({ ...result, serverName });
  });
  const report = [formatComparison(comparison), ...parts].join('\n\n');
  keepOutcome(services, record, first.result, report);
  await tellWithReport(services, record, describeComparison(comparison));
}
