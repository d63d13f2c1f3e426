import * as vscode from 'vscode';
import type { PlacedValue } from '../../core/variables/handover';
import type { Services } from '../services';
import type { Kept } from './destination';
import { destinationsFor } from './destinations';

/** A value that a person typed, and where it is now. */
export interface SetValue extends PlacedValue {
  readonly kept: Kept;
}

/**
 * Asks where the value of a variable is to be kept, then for the value, and keeps it.
 * @returns `undefined` when a question was left
 * @throws UserFacingError where it cannot be kept
 */
export async function setValue(
  services: Services,
  uri: vscode.Uri,
  name: string,
): Promise<SetValue | undefined> {
  // A destination that rewrites the entry has no use for the value of a reference.
  const items = destinationsFor(uri)
    .filter(({ rewrite }) => rewrite === undefined)
    .map((destination) => ({
      label: destination.label,
      detail: destination.readers,
      destination,
    }));
  const title = `Set ${name}`;
  const picked = await vscode.window.showQuickPick(items, {
    title,
    placeHolder: `Where is the value of ${name} to be kept?`,
    ignoreFocusOut: true,
  });
  if (picked === undefined) {
    return undefined;
  }
  const { destination } = picked;
  const value = await vscode.window.showInputBox({
    title,
    prompt: `It goes to: ${destination.label}.`,
    placeHolder: `Value of ${name}`,
    password: true,
    ignoreFocusOut: true,
    validateInput: problemOf,
  });
  if (value === undefined) {
    return undefined;
  }
  const values = [{ variable: name, value, isNameFixed: true }];
  const kept = await destination.keep(values, uri, services, () => undefined);
  return kept && { value, source: destination.label, kept };
}

function problemOf(value: string): string | undefined {
  if (value.trim() === '') {
    return 'An empty value counts as set: Claude Code would send nothing. Type the value.';
  }
  return value.includes('\0') ? 'No environment can hold a NUL character.' : undefined;
}
