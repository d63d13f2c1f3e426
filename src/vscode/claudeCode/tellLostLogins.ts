import * as vscode from 'vscode';
import { oneLine } from '../../core/base/text';
import { findAgain } from '../../core/tokenTest/nextActionEdits';
import { serverId, type ServerStore } from '../../core/servers/serverStore';
import type { ConfigDocuments } from '../config/configDocuments';
import { toTextEdits } from '../convert';
import { runSafely, UserFacingError } from '../ui/errorBoundary';
import { notify } from '../ui/notifications';
import type { ClaudeLogins, LostServer } from './claudeLogins';

/**
 * Says once, when a file is saved, that a change in it signed Claude Code out of a server. While
 * one types, the row of the server and the lens over it say so.
 */
export function tellLostLogins(
  store: ServerStore,
  documents: ConfigDocuments,
  logins: ClaudeLogins,
  log: vscode.LogOutputChannel,
): vscode.Disposable {
  const told = new Set<string>();
  const tell = async (document: vscode.TextDocument): Promise<void> => {
    const id = document.uri.toString();
    await documents.whenIdle();
    await logins.whenIdle();
    const lost = logins.lostIn(id).filter((loss) => loss.by !== 'variable' && isNew(told, loss));
    const [first] = lost;
    if (first === undefined) {
      return;
    }
    const undo = 'Undo the Change';
    const signIn = 'Sign In…';
    const choice = await notify.info(
      sentenceFor(lost),
      undo,
      ...(lost.length === 1 ? [signIn] : []),
    );
    if (choice === undo) {
      await restore(documents, document.uri, lost);
    } else if (choice === signIn) {
      const file = store.file(id);
      const target = file && { id: serverId(file, first.server) };
      await vscode.commands.executeCommand('mcpAuth.server.signIn', target);
    }
  };
  return vscode.workspace.onDidSaveTextDocument((document) => {
    if (store.file(document.uri.toString()) !== undefined) {
      void runSafely('Looking at sign-ins', log, () => tell(document));
    }
  });
}

/** The same change is told once. */
function isNew(told: Set<string>, { before, key }: LostServer): boolean {
  const change = JSON.stringify([before.key, key]);
  const isNew = !told.has(change);
  told.add(change);
  return isNew;
}

function sentenceFor(lost: readonly LostServer[]): string {
  const names = lost.map(({ server }) => oneLine(server.name, 60)).join(', ');
  const [{ by, before }] = lost as readonly [LostServer, ...LostServer[]];
  const because =
    lost.length > 1
      ? 'this change'
      : by === 'name'
        ? `the new name. It was ${oneLine(before.server.name, 60)}`
        : `the change of its ${by === 'url' ? 'URL' : by}`;
  return `Claude Code is signed out of ${names} by ${because}. It keeps the sign-in for when the entry is as before.`;
}

/** Puts the entries back as they were, as one step that can be undone, and saves it. */
async function restore(
  documents: ConfigDocuments,
  uri: vscode.Uri,
  lost: readonly LostServer[],
): Promise<void> {
  const document = await vscode.workspace.openTextDocument(uri);
  const config = documents.current(document)?.config;
  const edits = lost.flatMap(({ server, before }) => {
    const again = config && findAgain(config, server);
    return again ? [{ range: again.range, newText: before.text }] : [];
  });
  const edit = new vscode.WorkspaceEdit();
  edit.set(uri, toTextEdits(document, edits));
  if (edits.length < lost.length || !(await vscode.workspace.applyEdit(edit))) {
    throw new UserFacingError('The file changed meanwhile. Undo the change in the editor.');
  }
  await document.save();
}
