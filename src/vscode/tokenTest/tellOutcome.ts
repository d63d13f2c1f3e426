import { oneLine } from '../../core/base/text';
import { serverId, type ServerRecord } from '../../core/servers/serverStore';
import { describeOutcome } from '../../core/tokenTest/describeOutcome';
import type { TokenTestResult } from '../../core/tokenTest/runTokenTest';
import { formatTokenTestReport } from '../../core/tokenTest/tokenTestReport';
import type { TokenTestOptions } from '../../core/tokenTest/tokenTestOptions';
import type { Services } from '../services';
import { notify } from '../ui/notifications';
import { labelOf, takeAction } from './nextActions';

const showReport = 'Show Report';

/** Keeps what a test found for the view and the editor. @param report default: that of the result */
export function keepOutcome(
  { store, reports }: Services,
  record: ServerRecord,
  result: TokenTestResult,
  report = formatTokenTestReport(result),
): void {
  const { headline, state, action, isAccepted } = describeOutcome(result.outcome);
  reports.set(serverId(record.file, record.server), record.server.name, report);
  const asksForSignIn = action?.kind === 'sign-in';
  store.setLastTest(record, { isAccepted, asksForSignIn, state, headline, at: Date.now() });
}

/** Tells the outcome in a message, with its next step and the report as buttons. */
export async function tellOutcome(
  services: Services,
  record: ServerRecord,
  { outcome }: TokenTestResult,
  testAgain: (options?: TokenTestOptions) => Promise<void>,
): Promise<void> {
  const { headline, next, action, isAccepted } = describeOutcome(outcome);
  const label = action && labelOf(action);
  const choice = await tell(
    record,
    `${headline}${isAccepted ? '' : ` ${next}`}`,
    isAccepted ? 'info' : 'error',
    label === undefined ? [] : [label],
  );
  if (choice === showReport) {
    await show(services, record);
  } else if (choice !== undefined && action !== undefined) {
    await takeAction({ services, record, testAgain }, action);
  }
}

/** Tells a sentence about a server that has a report. */
export async function tellWithReport(
  services: Services,
  record: ServerRecord,
  sentence: string,
): Promise<void> {
  if ((await tell(record, sentence, 'info', [])) === showReport) {
    await show(services, record);
  }
}

function tell(
  { server }: ServerRecord,
  sentence: string,
  kind: keyof typeof notify,
  buttons: readonly string[],
): Thenable<string | undefined> {
  return notify[kind](`${oneLine(server.name)}: ${sentence}`, ...buttons, showReport);
}

function show({ reports }: Services, { file, server }: ServerRecord): Promise<void> {
  return reports.show(serverId(file, server), server.name);
}
