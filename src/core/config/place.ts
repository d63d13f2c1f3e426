/**
 * Where a configuration stands. Claude Code reads each place by slightly different rules:
 * a plugin's `.mcp.json` may be a bare map and expands plugin variables, `~/.claude.json` holds
 * the user's servers beside each project's local ones, a managed file is read only. A file under a
 * name that is taken for one of these is not read at all.
 */
export type PlaceId = 'project' | 'plugin' | 'pluginManifest' | 'user' | 'managed' | 'unread';

export interface Place {
  readonly id: PlaceId;
  /** As the tree and reports name it. */
  readonly label: string;
  readonly isRead: boolean;
  /** The servers may stand at the top level, without `mcpServers`. */
  readonly allowsBareMap: boolean;
  /** A file without any `mcpServers` is complete: it has other uses. */
  readonly serversOptional: boolean;
  /** `${CLAUDE_PLUGIN_ROOT}` and its like are expanded. */
  readonly expandsPluginVariables: boolean;
  /** Servers under `projects[folder].mcpServers` belong to it as well. */
  readonly hasProjects: boolean;
  /** Written by an administrator: problems are told, no edit is offered. */
  readonly isReadOnly: boolean;
}

const ordinary = {
  isRead: true,
  allowsBareMap: false,
  serversOptional: false,
  expandsPluginVariables: false,
  hasProjects: false,
  isReadOnly: false,
};

export const places: Readonly<Record<PlaceId, Place>> = {
  project: { ...ordinary, id: 'project', label: 'project' },
  plugin: {
    ...ordinary,
    id: 'plugin',
    label: 'plugin',
    allowsBareMap: true,
    expandsPluginVariables: true,
  },
  pluginManifest: {
    ...ordinary,
    id: 'pluginManifest',
    label: 'plugin',
    serversOptional: true,
    expandsPluginVariables: true,
  },
  user: { ...ordinary, id: 'user', label: 'user', serversOptional: true, hasProjects: true },
  managed: { ...ordinary, id: 'managed', label: 'managed', isReadOnly: true },
  unread: { ...ordinary, id: 'unread', label: 'not read', isRead: false },
};

/**
 * The place of the file at `path` (either slash), or `undefined` where Claude Code does not look and
 * nobody would think so.
 * @param isPluginRoot whether the folder of the file holds `.claude-plugin/`
 */
export function placeOf(path: string, isPluginRoot: boolean): Place | undefined {
  const segments = path.split(/[\\/]/);
  const name = segments.at(-1);
  const folder = segments.at(-2);
  switch (name) {
    case '.mcp.json':
      if (folder === '.claude') {
        return places.unread;
      }
      return isPluginRoot ? places.plugin : places.project;
    case 'mcp.json':
      return folder === '.claude' ? places.unread : undefined;
    case 'plugin.json':
      return folder === '.claude-plugin' ? places.pluginManifest : undefined;
    case '.claude.json':
      return places.user;
    case 'managed-mcp.json':
      return places.managed;
    default:
      return undefined;
  }
}
