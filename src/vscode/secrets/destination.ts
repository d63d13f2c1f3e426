import type * as vscode from 'vscode';
import type { TextEdit } from '../../core/base/range';
import type { Fix } from '../../core/diagnostics/rule';
import type { McpConfig } from '../../core/config/mcpConfig';
import type { Services } from '../services';

/** Where a value can go when it leaves a configuration. */
export type DestinationId = 'store' | 'dotEnv' | 'claudeSettings' | 'keychainHelper' | 'shellLine';

/** A credential and the variable that is to stand for it. */
export interface NamedValue {
  readonly variable: string;
  readonly value: string;
  /** Other names that would not do: they mean another value already. */
  readonly avoid?: ReadonlySet<string>;
  /** What refers to the value is there already: it can have no other name. */
  readonly isNameFixed?: boolean;
}

/** A button of the message that ends a move. */
export interface FollowUp {
  readonly title: string;
  run(): unknown;
}

export interface Kept {
  /** The names that the values have in the end, by those that were wanted: one may be taken. */
  readonly names: ReadonlyMap<string, string>;
  /** Sentences: where the values are, who reads them there, what is left to do. */
  readonly message: string;
  readonly followUps?: readonly FollowUp[];
}

export interface Destination {
  readonly id: DestinationId;
  /** In a list of destinations: a few words. */
  readonly label: string;
  /** In the same list, one line: who can read the value there. */
  readonly readers: string;
  /** In the lightbulb. */
  actionTitle(variable: string): string;
  /** Whether it can be offered for a file in this workspace. */
  isAvailable(uri: vscode.Uri): boolean;
  /**
   * The edits in the place of those of `fix`, where more than a reference takes the value's place;
   * `undefined` where the destination cannot take this value.
   */
  rewrite?(config: McpConfig, fix: Fix): readonly TextEdit[] | undefined;
  /**
   * Keeps all the values or none. `undefined` when the person left a question unanswered.
   * @throws UserFacingError when one of them cannot be kept; then none is
   */
  keep(
    values: readonly NamedValue[],
    config: vscode.Uri,
    services: Services,
    assertUnchanged: () => void,
  ): Promise<Kept | undefined>;
}
