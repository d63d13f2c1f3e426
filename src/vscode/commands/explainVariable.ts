import * as vscode from 'vscode';
import { serverId, type ServerRecord, type ServerStore } from '../../core/servers/serverStore';
import type { Services } from '../services';
import { UserFacingError } from '../ui/errorBoundary';
import { requireTrust } from '../ui/requireTrust';
import { isAtCursor, pickServer } from './pickServer';

/** What a link in a hover or above an entry hands over: a file, and one variable in it. */
interface ExplainArguments {
  readonly uri: string;
  readonly name: string;
}

/**
 * Shows what the values of a server become: of the variable that is handed over, of a row of
 * the view, of the entry under the cursor, or of one that is picked.
 */
export async function explainVariable(services: Services, target: unknown): Promise<void> {
  requireTrust('Telling what values become reads variables');
  const { store, explanations } = services;
  if (isExplainArguments(target)) {
    const { uri, name } = target;
    const file = store.file(vscode.Uri.parse(uri, true).toString());
    if (file === undefined) {
      throw new UserFacingError(
        'This file is no MCP configuration that is known here. Open it first.',
      );
    }
    await explanations.show({ file: file.id, name }, name);
    return;
  }
  const record =
    (target === undefined ? serverAtCursor(store) : undefined) ??
    (await pickServer(store, target, 'canExplain', 'What will which server get?'));
  if (record !== undefined) {
    const { file, server } = record;
    await explanations.show({ file: file.id, server: serverId(file, server) }, server.name);
  }
}

function isExplainArguments(target: unknown): target is ExplainArguments {
  return (
    typeof target === 'object' &&
    target !== null &&
    'uri' in target &&
    typeof target.uri === 'string' &&
    'name' in target &&
    typeof target.name === 'string'
  );
}

function serverAtCursor(store: ServerStore): ServerRecord | undefined {
  return store
    .allFiles()
    .flatMap((file) => store.servers(file))
    .find(isAtCursor);
}
