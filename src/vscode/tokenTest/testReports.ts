import * as vscode from 'vscode';
import { oneLine } from '../../core/base/text';

const scheme = 'mcp-auth-report';

/** The report of each server's last test, as a virtual Markdown document. */
export class TestReports implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  private readonly reports = new Map<string, string>();
  private readonly registration = vscode.workspace.registerTextDocumentContentProvider(scheme, {
    onDidChange: this.changed.event,
    provideTextDocumentContent: (uri) => this.reports.get(uri.toString()),
  });

  /** @param id of the server */
  set(id: string, serverName: string, markdown: string): void {
    const uri = uriOf(id, serverName);
    this.reports.set(uri.toString(), markdown);
    this.changed.fire(uri);
  }

  has(id: string, serverName: string): boolean {
    return this.reports.has(uriOf(id, serverName).toString());
  }

  async show(id: string, serverName: string): Promise<void> {
    await vscode.commands.executeCommand('markdown.showPreview', uriOf(id, serverName));
  }

  dispose(): void {
    this.registration.dispose();
    this.changed.dispose();
  }
}

function uriOf(id: string, serverName: string): vscode.Uri {
  const title = `Test of ${oneLine(serverName, 60).replace(/[\\/]/g, '_')}`;
  return vscode.Uri.from({ scheme, path: `/${title}.md`, query: id });
}
