import * as vscode from 'vscode';
import { findClaude, tellHowToInstall } from '../claudeCode/findClaude';
import type { Services } from '../services';
import { UserFacingError } from '../ui/errorBoundary';
import { requireTrust } from '../ui/requireTrust';
import { pickServer } from './pickServer';

/**
 * Runs `claude mcp login NAME` in a terminal of its own. The name is one argument of the process:
 * no shell reads it, whatever characters it has.
 */
export async function signIn(services: Services, target: unknown): Promise<void> {
  requireTrust('Signing in starts Claude Code');
  const record = await pickServer(services.store, target, 'canSignIn', 'Sign in to which server?');
  if (record === undefined) {
    return;
  }
  const file = vscode.Uri.parse(record.file.id, true);
  const claude = await findClaude(services.machine);
  if (claude === undefined) {
    await tellHowToInstall();
    return;
  }
  const { name } = record.server;
  if (name === '') {
    throw new UserFacingError(
      'Claude Code cannot sign in to a server without a name. Name it first.',
    );
  }
  // A task replaces `${…}` in its arguments, and `claude` may be a script of cmd.exe on Windows.
  if (/\$\{|["%&|<>^\r\n\0]/.test(name)) {
    throw new UserFacingError(
      'The name of this server has characters that a terminal could read as a command. Rename it to letters, digits, "-" and "_", then sign in.',
    );
  }
  const cwd = vscode.Uri.joinPath(file, '..').fsPath;
  const args = ['mcp', 'login', ...(name.startsWith('-') ? ['--'] : []), name];
  const task = new vscode.Task(
    { type: 'mcpAuth.signIn' },
    vscode.workspace.getWorkspaceFolder(file) ?? vscode.TaskScope.Workspace,
    `Sign in to ${name}`,
    'MCP Auth',
    new vscode.ProcessExecution(claude, args, { cwd }),
  );
  task.presentationOptions = { reveal: vscode.TaskRevealKind.Always, focus: true, clear: true };
  await vscode.tasks.executeTask(task);
}
