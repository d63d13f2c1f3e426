import type * as vscode from 'vscode';
import {
  planHandover,
  type Handover,
  type HandoverInput,
  type PlacedValue,
} from '../../core/variables/handover';
import type { NeededVariable } from '../../core/variables/neededVariables';
import type { Services } from '../services';

/**
 * What happens to each variable for the configuration at `uri`, as things are now.
 * @param typed values that a person has just set: files that hold them may not have been read yet
 * @throws UserFacingError where the keychain does not answer
 */
export async function planFor(
  { secrets, variables }: Services,
  uri: vscode.Uri,
  needed: readonly NeededVariable[],
  typed: ReadonlyMap<string, PlacedValue> = new Map(),
): Promise<readonly Handover[]> {
  await variables.whenIdle();
  const inputs = needed.map(async (variable): Promise<HandoverInput> => {
    const { name } = variable;
    const stored = (await keptIn(secrets, uri, name)) ?? typed.get(name);
    const holders = variables.environmentFor(uri).holders?.(name) ?? [];
    const found = holders.find(({ source }) => source.reach === 'always')?.source;
    const resolved = await variables.resolve(uri, name);
    const placed = resolved && { value: resolved.value, source: resolved.source };
    return {
      variable,
      kept: stored ?? placed,
      // Claude Code lays the `env` of the user's settings over the environment it is started with.
      found: found && {
        value: placed?.value ?? '',
        source: found.label,
        isFinal: found.id === 'userSettings',
      },
    };
  });
  return planHandover(await Promise.all(inputs));
}

async function keptIn(
  secrets: Services['secrets'],
  uri: vscode.Uri,
  name: string,
): Promise<PlacedValue | undefined> {
  const value = await secrets.valueFor(uri, name);
  return value === undefined ? undefined : { value, source: 'the OS keychain' };
}
