import * as vscode from 'vscode';
import { oneLine } from '../../core/base/text';
import type { ServerRecord } from '../../core/servers/serverStore';
import { isHostOpen, summarizeRequest } from '../../core/tokenTest/describeRequest';
import { withoutIcons } from '../ui/notifications';
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
 * Those that a person agrees to test, chosen in one list of all that would be sent or started. A
 * program is chosen only by hand, as is a request to a host that a variable or a header names, until
 * it was agreed to before. A program that a row would cut is tested alone. Where nothing is left to
 * agree to, nothing is asked.
 * @returns `undefined` when the list was left
 */
export async function askConsentToAll(
  state: vscode.Memento,
  servers: readonly ReadyServer[],
): Promise<ReadonlySet<ReadyServer> | undefined> {
  const refused = servers.filter(({ target }) => isRefused(target));
  const others = servers.filter((server) => !refused.includes(server));
  const known = await Promise.all(others.map(({ target }) => isApproved(state, target, 'test')));
  const approved = others.filter((_, index) => known[index]);
  const open = others.filter((_, index) => !known[index]);
  const requests = open.filter(({ target }) => target.transport !== 'stdio').flatMap(toItem);
  const programs = open.filter(({ target }) => target.transport === 'stdio').flatMap(toItem);
  if (requests.length + programs.length === 0) {
    return new Set([...refused, ...approved]);
  }
  const before = approved.flatMap(toItem).map((item) => ({ ...item, picked: true }));
  const picked = await vscode.window.showQuickPick<Item>(
    [
      ...under('Sends these requests', requests),
      ...under('Starts these programs on this computer', programs),
      ...under('Agreed to before', before),
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
  const listed = new Set(before.map(({ ready }) => ready));
  return new Set([...refused, ...approved.filter((ready) => !listed.has(ready)), ...chosen]);
}

function under(label: string, items: readonly Item[]): readonly Item[] {
  return items.length === 0 ? [] : [{ label, kind: vscode.QuickPickItemKind.Separator }, ...items];
}

/** None where a row would not show all of it. */
function toItem(ready: ReadyServer): readonly Item[] {
  const { record, target } = ready;
  const summary = summarizeRequest(target);
  if (summary === undefined) {
    return [];
  }
  const [what, how] = summary;
  return [
    {
      label: withoutIcons(oneLine(record.server.name)),
      description: withoutIcons(what),
      detail: withoutIcons(how),
      picked: target.transport !== 'stdio' && !isHostOpen(target),
      ready,
    },
  ];
}
