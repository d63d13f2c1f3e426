import type * as vscode from 'vscode';
import type { Sha256 } from '../core/claudeCode/loginKey';
import type { HistoryProgress, HistorySearch } from '../core/secrets/secretHistory';
import type { ServerStore } from '../core/servers/serverStore';
import type { HttpRunner } from '../core/tokenTest/httpRunner';
import type { Channels } from '../core/tokenTest/messageChannel';
import type { Keychain } from '../core/variables/keychain';
import type { PrivateFiles } from '../core/variables/privateFiles';
import type { ClaudeLogins } from './claudeCode/claudeLogins';
import type { ConfigDocuments } from './config/configDocuments';
import type { WorkspaceFiles } from './helperScripts/workspaceFiles';
import type { SecretStore } from './secrets/secretStore';
import type { CurlSettings } from './tokenTest/curlSettings';
import type { Reports } from './ui/reports';
import type { Explanations } from './variables/explanations';
import type { WorkspaceVariables } from './variables/workspaceVariables';

/** What the machine can do, handed in by extension.ts: nothing in src/vscode starts a process. */
export interface Machine {
  readonly files: PrivateFiles;
  /** The path of Claude Code's own folder, `~/.claude` unless the user moved it. */
  readonly claudeFolder: string;
  /** The path of `~/.claude.json`, Claude Code's memory of projects, trust and own servers. */
  readonly claudeState: string;
  /** The folder of what an administrator decided about Claude Code. */
  readonly claudeManaged: string;
  /** Claude Code keeps its sign-ins in the Keychain of macOS instead of a file. */
  readonly hasKeychainLogins: boolean;
  readonly sha256: Sha256;
  readonly keychain: Keychain;
  /**
   * The commits of the repository in which the file at `path` stands that write one of `values` into
   * any file; `undefined` where git does not answer, or the search was cancelled.
   */
  findCommits(
    path: string,
    values: readonly string[],
    signal: AbortSignal,
    onProgress: (progress: HistoryProgress) => void,
  ): Promise<HistorySearch | undefined>;
  /** A program on PATH, or `configured` where that is one; `undefined` where there is none. */
  findExecutable(name: string, configured: string): Promise<string | undefined>;
  /** Requests through the curl of the settings. */
  curl(settings: CurlSettings): Promise<HttpRunner>;
  /** WebSockets, and processes whose standard streams carry messages. */
  channels(settings: Pick<CurlSettings, 'timeoutMs' | 'connectTimeoutMs'>): Channels;
}

/** What commands work with. */
export interface Services {
  readonly extensionUri: vscode.Uri;
  readonly workspaceState: vscode.Memento;
  readonly log: vscode.LogOutputChannel;
  readonly store: ServerStore;
  readonly documents: ConfigDocuments;
  readonly variables: WorkspaceVariables;
  readonly secrets: SecretStore;
  readonly files: WorkspaceFiles;
  readonly logins: ClaudeLogins;
  /** Of tests, by server. */
  readonly reports: Reports;
  readonly explanations: Explanations;
  /** Of searches of the git history: one. */
  readonly history: Reports;
  readonly machine: Machine;
}
