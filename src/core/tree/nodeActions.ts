import type { ServerRecord } from '../servers/serverStore';

/** What can be done with a server; the manifest's menus ask for these in `viewItem`. */
export const serverActions = [
  'canOpen',
  'canTest',
  'canSignIn',
  'hasReport',
  'canExplain',
  'canCopyName',
  'canCopyAsCurl',
] as const;

export type ServerAction = (typeof serverActions)[number];

/** What can be done with the other rows. */
export const rowActions = ['canOpenWithSecrets', 'canSetVariable'] as const;

export type RowAction = ServerAction | (typeof rowActions)[number];

/** The actions that make sense for a server as it stands. */
export function actionsFor({ server, lastTest }: ServerRecord): readonly ServerAction[] {
  const isRemote = server.transport === 'http' || server.transport === 'sse';
  const hasAuthorization = server.headers.some(
    ({ name }) => name.toLowerCase() === 'authorization',
  );
  const actions: Readonly<Record<ServerAction, boolean>> = {
    canOpen: true,
    canTest: server.loads && server.transport === 'http',
    canSignIn: server.loads && isRemote && !hasAuthorization,
    hasReport: lastTest !== undefined,
    canExplain: true,
    canCopyName: true,
    canCopyAsCurl: server.loads && (isRemote || server.transport === 'ws'),
  };
  return serverActions.filter((action) => actions[action]);
}
