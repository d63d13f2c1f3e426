import * as vscode from 'vscode';
import type { NameStates } from '../../core/variables/nameStates';
import type { KeptFile } from './variableFiles';

/** One place of a source: what is known of its names, and its values for a run. */
export interface VariablePlace {
  readonly states: NameStates;
  /** To be read before the states are known. */
  readonly file?: KeptFile;
  valueOf(name: string): string | undefined | Promise<string | undefined>;
}

/** The workspace folder, where the configuration at `uri` is in one. */
export function rootsOf(uri: vscode.Uri): readonly vscode.Uri[] {
  const root = vscode.workspace.getWorkspaceFolder(uri)?.uri;
  return root ? [root] : [];
}

/** Where people keep variables for the configuration at `uri`: beside it, then in its workspace folder. */
export function foldersOf(uri: vscode.Uri): readonly vscode.Uri[] {
  const beside = vscode.Uri.joinPath(uri, '..');
  return [beside, ...rootsOf(uri).filter((root) => root.toString() !== beside.toString())];
}

export function fileIn(folder: vscode.Uri, ...path: readonly string[]): KeptFile {
  return { uri: vscode.Uri.joinPath(folder, ...path), folder };
}
