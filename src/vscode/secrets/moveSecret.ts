import * as vscode from 'vscode';
import { rangeEnd, type OffsetRange, type TextEdit } from '../../core/base/range';
import { toTextEdits } from '../convert';
import type { Services } from '../services';
import { UserFacingError } from '../ui/errorBoundary';
import type { DestinationId, FollowUp, Kept } from './destination';
import { destinationOf } from './destinations';
import { tellKept } from './tellKept';

/** One value of one version of a document, and what takes its place there. */
export interface Move {
  readonly edits: readonly TextEdit[];
  readonly secret: OffsetRange;
  readonly variable: string;
  readonly destination: DestinationId;
}

/** What the lightbulb hands to the command: where things stand, never the value itself. */
export interface MoveSecretArguments {
  readonly uri: string;
  /** Of the document for which the edits were computed. */
  readonly version: number;
  readonly moves: readonly Move[];
}

/**
 * Keeps the values first, then changes the configuration in one step: at no moment is a value in
 * neither place. Undo in the configuration brings the literals back.
 */
export async function moveSecrets(
  services: Services,
  { uri, version, moves }: MoveSecretArguments,
): Promise<void> {
  const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(uri, true));
  const isUnchanged = () => document.version === version;
  const assertUnchanged = () => {
    if (!isUnchanged()) {
      throw new UserFacingError(
        'The file changed meanwhile, so nothing was moved. Open the lightbulb again.',
      );
    }
  };
  assertUnchanged();
  const text = document.getText();
  const edits: TextEdit[] = [];
  const messages: string[] = [];
  const followUps: FollowUp[] = [];
  for (const [id, group] of byDestination(moves)) {
    const values = group.map(({ variable, secret }) => ({
      variable,
      value: decode(text.slice(secret.offset, rangeEnd(secret))),
    }));
    const kept = await destinationOf(id)?.keep(values, document.uri, services, assertUnchanged);
    if (kept === undefined) {
      // What another destination has taken is there and here: it does not leave the text.
      break;
    }
    edits.push(...group.flatMap((move) => renamed(move, kept)));
    messages.push(kept.message);
    followUps.push(...(kept.followUps ?? []));
  }
  if (edits.length === 0) {
    return;
  }
  if (!isUnchanged() || !(await replace(document, edits))) {
    throw new UserFacingError(
      `${messages.join(' ')} The file changed meanwhile and still has what was moved. Open the lightbulb again.`,
    );
  }
  const advice = 'If it was ever committed, replace it at its provider.';
  await tellKept([...messages, advice].join(' '), followUps);
}

function byDestination(moves: readonly Move[]): ReadonlyMap<DestinationId, readonly Move[]> {
  const groups = new Map<DestinationId, Move[]>();
  for (const move of moves) {
    groups.set(move.destination, [...(groups.get(move.destination) ?? []), move]);
  }
  return groups;
}

function replace(document: vscode.TextDocument, edits: readonly TextEdit[]): Thenable<boolean> {
  const edit = new vscode.WorkspaceEdit();
  edit.set(document.uri, toTextEdits(document, edits));
  return vscode.workspace.applyEdit(edit);
}

/** The edits with the name that the value was kept under. */
function renamed({ edits, variable }: Move, { names }: Kept): readonly TextEdit[] {
  const name = names.get(variable) ?? variable;
  return edits.map((edit) => ({
    ...edit,
    newText: edit.newText.replaceAll(`\${${variable}}`, () => `\${${name}}`),
  }));
}

/** The value that a stretch inside a JSON string stands for. */
function decode(source: string): string {
  const value: unknown = JSON.parse(`"${source}"`);
  return String(value);
}
