import type * as vscode from 'vscode';
import type { Destination } from './destination';
import { claudeSettings } from './destinations/claudeSettings';
import { dotEnv } from './destinations/dotEnv';
import { keychainHelper } from './destinations/keychainHelper';
import { shellLine } from './destinations/shellLine';
import { store } from './destinations/store';

/** In the order in which they are offered: the first is the one to prefer. */
const destinations: readonly Destination[] = [
  store,
  dotEnv,
  claudeSettings,
  keychainHelper,
  shellLine,
];

export function destinationsFor(uri: vscode.Uri): readonly Destination[] {
  return destinations.filter((destination) => destination.isAvailable(uri));
}
