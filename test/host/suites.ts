import type { Settings } from '../environment/settings';

/** Tests that need the same kind of window; they are in the folder of this name. */
export interface HostSuite {
  readonly name: string;
  /** What a fresh copy of is opened: a folder or a file in `test/fixtures/workspaces`. */
  readonly workspace?: string;
  readonly settings?: Settings;
  /** Restricted Mode. */
  readonly isUntrusted?: boolean;
}

export const suites: readonly HostSuite[] = [
  { name: 'no-workspace' },
  { name: 'activated', workspace: 'single' },
  { name: 'multi-root', workspace: 'multi-root/multi-root.code-workspace' },
  {
    name: 'untrusted',
    workspace: 'single',
    settings: {
      'security.workspace.trust.startupPrompt': 'never',
      'security.workspace.trust.banner': 'never',
    },
    isUntrusted: true,
  },
];
