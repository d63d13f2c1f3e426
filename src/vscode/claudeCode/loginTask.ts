import * as vscode from 'vscode';
import { oneLine } from '../../core/base/text';
import type { ServerRecord } from '../../core/servers/serverStore';
import { startFolder } from './startFolder';

/** What Claude Code is asked to do, as its arguments and as the title of a terminal. */
export interface ClaudeTask {
  readonly args: readonly string[];
  readonly title: string;
}

/** `claude mcp login NAME`: whatever the name is, it is one argument and no option. */
export function loginTask(verb: 'login' | 'logout', name: string): ClaudeTask {
  const title = `Sign ${verb === 'login' ? 'in to' : 'out of'} ${oneLine(name, 60)}`;
  return { args: ['mcp', verb, ...(name.startsWith('-') ? ['--'] : []), name], title };
}

/**
 * Starts the program itself in a terminal, without a shell, where Claude Code would start for this
 * server. Settles when it has ended, however it did.
 */
export async function runClaudeTask(
  claude: string,
  { file, server }: ServerRecord,
  { args, title }: ClaudeTask,
): Promise<void> {
  const uri = vscode.Uri.parse(file.id, true);
  const cwd = startFolder(uri, file.config.place.id, server.project).fsPath;
  const run = ++runs;
  const task = new vscode.Task(
    { type: 'mcpAuth.claude', run },
    vscode.workspace.getWorkspaceFolder(uri) ?? vscode.TaskScope.Workspace,
    title,
    'MCP Auth',
    new vscode.ProcessExecution(claude, [...args], { cwd }),
  );
  task.presentationOptions = { reveal: vscode.TaskRevealKind.Always, focus: true, clear: true };
  let subscription: vscode.Disposable | undefined;
  try {
    const ended = new Promise<void>((resolve) => {
      subscription = vscode.tasks.onDidEndTask(({ execution }) => {
        // A program that ends at once does so before anybody knows its execution.
        if (execution.task.definition.run === run) {
          resolve();
        }
      });
    });
    await vscode.tasks.executeTask(task);
    await ended;
  } finally {
    subscription?.dispose();
  }
}

/** Tells one run from another, and keeps the editor from taking two for the same task. */
let runs = 0;
