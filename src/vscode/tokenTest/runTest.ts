import * as vscode from 'vscode';
import { oneLine } from '../../core/base/text';
import type { ServerRecord } from '../../core/servers/serverStore';
import { runTokenTest, type TokenTestResult } from '../../core/tokenTest/runTokenTest';
import type { TokenTestPorts } from '../../core/tokenTest/sender';
import type { TokenTestOptions } from '../../core/tokenTest/tokenTestOptions';
import type { TokenTestTarget } from '../../core/tokenTest/tokenTestTarget';
import type { Services } from '../services';
import { toAbortSignal } from '../ui/cancellation';
import { plain } from '../ui/notifications';
import { readCurlSettings } from './curlSettings';

/** What tests work with, as the settings have it now. */
export async function createPorts({ machine }: Services): Promise<TokenTestPorts> {
  const curl = readCurlSettings();
  const http = await machine.curl(curl);
  return { http, ...machine.channels(curl), now: Date.now };
}

/** One run, during which the row of the server says so. */
export async function runTest(
  { store }: Services,
  record: ServerRecord,
  target: TokenTestTarget,
  ports: TokenTestPorts,
  signal: AbortSignal,
  options: TokenTestOptions = {},
): Promise<TokenTestResult> {
  const end = store.beginTest(record);
  try {
    return await runTokenTest(target, ports, signal, options);
  } finally {
    end();
  }
}

/** Does something that can be cancelled under a notification about `subject`. */
export function withTestProgress<T>(
  subject: string,
  run: (
    signal: AbortSignal,
    progress: vscode.Progress<{ readonly message?: string; readonly increment?: number }>,
  ) => Promise<T>,
): Thenable<T> {
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: plain(`Testing ${oneLine(subject)}`),
    cancellable: true,
  };
  return vscode.window.withProgress(options, async (progress, token) => {
    const { signal, dispose } = toAbortSignal(token);
    try {
      return await run(signal, progress);
    } finally {
      dispose();
    }
  });
}
