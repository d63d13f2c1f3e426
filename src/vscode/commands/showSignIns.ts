import * as vscode from 'vscode';
import { loginConsent, setLoginConsent } from '../claudeCode/loginConsent';
import type { Services } from '../services';
import { UserFacingError } from '../ui/errorBoundary';

/** Agrees, by being run, that sign-ins of Claude Code are read from now on, and reads them. */
export async function showSignIns({ logins, machine }: Services): Promise<void> {
  if (!vscode.workspace.isTrusted) {
    throw new UserFacingError(
      'Sign-ins are read in trusted workspaces only. Run "Workspaces: Manage Workspace Trust" first.',
    );
  }
  if (machine.hasKeychainLogins) {
    throw new UserFacingError(
      'On macOS Claude Code keeps its sign-ins in the Keychain, which MCP Auth does not touch. "claude mcp get" tells the state of one server.',
    );
  }
  const isNew = loginConsent() !== 'always';
  if (isNew) {
    await setLoginConsent('always');
  }
  await logins.refresh();
  if (isNew) {
    void vscode.window.showInformationMessage(
      'The servers view shows which servers Claude Code is signed in to. MCP Auth reads that from now on, and never a token. mcpAuth.claude.readSignIns takes it back.',
    );
  }
}
