import * as vscode from 'vscode';
import { rangeEnd, type OffsetRange } from '../../core/base/range';
import {
  isPluginVariable,
  pluginVariableNames,
} from '../../core/diagnostics/rules/pluginVariables';
import type { ConfigFile, ServerStore } from '../../core/servers/serverStore';
import {
  completionNames,
  type CompletionName,
  type NameGroup,
} from '../../core/variables/completionNames';
import type { Environment } from '../../core/variables/environment';
import { isExpanded, occurrencesInConfig } from '../../core/variables/occurrencesInConfig';
import { referenceSpotAt } from '../../core/variables/referenceSpot';
import { toRange } from '../convert';
import type { VariableDocuments } from './variableDocuments';
import type { WorkspaceVariables } from './workspaceVariables';

/** Names behind `${`, where Claude Code expands them. Values are never offered. */
export function createCompletionProvider(
  documents: VariableDocuments,
  variables: WorkspaceVariables,
  store: ServerStore,
): vscode.CompletionItemProvider {
  return {
    async provideCompletionItems(document, position) {
      const offset = document.offsetAt(position);
      const file = documents.configOf(document);
      const spot = file && referenceSpotAt(file.config, offset);
      if (file === undefined || spot === undefined) {
        return undefined;
      }
      const environment = variables.environmentFor(document.uri);
      const isOther = ({ id }: ConfigFile) => id !== file.id;
      const others = vscode.workspace.isTrusted ? store.allFiles().filter(isOther) : [];
      const groups = [
        { names: pluginNames(file), detail: () => 'filled in by Claude Code' },
        usedNames(
          [file, ...others],
          environment,
          (other, range) => other !== file || !contains(range, offset),
        ),
        await exampleNames(documents, document.uri),
        ...keptNames(environment),
      ];
      const range = {
        inserting: toRange(document, spot.typed),
        replacing: toRange(document, spot.whole),
      };
      return completionNames(groups, spot.target).map((offered) =>
        toItem(offered, range, spot.isOpen ? '}' : ''),
      );
    },
  };
}

function toItem(
  { name, detail, sortText }: CompletionName,
  range: NonNullable<vscode.CompletionItem['range']>,
  close: string,
): vscode.CompletionItem {
  const label = { label: name, description: detail };
  const item = new vscode.CompletionItem(label, vscode.CompletionItemKind.Variable);
  item.sortText = sortText;
  item.filterText = name;
  item.insertText = name + close;
  item.range = range;
  return item;
}

function contains(range: OffsetRange, offset: number): boolean {
  return range.offset <= offset && offset <= rangeEnd(range);
}

function pluginNames({ config: { place } }: ConfigFile): readonly string[] {
  return place.expandsPluginVariables ? pluginVariableNames : [];
}

/**
 * The names to which configurations refer already.
 * @param counts not so for the reference that is being written
 */
function usedNames(
  files: readonly ConfigFile[],
  environment: Environment,
  counts: (file: ConfigFile, range: OffsetRange) => boolean,
): NameGroup {
  const users = new Map<string, string>();
  for (const file of files) {
    for (const { name, range } of occurrencesInConfig(file.config).filter(isExpanded)) {
      if (!isPluginVariable(name) && !users.has(name) && counts(file, range)) {
        users.set(name, file.label);
      }
    }
  }
  return {
    names: users.keys(),
    detail: (name) => holderOf(environment, name) ?? `used in ${users.get(name) ?? ''}`,
  };
}

/** The names in the examples beside the configuration and at the root of its folder. */
async function exampleNames(documents: VariableDocuments, uri: vscode.Uri): Promise<NameGroup> {
  const root = vscode.workspace.getWorkspaceFolder(uri)?.uri;
  const folders =
    vscode.workspace.isTrusted && root !== undefined ? [vscode.Uri.joinPath(uri, '..'), root] : [];
  const files = await Promise.all(
    folders.map((folder) => documents.open(vscode.Uri.joinPath(folder, '.env.example'))),
  );
  const occurrences = files.flatMap((file) => file?.occurrences ?? []);
  return {
    names: occurrences.filter(({ use }) => use.kind !== 'value').map(({ name }) => name),
    detail: () => '.env.example',
  };
}

/** What is kept for Claude Code or by a person, then the hundreds of the process. */
function keptNames(environment: Environment): readonly NameGroup[] {
  const names = [...(environment.names?.() ?? [])];
  const isAmbient = (name: string) =>
    (environment.holders?.(name) ?? []).every(
      ({ source: { reach } }) => reach === 'always' || reach === 'terminals',
    );
  const detail = (name: string) => holderOf(environment, name) ?? '';
  return [
    { names: names.filter((name) => !isAmbient(name)), detail },
    { names: names.filter(isAmbient), detail },
  ];
}

function holderOf(environment: Environment, name: string): string | undefined {
  return environment.holders?.(name)[0]?.source.label;
}
