import * as vscode from 'vscode';
import type { FindingOptions, RuleSettings } from '../../core/diagnostics/findFindings';
import { readSuppressions, suppressionOf } from '../../core/diagnostics/readSuppressions';
import type { Finding, Severity } from '../../core/diagnostics/rule';

/** Whether findings may be others after a change of settings. */
export function affectsRules(event: vscode.ConfigurationChangeEvent): boolean {
  return ['mcpAuth.rules', 'mcpAuth.suppressed'].some((key) => event.affectsConfiguration(key));
}

/** What people chose for the rules at `uri`, and which of its findings they accept. */
export function readRuleSettings(
  uri: vscode.Uri,
): Pick<FindingOptions, 'settings' | 'suppressions'> {
  const configuration = vscode.workspace.getConfiguration('mcpAuth', uri);
  const suppressed = configuration.inspect<unknown>('suppressed');
  // Of lists the editor knows only the innermost; what the user accepts counts in a folder as well.
  const levels = [
    suppressed?.globalValue,
    suppressed?.workspaceValue,
    suppressed?.workspaceFolderValue,
  ];
  const names = [fileNameOf(uri), uri.fsPath.replaceAll('\\', '/')];
  return {
    settings: configuration.get<RuleSettings>('rules', {}),
    suppressions: levels.flatMap((level) => readSuppressions(level, names)),
  };
}

/** Accepts a finding of the file at `uri` from now on. */
export async function suppress(
  uri: vscode.Uri,
  finding: Pick<Finding, 'rule' | 'server' | 'path'>,
  reason: string,
): Promise<void> {
  const entry = suppressionOf(finding, fileNameOf(uri), reason);
  await change(uri, 'suppressed', (value) => [...(Array.isArray(value) ? value : []), entry]);
}

/** Changes how severe a rule is for the file at `uri` and those beside it. */
export async function setSeverity(
  uri: vscode.Uri,
  rule: string,
  severity: Severity | 'off',
): Promise<void> {
  await change(uri, 'rules', (value) => ({ ...(value as RuleSettings), [rule]: severity }));
}

/** Where the settings for `uri` are written, as a person names it. */
export function settingsFileOf(uri: vscode.Uri): string {
  return targetOf(uri) === vscode.ConfigurationTarget.Global
    ? 'your user settings'
    : '.vscode/settings.json';
}

/** Relative to its folder, so that it means the same on another machine; else the full path. */
function fileNameOf(uri: vscode.Uri): string {
  return vscode.workspace.asRelativePath(uri, false).replaceAll('\\', '/');
}

async function change(
  uri: vscode.Uri,
  key: 'rules' | 'suppressed',
  next: (value: unknown) => unknown,
): Promise<void> {
  const configuration = vscode.workspace.getConfiguration('mcpAuth', uri);
  const target = targetOf(uri);
  const values = configuration.inspect<unknown>(key);
  const isGlobal = target === vscode.ConfigurationTarget.Global;
  const value = isGlobal ? values?.globalValue : values?.workspaceFolderValue;
  await configuration.update(key, next(value), target);
}

/** Beside the file, where those who share it see it; a file outside the workspace is one's own. */
function targetOf(uri: vscode.Uri): vscode.ConfigurationTarget {
  return vscode.workspace.getWorkspaceFolder(uri) === undefined
    ? vscode.ConfigurationTarget.Global
    : vscode.ConfigurationTarget.WorkspaceFolder;
}
