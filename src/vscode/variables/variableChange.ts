import type * as vscode from 'vscode';
import type { Names } from '../../core/variables/nameStates';

/** Variables of which something else is known now. */
export interface VariableChange {
  readonly names: Names;
  /**
   * The folder in which they are kept: they are those of the configurations in it, and below it if
   * it is a workspace folder. Absent: they are those of every configuration.
   */
  readonly folder?: vscode.Uri;
}
