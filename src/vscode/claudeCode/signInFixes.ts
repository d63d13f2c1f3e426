import * as vscode from 'vscode';
import type { SignInFix } from '../../core/claudeCode/signInRefusal';
import type { ServerRecord } from '../../core/servers/serverStore';
import { toRange, toTextEdits } from '../convert';
import type { Services } from '../services';
import { UserFacingError } from '../ui/errorBoundary';
import { runClaudeTask } from './loginTask';

/** Does what the button of a refusal says. */
export async function takeFix(
  { documents }: Services,
  record: ServerRecord,
  claude: string,
  fix: SignInFix,
): Promise<void> {
  const { file } = record;
  const uri = vscode.Uri.parse(file.id, true);
  switch (fix.kind) {
    case 'open':
    case 'edit': {
      const document = await vscode.workspace.openTextDocument(uri);
      if (fix.kind === 'edit') {
        const edit = new vscode.WorkspaceEdit();
        edit.set(uri, toTextEdits(document, fix.edits));
        const isSame = documents.current(document)?.config.text === file.config.text;
        if (!isSame || !(await vscode.workspace.applyEdit(edit))) {
          throw new UserFacingError('The file changed meanwhile. Sign in again.');
        }
      }
      const selection = toRange(document, fix.range);
      await vscode.window.showTextDocument(document, { selection });
      return;
    }
    case 'set-variable':
      await vscode.commands.executeCommand('mcpAuth.variable.set', {
        uri: file.id,
        name: fix.name,
      });
      return;
    case 'review':
      await runClaudeTask(claude, record, { args: [], title: 'Claude Code' });
      return;
    case 'reset-choices':
      await runClaudeTask(claude, record, {
        args: ['mcp', 'reset-project-choices'],
        title: 'Reset project choices',
      });
      return;
  }
}
