import * as vscode from 'vscode';
import { oneLine } from '../../core/base/text';
import type { OffsetRange } from '../../core/base/range';
import type { McpServer } from '../../core/config/mcpConfig';
import { serverId, type ServerRecord } from '../../core/servers/serverStore';
import type { NextAction } from '../../core/tokenTest/nextAction';
import { editsForAction, findAgain, rangeOfField } from '../../core/tokenTest/nextActionEdits';
import type { TokenTestOptions } from '../../core/tokenTest/tokenTestOptions';
import { toRange, toTextEdits } from '../convert';
import type { Services } from '../services';
import { UserFacingError } from '../ui/errorBoundary';

/** What an action is taken on. */
export interface ActionContext {
  readonly services: Services;
  readonly record: ServerRecord;
  testAgain(options?: TokenTestOptions): Promise<void>;
}

interface ActionRow<A> {
  /** On the button. */
  readonly label: (action: A) => string;
  readonly run: (context: ActionContext, action: A) => unknown;
}

type ActionRows = {
  readonly [K in NextAction['kind']]: ActionRow<Extract<NextAction, { readonly kind: K }>>;
};

const rows: ActionRows = {
  'set-variable': {
    label: ({ name }) => `Set ${oneLine(name, 60)}…`,
    run: ({ record }, { name }) =>
      vscode.commands.executeCommand('mcpAuth.variable.set', { uri: record.file.id, name }),
  },
  'open-entry': {
    label: ({ field }) => `Open ${field}`,
    run: ({ services, record }, { field }) => openField(services, record, field),
  },
  'replace-url': {
    label: () => 'Replace the URL',
    run: ({ services, record }, action) => edit(services, record, action, 'url'),
  },
  'change-type': {
    label: ({ transport }) => `Change the Type to ${transport}`,
    run: ({ services, record }, action) => edit(services, record, action, 'type'),
  },
  'sign-in': {
    label: () => 'Sign In',
    run: ({ record: { file, server } }) =>
      vscode.commands.executeCommand('mcpAuth.server.signIn', { id: serverId(file, server) }),
  },
  'test-again': {
    label: () => 'Test Again',
    run: ({ testAgain }) => testAgain(),
  },
  'test-unverified': {
    label: () => 'Test Without Verifying…',
    run: ({ record, testAgain }) => testUnverified(record, testAgain),
  },
  'open-setting': {
    label: () => 'Open the Setting',
    run: (_, { setting }) =>
      vscode.commands.executeCommand('workbench.action.openSettings', `@id:${setting}`),
  },
};

export function labelOf(action: NextAction): string {
  return rowOf(action).label(action);
}

export async function takeAction(context: ActionContext, action: NextAction): Promise<void> {
  await rowOf(action).run(context, action);
}

/** The row of its own kind: what TypeScript cannot see across a union. */
function rowOf(action: NextAction): ActionRow<NextAction> {
  return rows[action.kind] as ActionRow<NextAction>;
}

/** Shows the file with the part of the entry selected that has to change. */
async function openField(services: Services, record: ServerRecord, field: string): Promise<void> {
  const { document, server } = await openEntry(services, record);
  await select(document, rangeOfField(server, field));
}

/** Changes the entry as it stands in the file now: one undo, and nothing is saved. */
async function edit(
  services: Services,
  record: ServerRecord,
  action: NextAction,
  field: string,
): Promise<void> {
  const { document, server, isReadOnly } = await openEntry(services, record);
  const changes = isReadOnly ? [] : editsForAction(server, action);
  if (changes.length > 0) {
    const workspaceEdit = new vscode.WorkspaceEdit();
    workspaceEdit.set(document.uri, toTextEdits(document, changes));
    if (!(await vscode.workspace.applyEdit(workspaceEdit))) {
      throw new UserFacingError('The file changed meanwhile. Test again.');
    }
  }
  await openField(services, record, field);
}

/** @throws UserFacingError where the entry is gone */
async function openEntry(
  { documents }: Services,
  { file, server }: ServerRecord,
): Promise<{
  readonly document: vscode.TextDocument;
  readonly server: McpServer;
  readonly isReadOnly: boolean;
}> {
  const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(file.id, true));
  const config = documents.current(document)?.config;
  const again = config && findAgain(config, server);
  if (config === undefined || again === undefined) {
    throw new UserFacingError(`${oneLine(server.name)} is not in ${file.label} any more.`);
  }
  return { document, server: again, isReadOnly: config.place.isReadOnly };
}

async function select(document: vscode.TextDocument, range: OffsetRange): Promise<void> {
  await vscode.window.showTextDocument(document, { selection: toRange(document, range) });
}

async function testUnverified(
  { server }: ServerRecord,
  testAgain: ActionContext['testAgain'],
): Promise<void> {
  const button = 'Test Without Verifying';
  const choice = await vscode.window.showWarningMessage(
    `Test ${oneLine(server.name)} once without verifying its certificate?`,
    {
      modal: true,
      detail:
        'Whoever answers in the place of the server gets the credential. This shows what stands behind the certificate; Claude Code still refuses it.',
    },
    button,
  );
  if (choice === button) {
    await testAgain({ insecure: true });
  }
}
