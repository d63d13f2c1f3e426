import type { McpServer } from '../config/mcpConfig';
import { findReferences } from '../config/variables';
import type { ServerRecord } from '../servers/serverStore';
import { isPrivateName } from '../tokenTest/credentials';

/** What can be done with a server; the manifest's menus ask for these in `viewItem`. */
export const serverActions = [
  'canOpen',
  'canTest',
  'canCompare',
  'canSignIn',
  'hasReport',
  'canExplain',
  'canCopyName',
  'canCopyAsCurl',
  'canDenyTools',
] as const;

export type ServerAction = (typeof serverActions)[number];

/** What can be done with the other rows. */
export const rowActions = ['canOpenWithSecrets', 'canSetVariable'] as const;

export type RowAction = ServerAction | (typeof rowActions)[number];

/** The actions that make sense for a server as it stands. */
export function actionsFor({ file, server, lastTest }: ServerRecord): readonly ServerAction[] {
  const { place } = file.config;
  const { loads, transport } = server;
  const hasOAuth = transport === 'http' || transport === 'sse';
  const hasAuthorization = server.headers.some(
    ({ name }) => name.toLowerCase() === 'authorization',
  );
  const actions: Readonly<Record<ServerAction, boolean>> = {
    canOpen: true,
    canTest: loads,
    canCompare: loads && transport !== 'stdio' && hasCredentialHeader(server),
    canSignIn: loads && hasOAuth && !hasAuthorization,
    hasReport: lastTest !== undefined,
    canExplain: true,
    canCopyName: true,
    canCopyAsCurl: loads && transport !== 'stdio',
    // Claude Code puts the plugin's name before the names of its tools.
    canDenyTools: loads && place.id !== 'plugin' && place.id !== 'pluginManifest',
  };
  return serverActions.filter((action) => actions[action]);
}

/** A header that a test can leave out to see whether it matters. */
function hasCredentialHeader({ headers }: McpServer): boolean {
  return headers.some(
    ({ name, value }) => isPrivateName(name) || findReferences(value.value).length > 0,
  );
}
