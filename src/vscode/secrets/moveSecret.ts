import * as vscode from 'vscode';
import { rangeEnd, type OffsetRange, type TextEdit } from '../../core/base/range';
import { renameReferences } from '../../core/diagnostics/planMoves';
import { referredVariables } from '../../core/diagnostics/rules/secretReports';
import { toTextEdits } from '../convert';
import type { Services } from '../services';
import { UserFacingError } from '../ui/errorBoundary';
import { requireTrust } from '../ui/requireTrust';
import type { Destination, DestinationId, FollowUp, Kept, NamedValue } from './destination';
import { destinationsFor } from './destinations';
import { decode, settleNames } from './settleNames';
import { searchHistory, secretsOf } from './searchHistory';
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
  const inHistory = historyFollowUp(services, document, moves);
  const settled = await settleNames(services, document, moves);
  if (settled === undefined) {
    return;
  }
  const kept = await keepAll(services, document, settled, assertUnchanged);
  if (kept.edits.length > 0) {
    if (!isUnchanged() || !(await replace(document, kept.edits))) {
      throw new UserFacingError(
        `${kept.messages.join(' ')} The file changed meanwhile and still has what was moved. Open the lightbulb again.`,
      );
    }
  }
  const told = kept.edits.length > 0 ? tell(kept, inHistory) : undefined;
  if (kept.failure !== undefined) {
    throw kept.failure;
  }
  await told;
}

interface KeptAll {
  readonly edits: readonly TextEdit[];
  readonly messages: readonly string[];
  readonly followUps: readonly FollowUp[];
  /** Why a destination kept nothing: the first such. */
  readonly failure: Error | undefined;
}

/** What one destination has taken leaves the file, even where another one then fails. */
async function keepAll(
  services: Services,
  document: vscode.TextDocument,
  moves: readonly Move[],
  assertUnchanged: () => void,
): Promise<KeptAll> {
  const text = document.getText();
  const config = services.documents.current(document)?.config;
  const edits: TextEdit[] = [];
  const messages: string[] = [];
  const followUps: FollowUp[] = [];
  let failure: Error | undefined;
  const avoid = new Set([
    ...moves.map(({ variable }) => variable),
    ...(config === undefined ? [] : referredVariables(config)),
  ]);
  for (const [destination, group] of byDestination(document.uri, moves)) {
    try {
      const values = valuesOf(text, group).map((value) => ({ ...value, avoid }));
      const kept = await destination.keep(values, document.uri, services, assertUnchanged);
      if (kept !== undefined) {
        edits.push(...group.flatMap((move) => renamed(move, kept)));
        messages.push(kept.message);
        followUps.push(...(kept.followUps ?? []));
      }
    } catch (error) {
      failure ??= error instanceof Error ? error : new Error(String(error));
    }
  }
  return { edits, messages, followUps, failure };
}

/** Answers when the message is gone; the move is done before. */
async function tell(
  { messages, followUps }: KeptAll,
  inHistory: readonly FollowUp[],
): Promise<void> {
  const advice = 'If it was ever committed, replace it at its provider.';
  await tellKept([...messages, advice].join(' '), [...followUps, ...inHistory]);
}

/** Whether what leaves the file now was ever committed; nothing is searched before a person asks. */
function historyFollowUp(
  services: Services,
  document: vscode.TextDocument,
  moves: readonly Move[],
): readonly FollowUp[] {
  const { uri } = document;
  const file = services.documents.current(document);
  if (file === undefined || uri.scheme !== 'file') {
    return [];
  }
  const text = document.getText();
  const moved = new Set(moves.map(({ secret }) => text.slice(secret.offset, rangeEnd(secret))));
  const secrets = secretsOf(file).filter(({ written }) => moved.has(written));
  return [
    {
      title: 'Look in the Git History',
      run: () => searchHistory(services, [{ uri, secrets }]),
    },
  ];
}

/** Each variable once: the same value may stand in several places. */
function valuesOf(text: string, moves: readonly Move[]): readonly NamedValue[] {
  const values = moves.map(({ variable, secret }): [string, NamedValue] => [
    variable,
    { variable, value: decode(text.slice(secret.offset, rangeEnd(secret))) },
  ]);
  return [...new Map(values).values()];
}

/** In the order of the table, in which what is on the clipboard for a minute comes last. */
function byDestination(
  uri: vscode.Uri,
  moves: readonly Move[],
): readonly (readonly [Destination, readonly Move[]])[] {
  requireTrust('Moving values writes files');
  const known = destinationsFor(uri);
  if (!moves.every(({ destination }) => known.some(({ id }) => id === destination))) {
    throw new UserFacingError(
      'A value cannot be kept there for this file. Choose another place for it. Nothing was moved.',
    );
  }
  return known.flatMap((destination) => {
    const group = moves.filter((move) => move.destination === destination.id);
    return group.length === 0 ? [] : [[destination, group] as const];
  });
}

function replace(document: vscode.TextDocument, edits: readonly TextEdit[]): Thenable<boolean> {
  const edit = new vscode.WorkspaceEdit();
  edit.set(document.uri, toTextEdits(document, edits));
  return vscode.workspace.applyEdit(edit);
}

/** The edits with the name that the value was kept under. */
function renamed({ edits, variable }: Move, { names }: Kept): readonly TextEdit[] {
  return renameReferences(edits, variable, names.get(variable) ?? variable);
}
