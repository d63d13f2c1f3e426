import * as vscode from 'vscode';

/**
 * Messages with text of a server or a file in them. The editor reads `[label](target)` in a message
 * as a link, commands included: a space between the two leaves it text.
 */
export const notify = {
  info: (message: string, ...items: readonly string[]) =>
    vscode.window.showInformationMessage(plain(message), ...items),
  error: (message: string, ...items: readonly string[]) =>
    vscode.window.showErrorMessage(plain(message), ...items),
};

/** `text` of a row or a lens without icons: the editor makes one of `$(name)`. */
export function withoutIcons(text: string): string {
  return text.replaceAll('$(', '\\$(');
}

/** `message` without anything that the editor would make a link of. */
export function plain(message: string): string {
  return message.replace(/\](?=\()/g, '] ');
}
