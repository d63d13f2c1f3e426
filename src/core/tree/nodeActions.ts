import { canHoldLogin } from '../claudeCode/lostLogin';
import type { McpServer } from '../config/mcpConfig';
import type { LoginReading } from '../claudeCode/loginState';
import { findReferences } from '../config/variables';
import type { ServerRecord } from '../servers/serverStore';
import { isPrivateName } from '../tokenTest/privateNames';

/** What can be done with a server; the manifest's menus ask for these in `viewItem`. */
export const serverActions = [
  'canOpen',
  'canTest',
  'canCompare',
  'canSignIn',
  'canSignOut',
  'hasReport',
  'canExplain',
  'canCopyName',
  'canCopyAsCurl',
  'canDenyTools',
] as const;

export type ServerAction = (typeof serverActions)[number];

/** What can be done with the other rows. */
export const rowActions = ['canOpenWithSecrets', 'canSetVariable', 'canShowSignIns'] as const;

export type RowAction = ServerAction | (typeof rowActions)[number];

/** The actions that make sense for a server as it stands. */
export function actionsFor({
  file,
  server,
  lastTest,
  login,
}: ServerRecord): readonly ServerAction[] {
  const { place } = file.config;
  const { loads, transport } = server;
  const hasOAuth = canHoldLogin(server);
  const actions: Readonly<Record<ServerAction, boolean>> = {
    canOpen: true,
    canTest: loads,
    canCompare: loads && transport !== 'stdio' && hasCredentialHeader(server),
    canSignIn: hasOAuth,
    canSignOut: hasOAuth && mayBeSignedIn(login),
    hasReport: lastTest !== undefined,
    canExplain: true,
    canCopyName: true,
    canCopyAsCurl: loads && transport !== 'stdio',
    // Claude Code puts the plugin's name before the names of its tools.
    canDenyTools: loads && place.id !== 'plugin' && place.id !== 'pluginManifest',
  };
  return serverActions.filter((action) => actions[action]);
}

/** Also where it is not known: signing out of a server that one is not signed in to does nothing. */
function mayBeSignedIn(login: LoginReading | undefined): boolean {
  return login?.kind === 'read' ? login.login?.hasAccessToken === true : true;
}

/** A header that a test can leave out to see whether it matters. */
function hasCredentialHeader({ headers }: McpServer): boolean {
  return headers.some(
    ({ name, value }) => isPrivateName(name) || findReferences(value.value).length > 0,
  );
}
