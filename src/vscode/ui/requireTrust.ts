import * as vscode from 'vscode';
import { UserFacingError } from './errorBoundary';

/**
 * @param why what is done and what that takes, as the sentence begins
 * @throws UserFacingError in a workspace that is not trusted
 */
export function requireTrust(why: string): void {
  if (!vscode.workspace.isTrusted) {
    throw new UserFacingError(
      `${why}, which needs a trusted workspace. Run "Workspaces: Manage Workspace Trust" first.`,
    );
  }
}
