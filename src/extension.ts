import { createHash } from 'node:crypto';
import { homedir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Event } from './core/base/event';
import { ServerStore } from './core/servers/serverStore';
import { createChannels } from './node/channels';
import { createCurlRunner } from './node/curlRunner';
import { readFileFacts } from './node/fileFacts';
import { findExecutable } from './node/findExecutable';
import { findCommits } from './node/gitHistory';
import { createKeychain } from './node/keychain';
import { readLoginShell } from './node/loginShell';
import { privateFiles } from './node/privateFiles';
import { ClaudeLogins } from './vscode/claudeCode/claudeLogins';
import { tellLostLogins } from './vscode/claudeCode/tellLostLogins';
import { registerCommands } from './vscode/commands/commandTable';
import { ConfigDocuments } from './vscode/config/configDocuments';
import { registerDiagnostics } from './vscode/diagnostics/diagnosticsController';
import { registerFixAll } from './vscode/diagnostics/fixAllProvider';
import { registerQuickFixes } from './vscode/diagnostics/quickFixProvider';
import { registerHelperScripts } from './vscode/helperScripts/helperScripts';
import { WorkspaceFiles } from './vscode/helperScripts/workspaceFiles';
import { SecretStore } from './vscode/secrets/secretStore';
import { HistoryReports } from './vscode/secrets/historyReports';
import { registerServerLenses } from './vscode/lens/serverLensProvider';
import type { Machine } from './vscode/services';
import { TestReports } from './vscode/tokenTest/testReports';
import { registerServerTree } from './vscode/tree/serverTreeView';
import { Explanations } from './vscode/variables/explanations';
import { emptyClipboard } from './vscode/ui/briefClipboard';
import { registerVariableLanguage } from './vscode/variables/variableLanguage';
import { WorkspaceVariables } from './vscode/variables/workspaceVariables';

/** For tests. */
export interface ExtensionApi {
  /** Settles when every read that is under way is shown. */
  whenIdle(): Promise<void>;
  /** Fires the URI of a configuration that was evaluated anew, or is gone. */
  readonly onDidEvaluate: Event<string>;
  /** The variables that the servers view, hovers and lists know of. */
  readonly variables: Pick<WorkspaceVariables, 'environmentFor' | 'exampleNames' | 'resolve'>;
}

/** The table of contents: the machine, the model, then each feature over it. */
export function activate(context: vscode.ExtensionContext): ExtensionApi {
  const own = <T extends vscode.Disposable>(disposable: T): T => {
    context.subscriptions.push(disposable);
    return disposable;
  };
  const log = own(vscode.window.createOutputChannel('MCP Auth', { log: true }));
  const claudeFolder = vscode.Uri.file(machine.claudeFolder);
  const secrets = own(new SecretStore(context.secrets, log));
  const variables = own(
    new WorkspaceVariables({ processEnv: process.env, claudeFolder, readLoginShell }, log, secrets),
  );

  const store = own(new ServerStore());
  own(registerDiagnostics(store));
  own(
    registerServerTree(
      store,
      ({ id }) => variables.environmentFor(vscode.Uri.parse(id, true)),
      variables.onDidChange,
    ),
  );
  const files = own(new WorkspaceFiles(store, readFileFacts));
  own(registerHelperScripts(files));
  const documents = own(new ConfigDocuments(store, variables, files, log));
  void documents.whenIdle().then(() => setContext('mcpAuth.isReady', true));
  void setContext('mcpAuth.hasLoginShell', process.platform !== 'win32');
  const logins = own(new ClaudeLogins(store, variables, machine, log));
  own(tellLostLogins(store, documents, logins, log));
  own(registerQuickFixes(documents));
  own(registerFixAll(documents));
  own(registerServerLenses(store, documents));
  own(registerVariableLanguage({ store, documents, variables, files, claudeFolder }));
  const reports = own(new TestReports());
  const history = own(new HistoryReports());
  const explanations = own(new Explanations(store, variables, files));
  const { extensionUri, workspaceState } = context;
  own(
    registerCommands({
      extensionUri,
      workspaceState,
      log,
      store,
      documents,
      variables,
      secrets,
      files,
      logins,
      reports,
      explanations,
      history,
      machine,
    }),
  );

  return {
    onDidEvaluate: store.onDidChange,
    variables,
    async whenIdle() {
      await secrets.whenIdle();
      await variables.whenIdle();
      await documents.whenIdle();
      await files.whenIdle();
      await logins.whenIdle();
    },
  };
}

/** A credential does not stay on the clipboard when there is nobody left to take it away. */
export function deactivate(): Promise<void> {
  return emptyClipboard();
}

function setContext(key: string, value: boolean): Thenable<unknown> {
  return vscode.commands.executeCommand('setContext', key, value);
}

function managedFolder(platform: NodeJS.Platform): string {
  switch (platform) {
    case 'darwin':
      return '/Library/Application Support/ClaudeCode';
    case 'win32':
      return 'C:\\Program Files\\ClaudeCode';
    default:
      return '/etc/claude-code';
  }
}

const machine: Machine = {
  files: privateFiles,
  claudeFolder: process.env.CLAUDE_CONFIG_DIR || join(homedir(), '.claude'),
  claudeState: join(process.env.CLAUDE_CONFIG_DIR || homedir(), '.claude.json'),
  claudeManaged: managedFolder(process.platform),
  hasKeychainLogins: process.platform === 'darwin',
  sha256: (text) => createHash('sha256').update(text).digest('hex'),
  keychain: createKeychain(process.platform),
  findExecutable,
  findCommits,
  curl: createCurlRunner,
  channels: createChannels,
};
