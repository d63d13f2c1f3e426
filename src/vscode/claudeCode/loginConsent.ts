import * as vscode from 'vscode';

const setting = 'claude.readSignIns';

export const loginSetting = `mcpAuth.${setting}`;

/** What a person decided about reading which servers Claude Code is signed in to. */
export type LoginConsent = 'ask' | 'always' | 'never';

/** A workspace does not decide it: the setting is one of the user alone. */
export function loginConsent(): LoginConsent {
  const value = vscode.workspace.getConfiguration('mcpAuth').inspect<string>(setting)?.globalValue;
  return value === 'always' || value === 'never' ? value : 'ask';
}

/** Asks once; the answer is kept in the settings. Closing the question leaves it open. */
export async function askLoginConsent(): Promise<void> {
  const show = 'Show Sign-Ins';
  const never = 'Never';
  const answer = await vscode.window.showInformationMessage(
    'Show which servers Claude Code is signed in to, and for how long? MCP Auth reads which servers are signed in, never a token.',
    show,
    never,
  );
  if (answer !== undefined) {
    await setLoginConsent(answer === show ? 'always' : 'never');
  }
}

export async function setLoginConsent(consent: LoginConsent): Promise<void> {
  const target = vscode.ConfigurationTarget.Global;
  await vscode.workspace.getConfiguration('mcpAuth').update(setting, consent, target);
}
