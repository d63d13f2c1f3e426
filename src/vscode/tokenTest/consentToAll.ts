import * as vscode from 'vscode';
import { oneLine } from '../../core/base/text';
import type { ServerRecord } from '../../core/servers/serverStore';
import { isHostOpen, summarizeRequest } from '../../core/tokenTest/describeRequest';
import { approve, isApproved, isRefused } from './consent';
import type { ResolvedServer } from './resolveForTest';

/** A server that could be tested now. */
export interface ReadyServer extends ResolvedServer {
  readonly record: ServerRecord;
}

interface Item extends vscode.QuickPickItem {
  readonly ready?: ReadyServer;
}

/**
 * Those that a person agrees to test. Every request that was not approved before is in one list, and
 * chosen there; a program to start is in it as well, and is chosen only by hand, as is a request to a
 * host that a variable or a header names. A program that a row would cut is tested alone. Where no
 * request is new nothing is asked, and what was never started is not.
 * @returns `undefined` when the list was left
 */
export async function askConsentToAll(
  state: vscode.Memento,
  servers: readonly ReadyServer[],
): Promise<ReadonlySet<ReadyServer> | undefined> {
  const known = await Promise.all(
    servers.map(
      async ({ target }) => isRefused(target) || (await isApproved(state, target, 'test')),
    ),
  );
  const approved = servers.filter((_, index) => known[index]);
  const open = servers.filter((_, index) => !known[index]);
  const requests = open.filter(({ target }) => target.transport !== 'stdio');
  if (requests.length === 0) {
    return new Set(approved);
  }
  const programs = open.filter(({ target }) => target.transport === 'stdio').flatMap(toItem);
  const picked = await vscode.window.showQuickPick<Item>(
    [
      separator('Sends these requests'),
      ...requests.flatMap(toItem),
      ...(programs.length === 0 ? [] : [separator('Starts these programs on this computer')]),
      ...programs,
    ],
    {
      title: 'Test All Servers: what will be sent, with names in the place of values',
      placeHolder: 'Test which? You are asked again when any of this changes',
      canPickMany: true,
      ignoreFocusOut: true,
      matchOnDescription: true,
      matchOnDetail: true,
    },
  );
  if (picked === undefined) {
    return undefined;
  }
  const chosen = picked.flatMap(({ ready }) => ready ?? []);
  await approve(
    state,
    chosen.map(({ target }) => target),
    'test',
  );
  return new Set([...approved, ...chosen]);
}

function separator(label: string): Item {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}

/** None where a row would not show all of it. An escaped `$(` is no icon. */
function toItem(ready: ReadyServer): readonly Item[] {
  const escape = (text: string) => text.replaceAll('$(', '\\$(');
  const { record, target } = ready;
  const summary = summarizeRequest(target);
  if (summary === undefined) {
    return [];
  }
  const [what, how] = summary;
  return [
    {
      label: escape(oneLine(record.server.name)),
      description: escape(what),
      detail: escape(how),
      picked: target.transport !== 'stdio' && !isHostOpen(target),
      ready,
    },
  ];
}
