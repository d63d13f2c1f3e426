import { isBlankedLocally, isBlankedName } from '../config/dialects/blankedNames';
import type { PlaceId } from '../config/place';
import { isPluginVariable } from '../diagnostics/rules/pluginVariables';
import { shown } from '../diagnostics/words';
import { helperGets } from '../helperScript/helperGets';
import type { OccurrenceUse } from './occurrence';

/** What speaks for or against a new name. */
export interface RenameFacts {
  /** What the old name is there for, over all files. */
  readonly uses: readonly OccurrenceUse[];
  /** Where the new name stands already, as a person names it: a file, "this window's environment". */
  readonly takenBy: string | undefined;
  /** Of the configurations whose helpers read the variable. */
  readonly helperPlaces: readonly PlaceId[];
}

/** Why a variable cannot be renamed at all, in a sentence. */
export function fixedNameProblem(name: string): string | undefined {
  return isPluginVariable(name) || helperGets(name, 'plugin') === 'given'
    ? `Claude Code sets ${name} itself, so it has no other name.`
    : undefined;
}

/** Why `oldName` cannot become `newName`, in a sentence; `undefined` where it can. */
export function renameProblem(
  oldName: string,
  newName: string,
  { uses, takenBy, helperPlaces }: RenameFacts,
): string | undefined {
  if (newName === oldName) {
    return `The variable is called ${oldName} already.`;
  }
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(newName)) {
    return `${shown(newName)} cannot be the name of a variable: Claude Code expands names of letters, digits and _ that do not start with a digit.`;
  }
  if (fixedNameProblem(newName) !== undefined) {
    return `Claude Code sets ${newName} itself. Choose another name.`;
  }
  if (takenBy !== undefined) {
    return `${newName} is the name of another variable: it stands in ${takenBy}. Choose another name.`;
  }
  const isAt = (...targets: readonly string[]) =>
    uses.some((use) => use.kind === 'expanded' && targets.includes(use.target));
  if (isBlankedName(newName) && isAt('url', 'header')) {
    return `${newName} always reads as empty in "url" and "headers": Claude Code keeps it from remote servers. Choose a name of your own, such as MCP_${newName}.`;
  }
  if (isBlankedLocally(newName) && isAt('local')) {
    return `${newName} reads as empty even when it is set: Claude Code keeps it from local servers. Choose a name of your own, such as MCP_${newName}.`;
  }
  const gets = new Set(helperPlaces.map((place) => helperGets(newName, place)));
  const reason = gets.has('taken') ? ' because it is named like a credential' : '';
  return gets.has('taken') || gets.has('telemetry')
    ? `A headersHelper reads this variable, and Claude Code takes ${newName} out of its environment${reason}. Choose another name.`
    : undefined;
}
