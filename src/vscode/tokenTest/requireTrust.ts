import * as vscode from 'vscode';
import { UserFacingError } from '../ui/errorBoundary';

/** @throws UserFacingError in a workspace that is not trusted: nothing is sent or started there */
export function requireTrust(): void {
  if (!vscode.workspace.isTrusted) {
    throw new UserFacingError(
      'Testing sends credentials, which needs a trusted workspace. Run "Workspaces: Manage Workspace Trust" first.',
    );
  }
}
