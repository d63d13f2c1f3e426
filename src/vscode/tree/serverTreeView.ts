import * as vscode from 'vscode';
import type { ServerStore } from '../../core/servers/serverStore';
import { coalesce } from '../../core/tree/coalesce';
import {
  buildServerTree,
  countAttention,
  type ServerTreeNode,
  type TreeContext,
} from '../../core/tree/serverTree';
import type { Tone } from '../../core/tree/nodeText';
import { maxConfigFiles } from '../config/configFiles';

/** Ages in rows grow by the minute. */
const ageIntervalMs = 60_000;

/** After a change, until the view shows it with all that changed meanwhile. */
const refreshDelayMs = 100;

const tooManyFiles = `This workspace has more than ${maxConfigFiles} MCP configuration files. The rest are checked when you open them.`;

/** The servers view over the store. Rows are built by core; this only shows them. */
export function registerServerTree(
  store: ServerStore,
  environment: TreeContext['environment'],
  onDidChangeVariables: vscode.Event<unknown>,
): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  const provider: vscode.TreeDataProvider<ServerTreeNode> = {
    onDidChangeTreeData: changed.event,
    getChildren: (node) =>
      node ? [...node.children] : [...buildServerTree(store, { environment, now: Date.now() })],
    getTreeItem: toTreeItem,
  };
  const view = vscode.window.createTreeView('mcpAuth.servers', {
    treeDataProvider: provider,
    showCollapseAll: true,
  });
  const refresh = () => {
    changed.fire();
    view.message = store.isComplete ? '' : tooManyFiles;
    const attention = countAttention(store, Date.now());
    view.badge =
      attention > 0
        ? {
            value: attention,
            tooltip: `${attention} MCP server${attention === 1 ? '' : 's'} need attention`,
          }
        : undefined;
    void vscode.commands.executeCommand(
      'setContext',
      'mcpAuth.hasServers',
      store.allFiles().some(({ config }) => config.servers.length > 0),
    );
  };
  const refreshSoon = coalesce(refresh, (run) => {
    const timer = setTimeout(run, refreshDelayMs);
    return () => clearTimeout(timer);
  });
  const timer = setInterval(() => view.visible && changed.fire(), ageIntervalMs);
  return vscode.Disposable.from(
    view,
    changed,
    refreshSoon,
    store.onDidChange(refreshSoon.request),
    onDidChangeVariables(refreshSoon.request),
    { dispose: () => clearInterval(timer) },
  );
}

function toTreeItem(node: ServerTreeNode): vscode.TreeItem {
  const { Collapsed, Expanded, None } = vscode.TreeItemCollapsibleState;
  const state = node.children.length === 0 ? None : node.isExpanded ? Expanded : Collapsed;
  const item = new vscode.TreeItem(node.label, state);
  item.id = node.id;
  item.description = node.description;
  item.tooltip = node.tooltip.join('\n');
  item.accessibilityInformation = { label: node.spoken };
  item.contextValue = [node.kind, ...node.actions].join(',');
  item.command = { title: 'Open', command: 'mcpAuth.server.open', arguments: [node] };
  if (node.kind === 'file') {
    item.resourceUri = vscode.Uri.parse(node.target.file, true);
  }
  const icon = iconOf(node);
  if (icon !== undefined) {
    item.iconPath = icon;
  }
  return item;
}

function iconOf({ kind, icon, tone }: ServerTreeNode): vscode.ThemeIcon | undefined {
  if (icon === undefined) {
    return kind === 'file' ? new vscode.ThemeIcon('json') : undefined;
  }
  const color = tones[tone];
  return color === undefined
    ? new vscode.ThemeIcon(icon)
    : new vscode.ThemeIcon(icon, new vscode.ThemeColor(color));
}

const tones: Readonly<Record<Tone, string | undefined>> = {
  none: undefined,
  good: 'testing.iconPassed',
  warning: 'list.warningForeground',
  error: 'list.errorForeground',
};
