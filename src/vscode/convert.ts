import * as vscode from 'vscode';
import { LineMap } from '../core/base/lineMap';
import { rangeEnd, type OffsetRange, type TextEdit } from '../core/base/range';
import type { Finding, Severity } from '../core/diagnostics/rule';

/** Between the core's offsets and the editor's positions: nothing else converts. */
export interface PositionMap {
  positionAt(offset: number): { readonly line: number; readonly character: number };
}

export function toRange(map: PositionMap, range: OffsetRange): vscode.Range {
  const start = map.positionAt(range.offset);
  const end = map.positionAt(rangeEnd(range));
  return new vscode.Range(start.line, start.character, end.line, end.character);
}

const severities: Readonly<Record<Severity, vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
  hint: vscode.DiagnosticSeverity.Hint,
};

/** `edits` of one version of a document, for that version. */
export function toTextEdits(map: PositionMap, edits: readonly TextEdit[]): vscode.TextEdit[] {
  return edits.map(({ range, newText }) => new vscode.TextEdit(toRange(map, range), newText));
}

export function toDiagnostics(
  text: string,
  findings: readonly Finding[],
): readonly vscode.Diagnostic[] {
  const map = new LineMap(text);
  return findings.map((finding) => toDiagnostic(map, finding));
}

export function toDiagnostic(map: PositionMap, finding: Finding): vscode.Diagnostic {
  const { message, range, rule, severity } = finding;
  const diagnostic = new vscode.Diagnostic(toRange(map, range), message, severities[severity]);
  diagnostic.source = 'mcp-auth';
  diagnostic.code = { value: rule, target: rulePage(rule) };
  return diagnostic;
}

/** A link that opens the page of a rule, which ships with the extension. */
function rulePage(rule: string): vscode.Uri {
  const argument = encodeURIComponent(JSON.stringify([rule]));
  return vscode.Uri.parse(`command:mcpAuth.rule.explain?${argument}`);
}
