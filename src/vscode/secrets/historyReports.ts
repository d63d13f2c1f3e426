import * as vscode from 'vscode';

const scheme = 'mcp-auth-history';
const uri = vscode.Uri.from({ scheme, path: '/Secrets in the git history.md' });

/** What the last search of the history found, as a virtual Markdown document. */
export class HistoryReports implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  private report = 'The history was not searched yet.\n';
  private readonly registration = vscode.workspace.registerTextDocumentContentProvider(scheme, {
    onDidChange: this.changed.event,
    provideTextDocumentContent: () => this.report,
  });

  set(markdown: string): void {
    this.report = markdown;
    this.changed.fire(uri);
  }

  async show(): Promise<void> {
    await vscode.commands.executeCommand('markdown.showPreview', uri);
  }

  dispose(): void {
    this.registration.dispose();
    this.changed.dispose();
  }
}
