import * as vscode from 'vscode';
import { authMethodLabels, detectAuthMethod } from '../../core/auth/authMethod';
import { oneLine } from '../../core/base/text';
import { serverId, type ServerRecord, type ServerStore } from '../../core/servers/serverStore';
import { actionsFor, type ServerAction } from '../../core/tree/nodeActions';
import { UserFacingError } from '../ui/errorBoundary';
import { withoutIcons } from '../ui/notifications';

/**
 * The server that a command is for: the row it was called on, the entry under the cursor, or the
 * one a person picks. `undefined` when the picker was left.
 * @param others servers that cannot take the action are listed below, with the reason
 * @throws UserFacingError where no server can be chosen
 */
export async function pickServer(
  store: ServerStore,
  target: unknown,
  action: ServerAction,
  placeHolder: string,
  others?: OtherServers,
): Promise<ServerRecord | undefined> {
  const records = store.allFiles().flatMap((file) => store.servers(file));
  // Of duplicate names the last is the one that the client sees.
  const named = records.findLast((record) => idOf(record) === rowId(target));
  if (named !== undefined) {
    return named;
  }
  const able = records.filter((record) => actionsFor(record).includes(action));
  const unable = records.flatMap((record) => {
    const reason = able.includes(record) ? undefined : others?.whyNot(record);
    return reason === undefined ? [] : [{ ...itemOf(record), detail: reason }];
  });
  if (able.length + unable.length === 0) {
    throw new UserFacingError(
      records.length === 0
        ? 'There is no MCP server here yet. Open a folder with an .mcp.json, or create one.'
        : 'No server of this workspace can do that. Problems shows what keeps them from loading.',
    );
  }
  const items = able.map(itemOf);
  const atCursor = items.find(({ record }) => isAtCursor(record));
  const ordered = atCursor ? [atCursor, ...items.filter((item) => item !== atCursor)] : items;
  const { Separator } = vscode.QuickPickItemKind;
  const all: readonly (ServerItem | vscode.QuickPickItem)[] =
    unable.length > 0
      ? [...ordered, { label: others?.title ?? '', kind: Separator }, ...unable]
      : ordered;
  const picked = await vscode.window.showQuickPick(all, { placeHolder, matchOnDetail: true });
  return picked !== undefined && 'record' in picked ? picked.record : undefined;
}

/** Servers that cannot take an action: choosing one is for the command to explain. */
export interface OtherServers {
  /** Above them. */
  readonly title: string;
  readonly whyNot: (record: ServerRecord) => string | undefined;
}

interface ServerItem extends vscode.QuickPickItem {
  readonly record: ServerRecord;
}

function itemOf(record: ServerRecord): ServerItem {
  return {
    label: withoutIcons(oneLine(record.server.name)),
    description: authMethodLabels[detectAuthMethod(record.server)],
    detail: withoutIcons(record.file.label),
    record,
  };
}

function idOf({ file, server }: ServerRecord): string {
  return serverId(file, server);
}

function rowId(target: unknown): string | undefined {
  return typeof target === 'object' && target !== null && 'id' in target
    ? String(target.id)
    : undefined;
}

/** Whether the cursor of the active editor is in the entry. */
export function isAtCursor({ file, server }: ServerRecord): boolean {
  const editor = vscode.window.activeTextEditor;
  if (editor?.document.uri.toString() !== file.id) {
    return false;
  }
  const offset = editor.document.offsetAt(editor.selection.active);
  const { range } = server;
  return range.offset <= offset && offset <= range.offset + range.length;
}
