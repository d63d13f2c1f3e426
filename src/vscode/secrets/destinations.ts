import * as vscode from 'vscode';

/** Where a value can go when it leaves a configuration. */
export type DestinationId = 'dotEnv' | 'clipboard';

export interface Destination {
  readonly id: DestinationId;
  readonly actionTitle: (variable: string) => string;
  /** Whether it can be offered for a file. */
  readonly isAvailable: (uri: vscode.Uri) => boolean;
}

const destinations: readonly Destination[] = [
  {
    id: 'dotEnv',
    actionTitle: (variable) => `Move to \${${variable}} and keep the value in .env`,
    // A .env is written and git is asked about it: not in a workspace nobody has trusted.
    isAvailable: ({ scheme }) => vscode.workspace.isTrusted && scheme === 'file',
  },
  {
    id: 'clipboard',
    actionTitle: (variable) => `Move to \${${variable}} and copy the value once`,
    isAvailable: () => true,
  },
];

export function destinationsFor(uri: vscode.Uri): readonly Destination[] {
  return destinations.filter(({ isAvailable }) => isAvailable(uri));
}
