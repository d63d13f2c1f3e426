import * as vscode from 'vscode';
import { serverId, type ServerRecord, type ServerStore } from '../../core/servers/serverStore';
import { serverLenses, type ServerLens } from '../../core/tree/serverLens';
import type { ConfigDocuments } from '../config/configDocuments';
import { configDocumentSelector } from '../config/configFiles';
import { toRange } from '../convert';
import { withoutIcons } from '../ui/notifications';

const setting = 'mcpAuth.codeLens';

/** Ages grow by the minute. */
const ageIntervalMs = 60_000;

/** The state of each server over its entry, and what can be done with it. */
export function registerServerLenses(
  store: ServerStore,
  documents: ConfigDocuments,
): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  const refresh = () => changed.fire();
  const provider: vscode.CodeLensProvider = {
    onDidChangeCodeLenses: changed.event,
    provideCodeLenses(document) {
      const isOn = vscode.workspace.getConfiguration(undefined, document.uri).get(setting) === true;
      const file = isOn ? documents.current(document) : undefined;
      return file === undefined
        ? []
        : store.servers(file).flatMap((record) => lensesOf(document, record));
    },
  };
  return vscode.Disposable.from(
    changed,
    vscode.languages.registerCodeLensProvider(configDocumentSelector, provider),
    store.onDidChange(refresh),
    vscode.workspace.onDidGrantWorkspaceTrust(refresh),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(setting)) {
        refresh();
      }
    }),
    followAges(store, refresh),
  );
}

function lensesOf(document: vscode.TextDocument, record: ServerRecord): vscode.CodeLens[] {
  const range = toRange(document, record.server.nameRange);
  const { isTrusted } = vscode.workspace;
  return serverLenses(record, { now: Date.now(), isTrusted }).map(
    (lens) => new vscode.CodeLens(range, commandOf(lens, record)),
  );
}

const commandIds: Readonly<Record<NonNullable<ServerLens['action']>, string>> = {
  test: 'mcpAuth.server.test',
  'sign-in': 'mcpAuth.server.signIn',
  'show-report': 'mcpAuth.server.showReport',
};

/** A lens without a command is text. */
function commandOf(
  { title, tooltip, action }: ServerLens,
  { file, server }: ServerRecord,
): vscode.Command {
  const shown = { title: withoutIcons(title), tooltip };
  return action === undefined
    ? { ...shown, command: '' }
    : { ...shown, command: commandIds[action], arguments: [{ id: serverId(file, server) }] };
}

/** What is shown of it changes by itself. */
function hasAge({ lastTest, login }: ServerRecord): boolean {
  return lastTest !== undefined || (login?.kind === 'read' && login.login !== undefined);
}

/** Refreshes now and then, only while an editor is in sight that shows the age of something. */
function followAges(store: ServerStore, refresh: () => void): vscode.Disposable {
  let timer: NodeJS.Timeout | undefined;
  const follow = () => {
    const isInSight = vscode.window.visibleTextEditors.some(({ document }) => {
      const file = store.file(document.uri.toString());
      return file && store.servers(file).some(hasAge);
    });
    if (isInSight) {
      timer ??= setInterval(refresh, ageIntervalMs);
    } else {
      clearInterval(timer);
      timer = undefined;
    }
  };
  return vscode.Disposable.from(
    store.onDidChange(follow),
    vscode.window.onDidChangeVisibleTextEditors(follow),
    { dispose: () => clearInterval(timer) },
  );
}
