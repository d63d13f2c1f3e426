import * as vscode from 'vscode';
import { oneLine } from '../../core/base/text';
import { approvalKey, type TestPurpose } from '../../core/tokenTest/approval';
import { describeRequest, hostOf } from '../../core/tokenTest/describeRequest';
import type { TokenTestTarget } from '../../core/tokenTest/tokenTestTarget';
import { requireTrust } from './requireTrust';

const stateKey = 'mcpAuth.approvedTests';

/** The most approvals that are remembered; the oldest are asked again. */
const maxApprovals = 500;

/** Whether a person agrees to send or to start this; asked once for each way of doing it. */
export async function askConsent(
  state: vscode.Memento,
  target: TokenTestTarget,
  purpose: TestPurpose,
): Promise<boolean> {
  requireTrust();
  if (await isApproved(state, target, purpose)) {
    return true;
  }
  const { message, button, again } = wordsFor(target, purpose);
  const detail = [
    `Server ${oneLine(target.serverName)}:`,
    ...describeRequest(target, purpose),
    '',
    again,
  ].join('\n');
  const choice = await vscode.window.showWarningMessage(message, { modal: true, detail }, button);
  if (choice !== button) {
    return false;
  }
  await approve(state, [target], purpose);
  return true;
}

export async function isApproved(
  state: vscode.Memento,
  target: TokenTestTarget,
  purpose: TestPurpose,
): Promise<boolean> {
  return approved(state).includes(await approvalKey(target, purpose));
}

/** Remembers that a person agreed. */
export async function approve(
  state: vscode.Memento,
  targets: readonly TokenTestTarget[],
  purpose: TestPurpose,
): Promise<void> {
  const keys = await Promise.all(targets.map((target) => approvalKey(target, purpose)));
  const all = new Set([...approved(state), ...keys]);
  await state.update(stateKey, [...all].slice(-maxApprovals));
}

function approved(state: vscode.Memento): readonly string[] {
  return state.get<readonly string[]>(stateKey, []);
}

function wordsFor(target: TokenTestTarget, purpose: TestPurpose) {
  if (target.transport === 'stdio') {
    return {
      message: `Start ${oneLine(target.serverName)} to test it?`,
      button: 'Start',
      again:
        'You are asked again when the command, an argument, the environment or the folder changes.',
    };
  }
  const requests = purpose === 'compare' ? 'test requests' : 'a test request';
  return {
    message: `Send ${requests} to ${hostOf(target)}?`,
    button: 'Send',
    again: 'You are asked again when the address, a header or a variable changes.',
  };
}
