import * as vscode from 'vscode';
import { oneLine } from '../../core/base/text';
import type { McpServer } from '../../core/config/mcpConfig';
import { serverId, type ServerRecord } from '../../core/servers/serverStore';
import { describeOutcome } from '../../core/tokenTest/describeOutcome';
import { requiredVariables, resolveRemote } from '../../core/tokenTest/resolveTarget';
import { runTokenTest, type TokenTestResult } from '../../core/tokenTest/runTokenTest';
import { formatTokenTestReport } from '../../core/tokenTest/tokenTestReport';
import type { RemoteTarget } from '../../core/tokenTest/tokenTestTarget';
import type { Services } from '../services';
import { askConsent } from '../tokenTest/consent';
import { readCurlSettings } from '../tokenTest/curlSettings';
import { toAbortSignal } from '../ui/cancellation';
import { UserFacingError } from '../ui/errorBoundary';
import { notify, plain } from '../ui/notifications';
import { pickServer } from './pickServer';

/** Tests a server's credential with curl, and tells the outcome in the view and in a message. */
export async function testServer(services: Services, row: unknown): Promise<void> {
  if (!vscode.workspace.isTrusted) {
    throw new UserFacingError(
      'Testing sends credentials, which needs a trusted workspace. Run "Workspaces: Manage Workspace Trust" first.',
    );
  }
  const record = await pickServer(services.store, row, 'canTest', 'Test which server?');
  if (record === undefined) {
    return;
  }
  const { server } = record;
  if (server.transport !== 'http' || !server.loads) {
    throw new UserFacingError(
      server.loads
        ? `Only servers of type "http" can be tested so far; ${oneLine(server.name)} is of type "${server.transport}".`
        : `${oneLine(server.name)} does not load, so there is nothing to test yet. Problems says why.`,
    );
  }
  const target = await resolve(services, record);
  if (target === undefined || !(await askConsent(services.workspaceState, target))) {
    return;
  }
  const result = await run(services, target);
  if (result.outcome.kind !== 'cancelled') {
    await tell(services, record, result);
  }
}

/** With a value for each variable; asks for those that are kept nowhere. */
async function resolve(
  { variables }: Services,
  { file, server }: ServerRecord,
): Promise<RemoteTarget | undefined> {
  const uri = vscode.Uri.parse(file.id, true);
  const typed = new Map<string, string>();
  for (const name of requiredVariables(server)) {
    if ((await variables.resolve(uri, name)) !== undefined) {
      continue;
    }
    const value = await vscode.window.showInputBox({
      title: `Test ${oneLine(server.name)}`,
      prompt: `${name} is not set. Its value is used for this test only and not stored.`,
      placeHolder: `Value of ${name}`,
      password: true,
      ignoreFocusOut: true,
    });
    if (value === undefined) {
      return undefined;
    }
    typed.set(name, value);
  }
  return targetWith(server, typed, async (name) => (await variables.resolve(uri, name))?.value);
}

/** A value may refer to further variables, so one knows only in the course of it what is needed. */
async function targetWith(
  server: McpServer,
  typed: ReadonlyMap<string, string>,
  valueOf: (name: string) => Promise<string | undefined>,
): Promise<RemoteTarget> {
  const values = new Map<string, string | undefined>(typed);
  for (;;) {
    const missing = new Set<string>();
    const lookup = (name: string) => {
      if (!values.has(name)) {
        missing.add(name);
      }
      return values.get(name);
    };
    const target = resolveRemote(server, lookup, 'http');
    if (missing.size === 0) {
      return target;
    }
    for (const name of missing) {
      values.set(name, await valueOf(name));
    }
  }
}

async function run({ machine }: Services, target: RemoteTarget): Promise<TokenTestResult> {
  const curl = readCurlSettings();
  const { timeoutMs } = curl;
  const http = await machine.curl(curl);
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: plain(`Testing ${oneLine(target.serverName)}…`),
    cancellable: true,
  };
  return vscode.window.withProgress(options, async (_progress, token) => {
    const { signal, dispose } = toAbortSignal(token);
    try {
      return await runTokenTest(
        target,
        { http, ...machine.channels({ timeoutMs }), now: Date.now },
        signal,
      );
    } finally {
      dispose();
    }
  });
}

async function tell(
  { store, reports }: Services,
  record: ServerRecord,
  result: TokenTestResult,
): Promise<void> {
  const { headline, state, next } = describeOutcome(result.outcome);
  const isAccepted = result.outcome.kind === 'accepted';
  const id = serverId(record.file, record.server);
  reports.set(id, record.server.name, formatTokenTestReport(result));
  store.setLastTest(record, { isAccepted, state, headline, at: Date.now() });
  const message = `${oneLine(record.server.name)}: ${headline}${isAccepted ? '' : ` ${next}`}`;
  const show = isAccepted ? notify.info : notify.error;
  if ((await show(message, 'Show Report')) === 'Show Report') {
    await reports.show(id, record.server.name);
  }
}
