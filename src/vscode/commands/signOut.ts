import * as vscode from 'vscode';
import { oneLine } from '../../core/base/text';
import { describeSignInRefusal, findNameRefusal } from '../../core/claudeCode/signInRefusal';
import { findClaude, isBatchFile, tellHowToInstall } from '../claudeCode/findClaude';
import { loginTask, runClaudeTask } from '../claudeCode/loginTask';
import { afterTask } from '../claudeCode/signInWithClaude';
import type { Services } from '../services';
import { UserFacingError } from '../ui/errorBoundary';
import { pickServer } from './pickServer';

/** Runs `claude mcp logout NAME` in a terminal, after a question. */
export async function signOut(services: Services, target: unknown): Promise<void> {
  if (!vscode.workspace.isTrusted) {
    throw new UserFacingError(
      'Signing out starts Claude Code, which needs a trusted workspace. Run "Workspaces: Manage Workspace Trust" first.',
    );
  }
  const question = 'Sign out of which server in Claude Code?';
  const record = await pickServer(services.store, target, 'canSignOut', question);
  if (record === undefined) {
    return;
  }
  const claude = await findClaude(services.machine);
  if (claude === undefined) {
    await tellHowToInstall();
    return;
  }
  const { server } = record;
  const refusal = findNameRefusal(server, isBatchFile(claude));
  if (refusal !== undefined) {
    throw new UserFacingError(describeSignInRefusal(refusal, server).sentence);
  }
  const button = 'Sign Out';
  const answer = await vscode.window.showWarningMessage(
    `Sign out of ${oneLine(server.name, 60)} in Claude Code?`,
    {
      modal: true,
      detail:
        'Claude Code deletes its tokens for this server and asks the server to take them back. Every project that uses the server as it is written here is signed out.',
    },
    button,
  );
  if (answer === button) {
    await runClaudeTask(claude, record, loginTask('logout', server.name));
    await afterTask(services);
  }
}
