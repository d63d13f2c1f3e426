import * as vscode from 'vscode';
import type { StoredName } from '../../core/variables/storedSecrets';
import { neededVariables } from '../../core/variables/neededVariables';
import { isFolder } from '../config/configFiles';
import type { Services } from '../services';
import { copyBriefly } from '../ui/briefClipboard';
import { UserFacingError } from '../ui/errorBoundary';
import { notify } from '../ui/notifications';

const reveal: vscode.QuickInputButton = {
  iconPath: new vscode.ThemeIcon('eye'),
  tooltip: 'Reveal the Value',
};
const copy: vscode.QuickInputButton = {
  iconPath: new vscode.ThemeIcon('copy'),
  tooltip: 'Copy the Value for One Minute',
};
const remove: vscode.QuickInputButton = {
  iconPath: new vscode.ThemeIcon('trash'),
  tooltip: 'Delete',
};

interface Item extends vscode.QuickPickItem {
  /** What the row stands for: one value, or all of a folder that is gone. */
  readonly entries: readonly StoredName[];
}

/** Lists what the keychain has by folder; a value is shown, copied or deleted when asked for. */
export async function manageSecrets(services: Services): Promise<void> {
  if (!vscode.workspace.isTrusted) {
    throw new UserFacingError(
      'Stored secrets are listed in a trusted workspace only. Run "Workspaces: Manage Workspace Trust" first.',
    );
  }
  const entries = await services.secrets.list();
  if (entries.length === 0) {
    void notify.info(
      'The OS keychain has no value of yours yet. The lightbulb on a literal credential moves it there, and "MCP Auth: Set Variable…" keeps a new one.',
    );
    return;
  }
  const chosen = await choose(await itemsOf(services, entries));
  if (chosen === undefined) {
    return;
  }
  const { item, button } = chosen;
  const [entry] = item.entries;
  if (item.entries.length !== 1 || entry === undefined || button === remove) {
    await deleteAfterAsking(services, item.entries);
    return;
  }
  const action = button ?? (await chooseAction(entry));
  if (action === reveal) {
    await revealAfterAsking(services, entry);
  } else if (action === copy) {
    await copyBriefly(await valueOf(services, entry));
    void notify.info(`The value of ${entry.name} is on the clipboard for one minute.`);
  } else if (action === remove) {
    await deleteAfterAsking(services, [entry]);
  }
}

interface Choice {
  readonly item: Item;
  /** Absent when the row itself was chosen. */
  readonly button?: vscode.QuickInputButton;
}

function choose(items: readonly Item[]): Promise<Choice | undefined> {
  const pick = vscode.window.createQuickPick<Item>();
  pick.title = 'Stored Secrets';
  pick.placeholder = 'Names only. Choose one to reveal, copy or delete its value.';
  pick.items = items;
  pick.matchOnDescription = true;
  return new Promise((resolve) => {
    pick.onDidTriggerItemButton(({ item, button }) => {
      resolve({ item, button });
      pick.hide();
    });
    pick.onDidAccept(() => {
      const [item] = pick.selectedItems;
      resolve(item && { item });
      pick.hide();
    });
    pick.onDidHide(() => {
      resolve(undefined);
      pick.dispose();
    });
    pick.show();
  });
}

async function chooseAction({ name }: StoredName): Promise<vscode.QuickInputButton | undefined> {
  const items = [reveal, copy, remove].map((button) => ({ label: button.tooltip ?? '', button }));
  const placeHolder = `What is to be done with ${name}?`;
  return (await vscode.window.showQuickPick(items, { placeHolder }))?.button;
}

async function itemsOf(
  services: Services,
  entries: readonly StoredName[],
): Promise<readonly Item[]> {
  const items: Item[] = [];
  for (const scope of [...new Set(entries.map((entry) => entry.scope))].sort()) {
    const own = entries
      .filter((entry) => entry.scope === scope)
      .sort((a, b) => a.name.localeCompare(b.name));
    const isGone = await isFolderGone(scope);
    const label = scope === '' ? 'Outside of any folder' : folderLabel(scope);
    const kind = vscode.QuickPickItemKind.Separator;
    items.push({ label: isGone ? `${label} (not there any more)` : label, kind, entries: [] });
    items.push(
      ...own.map((entry): Item => ({
        label: entry.name,
        description: describe(services, entry),
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
function filesReferringTo({ store }: Services, { scope, name }: StoredName): readonly string[] {
  return store
    .allFiles()
    .filter(({ id, config }) => {
      const uri = vscode.Uri.parse(id, true);
      const folder = vscode.workspace.getWorkspaceFolder(uri)?.uri.toString() ?? '';
      const beside = vscode.Uri.joinPath(uri, '..').fsPath;
      const refers = neededVariables(config, beside).some((needed) => needed.name === name);
      return refers && (scope === '' || scope === folder);
    })
    .map(({ label }) => label);
}

/** @throws UserFacingError where the list is older than the keychain */
async function valueOf({ secrets }: Services, entry: StoredName): Promise<string> {
  const value = await secrets.valueOf(entry);
  if (value === undefined) {
    await secrets.delete([entry]);
    throw new UserFacingError(`The keychain has no value for ${entry.name} any more.`);
  }
  return value;
}

async function revealAfterAsking(services: Services, entry: StoredName): Promise<void> {
  const show = 'Show the Value';
  const choice = await vscode.window.showWarningMessage(
    `Show the value of ${entry.name}?`,
    { modal: true, detail: 'It can be read on this screen until you close it.' },
    show,
  );
  if (choice !== show) {
    return;
  }
  const value = await valueOf(services, entry);
  const hasBreaks = /[\r\n]/.test(value);
  await vscode.window.showInputBox({
    title: entry.name,
    // The box has one line, and would drop what breaks it.
    value: value.replace(/\r\n|\r|\n/g, '↵'),
    prompt: `Escape closes it. What is changed here is not kept.${hasBreaks ? ' Each ↵ is a line break.' : ''}`,
  });
}

async function deleteAfterAsking(
  services: Services,
  entries: readonly StoredName[],
): Promise<void> {
  const [first] = entries;
  if (first === undefined) {
    return;
  }
  const what = entries.length === 1 ? first.name : `${entries.length} values`;
  const files = [...new Set(entries.flatMap((entry) => filesReferringTo(services, entry)))];
  const use =
    files.length > 0
      ? `${files.join(', ')} ${files.length === 1 ? 'refers' : 'refer'} to it and would find no value.`
      : 'No configuration that is open here refers to it.';
  const choice = await vscode.window.showWarningMessage(
    `Delete ${what} from the OS keychain?`,
    { modal: true, detail: `It cannot be brought back. ${use}` },
    'Delete',
  );
  if (choice === 'Delete') {
    await services.secrets.delete(entries);
    vscode.window.setStatusBarMessage(`${what} deleted from the OS keychain`, 8000);
  }
}
