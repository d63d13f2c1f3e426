import * as vscode from 'vscode';
import { describeLoginShellProblem } from '../../core/variables/loginShell';
import type { Services } from '../services';
import { toAbortSignal } from '../ui/cancellation';
import { UserFacingError } from '../ui/errorBoundary';
import { notify } from '../ui/notifications';
import { requireTrust } from '../ui/requireTrust';

/** Starts the user's login shell, so that what its startup files set is known. */
export async function readLoginShell({ variables }: Services): Promise<void> {
  requireTrust('Reading the login shell starts it');
  const location = vscode.ProgressLocation.Notification;
  const options = { location, title: 'Reading your login shell…', cancellable: true };
  const reading = await vscode.window.withProgress(options, async (_progress, token) => {
    const { signal, dispose } = toAbortSignal(token);
    try {
      return await variables.readLoginShell(signal);
    } finally {
      dispose();
    }
  });
  const problem = describeLoginShellProblem(reading);
  if (problem !== undefined) {
    throw new UserFacingError(problem);
  }
  if (reading.kind === 'read') {
    void notify.info(
      `The names of ${reading.values.size} variables are known from your login shell. Claude Code finds them when a terminal with that shell starts it.`,
    );
  }
}
