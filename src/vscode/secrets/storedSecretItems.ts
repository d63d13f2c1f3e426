import * as vscode from 'vscode';
import { keychainAccounts, keychainService } from '../../core/helperScript/keychainHelper';
import { neededVariables } from '../../core/variables/neededVariables';
import type { StoredName } from '../../core/variables/secretIndex';
import { isFolder } from '../config/configFiles';
import type { Services } from '../services';
import { withoutIcons } from '../ui/notifications';
import { scopeOf } from './secretStore';

export const reveal: vscode.QuickInputButton = {
  iconPath: new vscode.ThemeIcon('eye'),
  tooltip: 'Reveal the Value',
};
export const copy: vscode.QuickInputButton = {
  iconPath: new vscode.ThemeIcon('copy'),
  tooltip: 'Copy the Value for One Minute',
};
export const remove: vscode.QuickInputButton = {
  iconPath: new vscode.ThemeIcon('trash'),
  tooltip: 'Delete',
};

export interface StoredSecretItem extends vscode.QuickPickItem {
  /** What the row stands for: one value, or all of a folder that is gone. */
  readonly entries: readonly StoredName[];
  /** That of a value from which a `headersHelper` reads; it is not ours to read or delete. */
  readonly account?: string;
}

/** The names by folder, those of folders that are gone too; never a value. */
export async function itemsOf(
  services: Services,
  entries: readonly StoredName[],
): Promise<readonly StoredSecretItem[]> {
  const items: StoredSecretItem[] = [];
  for (const scope of [...new Set(entries.map((entry) => entry.scope))].sort()) {
    const own = entries
      .filter((entry) => entry.scope === scope)
      .sort((a, b) => a.name.localeCompare(b.name));
    const isGone = await isFolderGone(scope);
    const label = scope === '' ? 'Outside of any folder' : withoutIcons(folderLabel(scope));
    const kind = vscode.QuickPickItemKind.Separator;
    items.push({ label: isGone ? `${label} (not there any more)` : label, kind, entries: [] });
    items.push(
      ...own.map((entry): StoredSecretItem => ({
        label: entry.name,
        description: withoutIcons(describe(services, entry)),
        entries: [entry],
        buttons: [reveal, copy, remove],
      })),
    );
    if (isGone && own.length > 1) {
      items.push({ label: `Delete all ${own.length} of this folder…`, entries: own });
    }
  }
  return items;
}

/**
 * What open configurations read by a `headersHelper`. No program lists the names of that keychain on
 * Linux without its values, so what no configuration names is not here.
 */
export function helperItems({ store }: Services): readonly StoredSecretItem[] {
  const files = new Map<string, Set<string>>();
  for (const { label, config } of store.allFiles()) {
    for (const account of config.servers.flatMap(({ headersHelper }) =>
      keychainAccounts(headersHelper?.value ?? ''),
    )) {
      files.set(account, (files.get(account) ?? new Set<string>()).add(label));
    }
  }
  const items = Array.from(files, ([account, labels]): StoredSecretItem => ({
    label: account,
    description: withoutIcons(`in ${[...labels].join(', ')}`),
    detail: `Kept under ${keychainService}. Choose it to copy the command that deletes it.`,
    entries: [],
    account,
  }));
  const kind = vscode.QuickPickItemKind.Separator;
  return items.length === 0
    ? []
    : [{ label: 'Keychain, read by a headersHelper', kind, entries: [] }, ...items];
}

function folderLabel(scope: string): string {
  const uri = vscode.Uri.parse(scope, true);
  const open = vscode.workspace.workspaceFolders?.find(({ uri: one }) => one.toString() === scope);
  return open?.name ?? (uri.scheme === 'file' ? uri.fsPath : uri.toString(true));
}

/** Only of a folder of this machine can that be told. */
async function isFolderGone(scope: string): Promise<boolean> {
  const uri = scope === '' ? undefined : vscode.Uri.parse(scope, true);
  return uri?.scheme === 'file' && !(await isFolder(uri));
}

function describe(services: Services, entry: StoredName): string {
  const files = filesReferringTo(services, entry);
  const use = files.length > 0 ? `in ${files.join(', ')}` : '';
  return entry.state === 'empty' ? `empty ${use}` : use;
}

/** The open configurations that would take this value. */
export function filesReferringTo(
  { store }: Services,
  { scope, name }: StoredName,
): readonly string[] {
  return store
    .allFiles()
    .filter(({ id, config }) => {
      const uri = vscode.Uri.parse(id, true);
      const beside = vscode.Uri.joinPath(uri, '..').fsPath;
      const refers = neededVariables(config, beside).some((needed) => needed.name === name);
      return refers && (scope === '' || scope === scopeOf(uri));
    })
    .map(({ label }) => label);
}
