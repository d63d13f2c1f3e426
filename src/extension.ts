import { createHash } from 'node:crypto';
import { homedir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Event } from './core/base/event';
import { ServerStore } from './core/servers/serverStore';
import type { VariableState } from './core/variables/environment';
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
import { registerServerLenses } from './vscode/lens/serverLensProvider';
import type { Machine } from './vscode/services';
import { registerServerTree } from './vscode/tree/serverTreeView';
import { Explanations } from './vscode/variables/explanations';
import { emptyClipboard } from './vscode/ui/briefClipboard';
import { Reports } from './vscode/ui/reports';
import { registerVariableLanguage } from './vscode/variables/variableLanguage';
import { WorkspaceVariables } from './vscode/variables/workspaceVariables';

/** For tests. Every other extension can call it, so that nothing in it gives a value. */
export interface ExtensionApi {
  /** Settles when every read that is under way is shown. */
  whenIdle(): Promise<void>;
  /** Fires the URI of a configuration that was evaluated anew, or is gone. */
  readonly onDidEvaluate: Event<string>;
  /** What the servers view, hovers and lists know of a variable for the configuration at `uri`. */
  stateOf(uri: vscode.Uri, name: string): VariableState;
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
  const reports = own(new Reports({ scheme: 'mcp-auth-report', before: 'Test of ' }));
  const history = own(
    new Reports({
      scheme: 'mcp-auth-history',
      before: 'Secrets in ',
      placeholder: 'The history was not searched yet.\n',
    }),
  );
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

  return Object.freeze<ExtensionApi>({
    onDidEvaluate: store.onDidChange,
    stateOf: (uri, name) => ({ ...variables.environmentFor(uri).lookup(name) }),
    async whenIdle() {
      await secrets.whenIdle();
      await variables.whenIdle();
      await documents.whenIdle();
      await files.whenIdle();
      await logins.whenIdle();
    },
  });
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
