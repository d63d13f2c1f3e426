import * as vscode from 'vscode';
import type { ConfigFile } from '../../core/servers/serverStore';
import { programLine } from '../../core/shell/programLine';
import {
  decided,
  describeHandover,
  handedOver,
  type Handover,
  type PlacedValue,
} from '../../core/variables/handover';
import { neededVariables, type NeededVariable } from '../../core/variables/neededVariables';
import { findClaude, tellHowToInstall } from '../claudeCode/findClaude';
import { planFor } from '../claudeCode/handoverPlan';
import { openSecretTerminal } from '../claudeCode/secretTerminal';
import { setValue } from '../secrets/setValue';
import type { Services } from '../services';
import { notify } from '../ui/notifications';
import { requireTrust } from '../ui/requireTrust';
import { pickConfig } from './pickConfig';

/** Starts Claude Code in a terminal that has the kept values of a configuration's variables. */
export async function openWithSecrets(services: Services, target: unknown): Promise<void> {
  requireTrust('Opening Claude Code starts a program and hands it credentials');
  const placeHolder = 'Open Claude Code with the secrets of which configuration?';
  const file = await pickConfig(services.store, target, placeHolder);
  if (file === undefined) {
    return;
  }
  const claude = await findClaude(services.machine);
  if (claude === undefined && (await tellHowToInstall('Open Terminal Only')) === undefined) {
    return;
  }
  const uri = vscode.Uri.parse(file.id, true);
  const cwd = startFolder(uri);
  const plan = await agreedPlan(services, file, neededVariables(file.config, cwd.fsPath));
  if (plan === undefined) {
    return;
  }
  const command = claude && programLine(claude, vscode.env.shell);
  const lines = describeHandover(plan);
  await openSecretTerminal({ cwd, env: handedOver(plan), lines, command });
  // What has no value was told before.
  const [, ...warnings] = describeHandover(plan.filter(({ kind }) => kind !== 'missing'));
  if (claude !== undefined && command === undefined) {
    warnings.push('The path of Claude Code cannot be typed into this shell. Start it by hand.');
  }
  if (warnings.length > 0) {
    void notify.info(warnings.join(' '));
  }
}

/** Claude Code reads a project's files from the folder it starts in, and those of a user anywhere. */
function startFolder(uri: vscode.Uri): vscode.Uri {
  const beside = vscode.Uri.joinPath(uri, '..');
  if (vscode.workspace.getWorkspaceFolder(uri) === undefined) {
    return vscode.workspace.workspaceFolders?.[0]?.uri ?? beside;
  }
  return beside.path.endsWith('/.claude-plugin') ? vscode.Uri.joinPath(beside, '..') : beside;
}

/** The plan with every question answered; `undefined` when one was left. */
async function agreedPlan(
  services: Services,
  file: ConfigFile,
  needed: readonly NeededVariable[],
): Promise<readonly Handover[] | undefined> {
  const uri = vscode.Uri.parse(file.id, true);
  let plan = await planFor(services, uri, needed);
  const missing = namesOf(plan, 'missing');
  if (missing.length > 0) {
    const choice = await vscode.window.showWarningMessage(
      `${missing.join(', ')} ${missing.length === 1 ? 'has' : 'have'} no value anywhere.`,
      {
        modal: true,
        detail: 'Claude Code would pass each reference on as it is written.',
      },
      'Set Value…',
      'Open Anyway',
    );
    if (choice === undefined) {
      return undefined;
    }
    if (choice === 'Set Value…') {
      const typed = new Map<string, PlacedValue>();
      for (const name of missing) {
        const value = await setValue(services, uri, name);
        if (value === undefined) {
          return undefined;
        }
        typed.set(name, value);
      }
      plan = await planFor(services, uri, needed, typed);
    }
  }
  const other = namesOf(plan, 'conflict');
  if (other.length === 0) {
    return plan;
  }
  const useKept = 'Use the Kept Values';
  const choice = await vscode.window.showWarningMessage(
    `${other.join(', ')} ${other.length === 1 ? 'is' : 'are'} set to another value where Claude Code would look.`,
    { modal: true, detail: describeConflicts(plan) },
    useKept,
    'Keep What Is Set',
  );
  return choice && decided(plan, choice === useKept);
}

function namesOf(plan: readonly Handover[], kind: Handover['kind']): readonly string[] {
  return plan.filter((item) => item.kind === kind).map(({ name }) => name);
}

function describeConflicts(plan: readonly Handover[]): string {
  const lines = plan.flatMap((item) =>
    item.kind === 'conflict' ? [`${item.name}: set in ${item.source}, kept in ${item.from}.`] : [],
  );
  return [...lines, 'The kept values would be for this terminal alone.'].join('\n');
}
