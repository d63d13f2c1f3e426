import * as vscode from 'vscode';
import { oneLine } from '../../core/base/text';
import { changeDenyRules, readDenyRules } from '../../core/denyTools/changeDenyRules';
import {
  changesFor,
  describeChanges,
  planChoices,
  type ToolChoice,
} from '../../core/denyTools/denyPlan';
import { serverId, type ServerRecord } from '../../core/servers/serverStore';
import type { TokenTestOptions } from '../../core/tokenTest/tokenTestOptions';
import type { TokenTestOutcome } from '../../core/tokenTest/tokenTestOutcome';
import {
  findProjectSettings,
  readSettings,
  settingsName,
  writeSettings,
} from '../claudeCode/projectSettings';
import type { Services } from '../services';
import { askConsent } from '../tokenTest/consent';
import { requireTrust } from '../ui/requireTrust';
import { resolveAsking } from '../tokenTest/resolveForTest';
import { createPorts, runTest, withTestProgress } from '../tokenTest/runTest';
import { keepOutcome, tellOutcome } from '../tokenTest/tellOutcome';
import { UserFacingError } from '../ui/errorBoundary';
import { notify } from '../ui/notifications';
import { pickServer } from './pickServer';

type Accepted = Extract<TokenTestOutcome, { kind: 'accepted' }>;

/** Keeps tools of a server from Claude Code in this project: those that are ticked in its list. */
export function denyTools(services: Services, row: unknown): Promise<void> {
  return deny(services, row);
}

async function deny(services: Services, row: unknown, options?: TokenTestOptions): Promise<void> {
  requireTrust('Asking a server for its tools sends credentials');
  const question = 'Deny tools of which server?';
  const record = await pickServer(services.store, row, 'canDenyTools', question);
  const settings = record && (await findProjectSettings(services, record));
  if (record === undefined || settings === undefined) {
    return;
  }
  const before = await readSettings(settings);
  const rules = readDenyRules(before);
  if (typeof rules === 'string') {
    throw new UserFacingError(
      `${settingsName} cannot be changed because ${rules}. Correct the file, then try again.`,
    );
  }
  const listed = await listTools(services, record, options);
  if (listed === undefined) {
    return;
  }
  const choices = planChoices(record.server.name, listed.tools ?? [], rules);
  if (choices.length === 0) {
    throw new UserFacingError(`${oneLine(record.server.name)} lists no tools to deny.`);
  }
  const chosen = await choose(record, choices, listed.hasMoreTools);
  if (chosen === undefined) {
    return;
  }
  const changes = changesFor(choices, chosen);
  if (changes.add.length + changes.remove.length === 0) {
    void notify.info(`${settingsName} denies these tools already. Nothing was changed.`);
    return;
  }
  if (changes.remove.length > 0 && !(await agreesToAllow(changes.remove))) {
    return;
  }
  await writeSettings(settings, before, changeDenyRules(before, changes));
  void notify.info(describeChanges(changes, settingsName));
}

/** What the server lists to whoever has the credential; where it refuses, that is told. */
async function listTools(
  services: Services,
  record: ServerRecord,
  options?: TokenTestOptions,
): Promise<Accepted | undefined> {
  const resolved = await resolveAsking(services, record);
  if (resolved === undefined) {
    return undefined;
  }
  const { target, circumstances } = resolved;
  if (!(await askConsent(services.workspaceState, target, 'test'))) {
    return undefined;
  }
  const ports = await createPorts(services);
  const result = await withTestProgress(target.serverName, (signal) =>
    runTest(services, record, target, ports, signal, {
      ...options,
      circumstances,
      listTools: true,
    }),
  );
  const { outcome } = result;
  if (outcome.kind === 'cancelled') {
    return undefined;
  }
  keepOutcome(services, record, result);
  if (outcome.kind === 'accepted') {
    return outcome;
  }
  const id = serverId(record.file, record.server);
  await tellOutcome(services, record, result, (next) => deny(services, { id }, next));
  return undefined;
}

async function choose(
  { server }: ServerRecord,
  choices: readonly ToolChoice[],
  hasMore: boolean,
): Promise<ReadonlySet<ToolChoice> | undefined> {
  const items = choices.map((choice) => ({
    label: withoutIcons(choice.names.map((name) => oneLine(name, 80)).join(', ')),
    description: withoutIcons(describe(choice)),
    picked: choice.isPreselected,
    choice,
    ...(choice.description !== undefined && { detail: withoutIcons(choice.description) }),
  }));
  const placeHolder = hasMore
    ? 'Tick what Claude Code must not use in this project. The server has more tools than it listed'
    : 'Tick what Claude Code must not use in this project';
  const picked = await vscode.window.showQuickPick(items, {
    title: `Deny Tools of ${oneLine(server.name, 60)} in ${settingsName}`,
    placeHolder,
    canPickMany: true,
    matchOnDescription: true,
    ignoreFocusOut: true,
  });
  return picked && new Set(picked.map(({ choice }) => choice));
}

function describe({ isDenied, deniedBy, reason }: ToolChoice): string {
  if (deniedBy !== undefined) {
    return `denied by ${oneLine(deniedBy, 60)}, which stays · ${reason}`;
  }
  return isDenied ? `denied · ${reason}` : reason;
}

/** An escaped `$(` is no icon. */
function withoutIcons(text: string): string {
  return text.replaceAll('$(', '\\$(');
}

async function agreesToAllow(rules: readonly string[]): Promise<boolean> {
  const button = 'Allow Again';
  const message =
    rules.length === 1
      ? 'Allow a tool again that is denied now?'
      : `Allow ${rules.length} tools again that are denied now?`;
  const shown = rules.slice(0, 20).map((rule) => oneLine(rule, 120));
  const rest = rules.length > shown.length ? [`and ${rules.length - shown.length} more`] : [];
  const detail = [`To be removed from ${settingsName}:`, ...shown, ...rest].join('\n');
  return (
    (await vscode.window.showWarningMessage(message, { modal: true, detail }, button)) === button
  );
}
