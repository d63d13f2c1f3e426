import * as vscode from 'vscode';
import { describeSignInRefusal, findSignInRefusal } from '../../core/claudeCode/signInRefusal';
import type { SignInRefusal } from '../../core/claudeCode/signInRefusal';
import type { ServerRecord } from '../../core/servers/serverStore';
import type { Services } from '../services';
import { plain } from '../ui/notifications';
import { findClaude, tellHowToInstall } from './findClaude';
import { askLoginConsent } from './loginConsent';
import { loginTask, runClaudeTask } from './loginTask';
import { signInCircumstances } from './signInCircumstances';
import { takeFix } from './signInFixes';

/**
 * Runs `claude mcp login NAME` in a terminal. What it would refuse is told before, with what to do
 * about it; afterwards its sign-ins are read again.
 */
export async function signInWithClaude(services: Services, record: ServerRecord): Promise<void> {
  const claude = await findClaude(services.machine);
  if (claude === undefined) {
    await tellHowToInstall();
    return;
  }
  const circumstances = await signInCircumstances(services, record, claude);
  const refusal = findSignInRefusal(record.server, circumstances);
  if (refusal !== undefined && !(await explain(services, record, claude, refusal))) {
    return;
  }
  await runClaudeTask(claude, record, loginTask('login', record.server.name));
  await afterTask(services);
}

/** Reads the sign-ins again; the first time a person is asked whether they may be read. */
export async function afterTask({ logins }: Services): Promise<void> {
  if (logins.canAsk) {
    // The answer is a setting, and with it they are read.
    void askLoginConsent();
    return;
  }
  await logins.refresh();
}

/** @returns whether to go on all the same */
async function explain(
  services: Services,
  record: ServerRecord,
  claude: string,
  refusal: SignInRefusal,
): Promise<boolean> {
  const { sentence, fix } = describeSignInRefusal(refusal, record.server);
  const anyway = 'Sign In Anyway';
  const buttons = [...(fix ? [fix.label] : []), ...(isCertain(refusal) ? [] : [anyway])];
  const choice = await vscode.window.showWarningMessage(plain(sentence), ...buttons);
  if (fix !== undefined && choice === fix.label) {
    await takeFix(services, record, claude, fix.action);
  }
  return choice === anyway;
}

/** What stands in other files, or in the environment of a terminal, may be otherwise for it. */
function isCertain({ kind }: SignInRefusal): boolean {
  return !['url-unset', 'other-scope', 'pending', 'rejected'].includes(kind);
}
