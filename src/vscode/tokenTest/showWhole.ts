import * as vscode from 'vscode';

const scheme = 'mcp-auth-consent';

/** Opens `text` as a document that nobody can change, while `ask` waits for an answer about it. */
export async function showWhole<T>(
  title: string,
  text: string,
  ask: () => Thenable<T>,
): Promise<T> {
  const provider = { provideTextDocumentContent: () => text };
  const registration = vscode.workspace.registerTextDocumentContentProvider(scheme, provider);
  try {
    const path = `/${title.replace(/[\\/]/g, '_')}`;
    // Another text under the same name is another document.
    const uri = vscode.Uri.from({ scheme, path, query: String(Date.now()) });
    await vscode.window.showTextDocument(uri, { preview: true });
    return await ask();
  } finally {
    registration.dispose();
  }
}
