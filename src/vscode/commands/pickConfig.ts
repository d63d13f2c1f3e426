import * as vscode from 'vscode';
import type { ConfigFile, ServerStore } from '../../core/servers/serverStore';
import { UserFacingError } from '../ui/errorBoundary';
import { withoutIcons } from '../ui/notifications';

/**
 * The configuration that a command is for: the one it was called with, the row, the active editor,
 * the only one, or the one a person picks. `undefined` when the picker was left.
 * @throws UserFacingError where there is none
 */
export async function pickConfig(
  store: ServerStore,
  target: unknown,
  placeHolder: string,
  isFit: (file: ConfigFile) => boolean = () => true,
): Promise<ConfigFile | undefined> {
  const named = uriOf(target) ?? vscode.window.activeTextEditor?.document.uri.toString();
  const file = named === undefined ? undefined : store.file(named);
  if (file !== undefined && isFit(file)) {
    return file;
  }
  const files = store.allFiles().filter(isFit);
  if (files.length === 0) {
    throw new UserFacingError(
      'There is no MCP configuration here yet. Open a folder with an .mcp.json, or create one.',
    );
  }
  if (files.length === 1) {
    return files[0];
  }
  const items = files.map((one) => ({
    label: withoutIcons(one.label),
    description: one.config.place.label,
    file: one,
  }));
  return (await vscode.window.showQuickPick(items, { placeHolder }))?.file;
}

/** The file of a row, or of an argument `{ uri }`. */
export function uriOf(target: unknown): string | undefined {
  if (typeof target !== 'object' || target === null) {
    return undefined;
  }
  if ('uri' in target && typeof target.uri === 'string') {
    return target.uri;
  }
  return 'target' in target ? fileOf(target.target) : undefined;
}

function fileOf(place: unknown): string | undefined {
  return typeof place === 'object' &&
    place !== null &&
    'file' in place &&
    typeof place.file === 'string'
    ? place.file
    : undefined;
}
