import * as vscode from 'vscode';
import { oneLine } from '../../core/base/text';

interface ReportKind {
  readonly scheme: string;
  /** What stands before the subject in a title, such as `Test of `. */
  readonly before: string;
  /** Shown for a subject that has no report yet. */
  readonly placeholder?: string;
}

/** Reports of one kind, the last of each subject, as virtual Markdown documents. */
export class Reports implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  private readonly reports = new Map<string, string>();
  private readonly registration: vscode.Disposable;

  constructor(private readonly kind: ReportKind) {
    const { scheme, placeholder } = kind;
    this.registration = vscode.workspace.registerTextDocumentContentProvider(scheme, {
      onDidChange: this.changed.event,
      provideTextDocumentContent: (uri) => this.reports.get(uri.toString()) ?? placeholder,
    });
  }

  /** @param id of what it is about, such as a server */
  set(id: string, subject: string, markdown: string): void {
    const uri = this.uriOf(id, subject);
    this.reports.set(uri.toString(), markdown);
    this.changed.fire(uri);
  }

  has(id: string, subject: string): boolean {
    return this.reports.has(this.uriOf(id, subject).toString());
  }

  async show(id: string, subject: string): Promise<void> {
    await vscode.commands.executeCommand('markdown.showPreview', this.uriOf(id, subject));
  }

  dispose(): void {
    this.registration.dispose();
    this.changed.dispose();
  }

  private uriOf(id: string, subject: string): vscode.Uri {
    const { scheme, before } = this.kind;
    const title = `${before}${oneLine(subject, 60).replace(/[\\/]/g, '_')}`;
    return vscode.Uri.from({ scheme, path: `/${title}.md`, query: id });
  }
}
