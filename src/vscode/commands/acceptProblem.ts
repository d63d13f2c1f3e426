import * as vscode from 'vscode';
import type { JsonPath } from '../../core/config/json';
import type { Severity } from '../../core/diagnostics/rule';
import { allRules } from '../../core/diagnostics/rules/allRules';
import { hasPlace } from '../../core/diagnostics/suppression';
import { setSeverity, settingsFileOf, suppress } from '../config/ruleSettings';
import { UserFacingError } from '../ui/errorBoundary';

/** What the lightbulb hands to both commands: one finding, without its text. */
export interface ProblemArguments {
  readonly uri: string;
  readonly rule: string;
  readonly server: string | undefined;
  readonly path: JsonPath;
  readonly message: string;
}

/** Keeps a finding from being shown again, with the reason that a person gives. */
export async function acceptProblem(target: unknown): Promise<void> {
  const problem = asProblem(target);
  const uri = vscode.Uri.parse(problem.uri, true);
  const effect = hasPlace(problem)
    ? 'It is not shown again'
    : `No ${problem.rule} is shown in this file any more`;
  const reason = await vscode.window.showInputBox({
    title: `Accept this problem: ${problem.rule}`,
    prompt: `${problem.message} ${effect}; your reason is kept in ${settingsFileOf(uri)}.`,
    placeHolder: 'Why is this acceptable here?',
    ignoreFocusOut: true,
    validateInput: (value) =>
      value.trim() === '' ? 'Write a reason, for whoever reads the setting next.' : undefined,
  });
  if (reason !== undefined) {
    await suppress(uri, problem, reason.trim());
  }
}

const choices: readonly { readonly id: Severity | 'off'; readonly detail: string }[] = [
  { id: 'error', detail: 'A red underline' },
  { id: 'warning', detail: 'A yellow underline' },
  { id: 'information', detail: 'A blue underline' },
  { id: 'hint', detail: 'Three dots under the text, and nothing in Problems' },
  { id: 'off', detail: 'Not shown at all' },
];

/** Changes how severe a rule is, for all files that the settings of this one are for. */
export async function changeSeverity(target: unknown): Promise<void> {
  const { uri: id, rule } = asProblem(target);
  const uri = vscode.Uri.parse(id, true);
  const normal = allRules.find((known) => known.id === rule)?.severity;
  const items = choices.map((choice) => ({
    ...choice,
    label: choice.id,
    description: choice.id === normal ? 'default' : '',
  }));
  const picked = await vscode.window.showQuickPick(items, {
    title: `Severity of ${rule}`,
    placeHolder: `Kept in ${settingsFileOf(uri)}`,
  });
  if (picked !== undefined) {
    await setSeverity(uri, rule, picked.id);
  }
}

function asProblem(target: unknown): ProblemArguments {
  if (typeof target !== 'object' || target === null || !('rule' in target)) {
    throw new UserFacingError('Put the cursor on a problem and choose this from its lightbulb.');
  }
  return target as ProblemArguments;
}
