import * as vscode from 'vscode';
import { rangeEnd } from '../../core/base/range';
import { renameReferences } from '../../core/diagnostics/planMoves';
import { referredVariables } from '../../core/diagnostics/rules/secretReports';
import type { Services } from '../services';
import { UserFacingError } from '../ui/errorBoundary';
import { freeName } from './chooseName';
import type { Move } from './moveSecret';

/**
 * The moves with names under which Claude Code finds nothing else: it would send another credential
 * in the place of the one that was moved. Asks where a name is taken.
 * @returns `undefined` when the question was left
 */
export async function settleNames(
  { variables, documents }: Services,
  document: vscode.TextDocument,
  moves: readonly Move[],
): Promise<readonly Move[] | undefined> {
  if (!moves.every(({ variable }) => /^[A-Za-z_][A-Za-z0-9_]*$/.test(variable))) {
    throw new UserFacingError('A variable has a name that Claude Code does not read.');
  }
  const text = document.getText();
  const environment = variables.environmentFor(document.uri);
  const taken = new Map<string, string>();
  for (const { variable, secret, destination } of moves) {
    const holder = environment
      .holders?.(variable)
      .find(({ source }) => source.reach === 'always' || source.reach === 'sessions');
    // Claude Code's own settings ask for themselves.
    if (holder !== undefined && destination !== 'claudeSettings') {
      const found = await variables.resolve(document.uri, variable);
      const isThere = found !== undefined && found.sourceId === holder.source.id;
      if (isThere && found.value !== decode(text.slice(secret.offset, rangeEnd(secret)))) {
        taken.set(variable, holder.source.label);
      }
    }
  }
  if (taken.size === 0) {
    return moves;
  }
  const config = documents.current(document)?.config;
  const referred = config && referredVariables(config);
  const isFree = (name: string) =>
    !referred?.has(name) &&
    environment.lookup(name).kind !== 'set' &&
    moves.every(({ variable }) => variable !== name);
  const names = new Map(Array.from(taken.keys(), (name) => [name, freeName(name, isFree)]));
  const useOthers = `Use ${[...names.values()].join(', ')}`;
  const choice = await vscode.window.showWarningMessage(
    `${[...taken.keys()].join(', ')} ${taken.size === 1 ? 'has' : 'have'} another value where Claude Code looks.`,
    {
      modal: true,
      detail: `${Array.from(taken, ([name, label]) => `${name} is set in ${label}.`).join(' ')} Claude Code would send that value in the place of the one that is moved.`,
    },
    useOthers,
    'Keep the Name',
  );
  if (choice === undefined) {
    return undefined;
  }
  return choice === useOthers ? moves.map((move) => renamed(move, names)) : moves;
}

function renamed(move: Move, names: ReadonlyMap<string, string>): Move {
  const variable = names.get(move.variable) ?? move.variable;
  return { ...move, variable, edits: renameReferences(move.edits, move.variable, variable) };
}

/** The value that a stretch inside a JSON string stands for. */
export function decode(source: string): string {
  const value: unknown = JSON.parse(`"${source}"`);
  return String(value);
}
