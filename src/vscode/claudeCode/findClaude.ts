import * as vscode from 'vscode';
import type { Machine } from '../services';

const installGuide = 'https://code.claude.com/docs/en/setup';

/** The `claude` of the machine's setting or on PATH; a workspace chooses neither. */
export function findClaude(machine: Machine): Promise<string | undefined> {
  return machine.findExecutable('claude', configuredPath());
}

/** Whether `cmd.exe` runs it, which reads its arguments once more. */
export function isBatchFile(claude: string): boolean {
  return /\.(?:cmd|bat)$/i.test(claude);
}

/**
 * Says that there is no Claude Code, where one gets it, and what can be done all the same.
 * @returns the one of `others` that was chosen
 */
export async function tellHowToInstall<Title extends string>(
  ...others: readonly Title[]
): Promise<Title | undefined> {
  const configured = configuredPath();
  const missing = configured
    ? `Claude Code was not found at ${configured}, the path in the setting mcpAuth.claude.path.`
    : 'Claude Code was not found: there is no "claude" on PATH.';
  const choice = await vscode.window.showErrorMessage<string>(
    `${missing} Install it with "npm install -g @anthropic-ai/claude-code", or set mcpAuth.claude.path.`,
    ...others,
    'How to Install',
    'Open Settings',
  );
  if (choice === 'How to Install') {
    await vscode.env.openExternal(vscode.Uri.parse(installGuide));
  } else if (choice === 'Open Settings') {
    await vscode.commands.executeCommand('workbench.action.openSettings', 'mcpAuth.claude.path');
  }
  return others.find((other) => other === choice);
}

function configuredPath(): string {
  return vscode.workspace.getConfiguration('mcpAuth').get('claude.path', '');
}
