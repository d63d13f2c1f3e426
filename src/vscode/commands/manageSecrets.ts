import * as vscode from 'vscode';
import { keychainDeletion } from '../../core/helperScript/keychainHelper';
import type { StoredName } from '../../core/variables/secretIndex';
import {
  copy,
  filesReferringTo,
  helperItems,
  itemsOf,
  remove,
  reveal,
  type StoredSecretItem,
} from '../secrets/storedSecretItems';
import type { Services } from '../services';
import { copyBriefly, copyUnlessHeld } from '../ui/briefClipboard';
import { UserFacingError } from '../ui/errorBoundary';
import { notify } from '../ui/notifications';
import { requireTrust } from '../ui/requireTrust';

/** Lists what the keychain has by folder; a value is shown, copied or deleted when asked for. */
export async function manageSecrets(services: Services): Promise<void> {
  requireTrust('Managing stored secrets reads the keychain');
  const entries = await services.secrets.list();
  const ofHelpers = helperItems(services);
  if (entries.length + ofHelpers.length === 0) {
    void notify.info(
      'The OS keychain has no value of yours yet. The lightbulb on a literal credential moves it there, and "MCP Auth: Set Variable…" keeps a new one.',
    );
    return;
  }
  const chosen = await choose([...(await itemsOf(services, entries)), ...ofHelpers]);
  if (chosen === undefined) {
    return;
  }
  const { item, button } = chosen;
  if (item.account !== undefined) {
    await copyDeletion(item.account);
    return;
  }
  const [entry] = item.entries;
  if (item.entries.length !== 1 || entry === undefined || button === remove) {
    await deleteAfterAsking(services, item.entries);
    return;
  }
  const action = button ?? (await chooseAction(entry));
  if (action === reveal) {
    await revealAfterAsking(services, entry);
  } else if (action === copy) {
    if (await copyBriefly(await valueOf(services, entry))) {
      void notify.info(`The value of ${entry.name} is on the clipboard for one minute.`);
    }
  } else if (action === remove) {
    await deleteAfterAsking(services, [entry]);
  }
}

/** It is another program's keychain: a person deletes there. */
async function copyDeletion(account: string): Promise<void> {
  if (await copyUnlessHeld(keychainDeletion(process.platform, account))) {
    void notify.info(
      `The command that deletes ${account} from the keychain is on the clipboard. Run it in a terminal; the headersHelper then prints nothing.`,
    );
  }
}

interface Choice {
  readonly item: StoredSecretItem;
  /** Absent when the row itself was chosen. */
  readonly button?: vscode.QuickInputButton;
}

function choose(items: readonly StoredSecretItem[]): Promise<Choice | undefined> {
  const pick = vscode.window.createQuickPick<StoredSecretItem>();
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
    prompt: `What is changed here is not kept.${hasBreaks ? ' Each ↵ is a line break.' : ''}`,
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
      ? `${files.join(', ')} ${files.length === 1 ? 'refers' : 'refer'} to it and would have to find it elsewhere.`
      : 'No configuration that is open here refers to it.';
  const choice = await vscode.window.showWarningMessage(
    `Delete ${what} from the OS keychain?`,
    { modal: true, detail: `What is deleted cannot be brought back. ${use}` },
    'Delete',
  );
  if (choice === 'Delete') {
    await services.secrets.delete(entries);
    vscode.window.setStatusBarMessage(`${what} deleted from the OS keychain`, 8000);
  }
}
