import * as vscode from 'vscode';
import type { Finding } from '../../core/diagnostics/rule';
import { hasPlace } from '../../core/diagnostics/suppression';
import type { ConfigFile } from '../../core/servers/serverStore';
import type { ProblemArguments } from '../commands/acceptProblem';
import type { FixAllArguments } from '../commands/fixAll';

/*
 * What the lightbulb offers beside the fixes of a finding. Each has a kind of its own, so that a
 * person can bind a key to it.
 */
const { QuickFix } = vscode.CodeActionKind;
const fixAllKind = QuickFix.append('fixAll.mcpAuth');
const moveAllKind = QuickFix.append('moveAll.mcpAuth');
const severityKind = QuickFix.append('severity.mcpAuth');
const acceptKind = QuickFix.append('accept.mcpAuth');

/** For the rules of `findings` that have several safe fixes in the file, then for all of them. */
export function fixAllActions(
  { uri }: vscode.TextDocument,
  file: ConfigFile,
  findings: readonly Finding[],
): readonly vscode.CodeAction[] {
  const counts = safeFixes(file);
  const repeated = rulesOf(findings).filter((rule) => (counts.get(rule) ?? 0) > 1);
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  // Where one rule has them all, its own entry says it better.
  const hasOthers = total > 1 && (counts.size > 1 || repeated.length === 0);
  return [
    ...repeated.map((rule) => fixAllAction(uri, `Fix all ${rule} in this file`, rule)),
    ...(hasOthers ? [fixAllAction(uri, 'Make all safe fixes in this file')] : []),
  ];
}

const movable: ReadonlySet<string> = new Set(['secret-literal', 'secret-default']);

/** For a credential that is not the only one of the file. */
export function moveAllActions(
  { uri }: vscode.TextDocument,
  file: ConfigFile,
  findings: readonly Finding[],
): readonly vscode.CodeAction[] {
  const isMovable = ({ rule }: Finding) => movable.has(rule);
  if (!findings.some(isMovable) || file.findings.filter(isMovable).length < 2) {
    return [];
  }
  const title = 'Move all literals in this file…';
  const action = new vscode.CodeAction(title, moveAllKind);
  action.command = { title, command: 'mcpAuth.secrets.moveAll', arguments: [uri] };
  return [action];
}

/**
 * How severe the rule is, and whether this one finding is accepted: the last of the list. What has
 * no place in the file, as in a script, can only be accepted with all of its rule.
 */
export function acceptActions(
  { uri }: vscode.TextDocument,
  findings: readonly Finding[],
): readonly vscode.CodeAction[] {
  const firstOfRules = findings.filter(
    ({ rule }, index) => findings.findIndex((other) => other.rule === rule) === index,
  );
  const which = findings.length === 1 ? () => '' : ({ rule }: Finding) => ` (${rule})`;
  return [
    ...firstOfRules.map((finding) => {
      const title = `Change severity of ${finding.rule}…`;
      return problemAction(uri, finding, title, 'mcpAuth.rule.setSeverity', severityKind);
    }),
    ...findings
      .filter((finding) => hasPlace(finding) || firstOfRules.includes(finding))
      .map((finding) => {
        const title = hasPlace(finding)
          ? `Accept this problem${which(finding)}…`
          : `Accept every ${finding.rule} in this file…`;
        return problemAction(uri, finding, title, 'mcpAuth.problem.accept', acceptKind);
      }),
  ];
}

const known = new WeakMap<ConfigFile, ReadonlyMap<string, number>>();

/** How many findings of each rule have a safe fix; computed once for each version of a file. */
function safeFixes(file: ConfigFile): ReadonlyMap<string, number> {
  const before = known.get(file);
  if (before !== undefined) {
    return before;
  }
  const counts = new Map<string, number>();
  for (const { rule, fixes } of file.findings) {
    if (fixes?.().some(({ isSafe }) => isSafe)) {
      counts.set(rule, (counts.get(rule) ?? 0) + 1);
    }
  }
  known.set(file, counts);
  return counts;
}

function rulesOf(findings: readonly Finding[]): readonly string[] {
  return [...new Set(findings.map(({ rule }) => rule))];
}

function fixAllAction(uri: vscode.Uri, title: string, rule?: string): vscode.CodeAction {
  const argument: FixAllArguments = {
    uri: uri.toString(),
    ...(rule === undefined ? {} : { rule }),
  };
  const action = new vscode.CodeAction(title, fixAllKind);
  action.command = { title, command: 'mcpAuth.config.fixAll', arguments: [argument] };
  return action;
}

function problemAction(
  uri: vscode.Uri,
  { rule, server, path, message }: Finding,
  title: string,
  command: string,
  kind: vscode.CodeActionKind,
): vscode.CodeAction {
  const argument: ProblemArguments = { uri: uri.toString(), rule, server, path, message };
  const action = new vscode.CodeAction(title, kind);
  action.command = { title, command, arguments: [argument] };
  return action;
}
