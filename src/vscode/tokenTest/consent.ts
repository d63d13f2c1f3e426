import * as vscode from 'vscode';
import { oneLine } from '../../core/base/text';
import { approvalKey, type TestPurpose } from '../../core/tokenTest/approval';
import { describeLength, isTooLongToAsk, wrap } from '../../core/tokenTest/describeProgram';
import { describeRequest, hostOf } from '../../core/tokenTest/describeRequest';
import { findLocalRefusal } from '../../core/tokenTest/localRefusal';
import { findRefusal } from '../../core/tokenTest/refusal';
import type { TokenTestTarget } from '../../core/tokenTest/tokenTestTarget';
import { plain } from '../ui/notifications';
import { requireTrust } from '../ui/requireTrust';
import { showWhole } from './showWhole';

const stateKey = 'mcpAuth.approvedTests';

/** The most approvals that are remembered; the oldest are asked again. */
const maxApprovals = 500;

/**
 * Whether a person agrees to send or to start this; asked once for each way of doing it. What is
 * refused sends and starts nothing: that is told without a question.
 */
export async function askConsent(
  state: vscode.Memento,
  target: TokenTestTarget,
  purpose: TestPurpose,
): Promise<boolean> {
  requireTrust('Testing sends credentials');
  if (isRefused(target) || (await isApproved(state, target, purpose))) {
    return true;
  }
  const agrees = await ask(target, purpose);
  if (agrees) {
    await approve(state, [target], purpose);
  }
  return agrees;
}

async function ask(target: TokenTestTarget, purpose: TestPurpose): Promise<boolean> {
  const { message, button, again } = wordsFor(target, purpose);
  const lines = describeRequest(target, purpose);
  const from = `Server ${oneLine(target.serverName)}:`;
  if (!isTooLongToAsk(lines)) {
    const detail = [from, ...lines, '', again].join('\n');
    return (
      (await vscode.window.showWarningMessage(message, { modal: true, detail }, button)) === button
    );
  }
  const options = { modal: true, detail: `${from}\n${describeLength(lines)}` };
  const show = 'Show in Editor';
  if ((await vscode.window.showWarningMessage(message, options, show)) !== show) {
    return false;
  }
  // A message box would keep the editor from being scrolled.
  const text = wrap([from, ...lines, '', again]);
  const answer = await showWhole(`Test of ${oneLine(target.serverName, 60)}`, text, () =>
    vscode.window.showWarningMessage(plain(`${message} The editor shows all of it.`), button),
  );
  return answer === button;
}

/** Whether the test will only say why it does nothing. */
export function isRefused(target: TokenTestTarget): boolean {
  const refusal = target.transport === 'stdio' ? findLocalRefusal(target) : findRefusal(target);
  return refusal !== undefined;
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
