import * as vscode from 'vscode';
import { shellOf, shells, type Shell } from '../../core/shell/shells';

/** Asks for a shell; the person's own comes first. `undefined` when the list was left. */
export async function pickShell(
  title: string,
  placeHolder: string,
  detailOf: (shell: Shell) => string | undefined,
): Promise<Shell | undefined> {
  const own = shellOf(vscode.env.shell);
  const ordered = own === undefined ? shells : [own, ...shells.filter((it) => it !== own)];
  const items = ordered.map((shell) => {
    const detail = detailOf(shell);
    return {
      label: shell.label,
      ...(shell === own && { description: 'your shell in this window' }),
      ...(detail !== undefined && { detail }),
      shell,
    };
  });
  const options = { title, placeHolder, ignoreFocusOut: true };
  const picked = await vscode.window.showQuickPick(items, options);
  return picked?.shell;
}
