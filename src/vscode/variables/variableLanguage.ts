import * as vscode from 'vscode';
import type { ServerStore } from '../../core/servers/serverStore';
import type { ConfigDocuments } from '../config/configDocuments';
import { configDocumentSelector } from '../config/configFiles';
import type { WorkspaceFiles } from '../helperScripts/workspaceFiles';
import { createCompletionProvider } from './completionProvider';
import { createDefinitionProvider } from './definitionProvider';
import { createDocumentLinkProvider } from './documentLinks';
import { createHoverProvider } from './hoverProvider';
import { VariableInlayHints } from './inlayHints';
import { createReferenceProvider } from './referenceProvider';
import { createRenameProvider } from './renameProvider';
import { VariableDocuments } from './variableDocuments';
import type { WorkspaceVariables } from './workspaceVariables';

/** What the language features of variables work with. */
export interface VariableLanguageServices {
  readonly store: ServerStore;
  readonly documents: ConfigDocuments;
  readonly variables: WorkspaceVariables;
  readonly files: WorkspaceFiles;
  /** Claude Code's own folder. */
  readonly claudeFolder: vscode.Uri;
}

/** Everything that the editor offers on the name of a variable, wherever it stands. */
export function registerVariableLanguage(services: VariableLanguageServices): vscode.Disposable {
  const { store, variables, files, claudeFolder } = services;
  const settings = vscode.Uri.joinPath(claudeFolder, 'settings.json');
  const documents = new VariableDocuments(store, services.documents, files, settings);
  const inlayHints = new VariableInlayHints(documents, variables);
  const { languages } = vscode;
  return vscode.Disposable.from(
    inlayHints,
    languages.registerCompletionItemProvider(
      configDocumentSelector,
      createCompletionProvider(documents, variables, store),
      '{',
    ),
    languages.registerInlayHintsProvider(configDocumentSelector, inlayHints),
    languages.registerDocumentLinkProvider(
      configDocumentSelector,
      createDocumentLinkProvider(documents),
    ),
    followScripts(files, documents, (selector) => [
      languages.registerHoverProvider(selector, createHoverProvider(documents, variables)),
      languages.registerDefinitionProvider(
        selector,
        createDefinitionProvider(documents, variables),
      ),
      languages.registerReferenceProvider(selector, createReferenceProvider(documents)),
      languages.registerRenameProvider(selector, createRenameProvider(documents, variables)),
    ]),
  );
}

/** Registers anew when configurations name other scripts: of other files nothing is asked. */
function followScripts(
  files: WorkspaceFiles,
  documents: VariableDocuments,
  register: (selector: vscode.DocumentSelector) => readonly vscode.Disposable[],
): vscode.Disposable {
  let known = '';
  let registered: vscode.Disposable | undefined;
  const follow = () => {
    const scripts = [...files.helperScripts().keys()].sort().join('\n');
    if (registered === undefined || scripts !== known) {
      known = scripts;
      registered?.dispose();
      registered = vscode.Disposable.from(...register(documents.selector()));
    }
  };
  follow();
  return vscode.Disposable.from(files.onDidChange(follow), {
    dispose: () => registered?.dispose(),
  });
}
