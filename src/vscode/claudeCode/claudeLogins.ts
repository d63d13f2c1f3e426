import * as vscode from 'vscode';
import { loginKey, type LoginKey, type Sha256 } from '../../core/claudeCode/loginKey';
import type { LoginReading, WhyUnknown } from '../../core/claudeCode/loginState';
import {
  canHoldLogin,
  findLostLogin,
  type LostLogin,
  type SignedInEntry,
} from '../../core/claudeCode/lostLogin';
import { readLogins, type Logins } from '../../core/claudeCode/readLogins';
import type { McpConfig, McpServer } from '../../core/config/mcpConfig';
import { maxFileBytes } from '../../core/config/parseMcpConfig';
import type { PlaceId } from '../../core/config/place';
import { serverId, type ConfigFile, type ServerStore } from '../../core/servers/serverStore';
import type { Machine } from '../services';
import { withVariables } from '../variables/withVariables';
import type { WorkspaceVariables } from '../variables/workspaceVariables';
import { loginConsent, loginSetting } from './loginConsent';

/** A server of a file as it stands, and the sign-in that it had before it was changed. */
export interface LostServer extends LostLogin {
  readonly key: string;
  readonly server: McpServer;
}

/** Where Claude Code knows a server by the name that it has in the file. */
const namedPlaces: readonly PlaceId[] = ['project', 'user', 'managed'];

/** The most entries of one file that are remembered with their sign-ins; the oldest are forgotten. */
const maxRemembered = 100;

/**
 * Keeps the store true to which servers Claude Code is signed in to. Read with consent, in a
 * trusted workspace, and never from the Keychain; of a token nothing is kept.
 */
export class ClaudeLogins implements vscode.Disposable {
  private readonly credentials: vscode.Uri;
  /** The sign-ins, or why they are not known; `undefined` where nothing is read at all. */
  private known: Logins | WhyUnknown | undefined;
  private reading: Promise<void>;
  private evaluating: Promise<void> | undefined;
  private readonly waiting = new Set<string>();
  private readonly evaluated = new Map<string, McpConfig>();
  private readonly remembered = new Map<string, readonly SignedInEntry[]>();
  private readonly lost = new Map<string, readonly LostServer[]>();
  private readonly subscriptions: vscode.Disposable[];

  constructor(
    private readonly store: ServerStore,
    private readonly variables: WorkspaceVariables,
    private readonly machine: Pick<Machine, 'claudeFolder' | 'hasKeychainLogins'> & {
      readonly sha256: Sha256;
    },
    private readonly log: vscode.LogOutputChannel,
  ) {
    const folder = vscode.Uri.file(machine.claudeFolder);
    this.credentials = vscode.Uri.joinPath(folder, '.credentials.json');
    const { workspace } = vscode;
    const refresh = () => void this.refresh();
    const watcher = workspace.createFileSystemWatcher(
      new vscode.RelativePattern(folder, '.credentials.json'),
    );
    this.subscriptions = [
      watcher,
      watcher.onDidCreate(refresh),
      watcher.onDidChange(refresh),
      watcher.onDidDelete(refresh),
      workspace.onDidGrantWorkspaceTrust(refresh),
      workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(loginSetting)) {
          refresh();
        }
      }),
      variables.onDidChange(() => this.evaluateAll()),
      store.onDidChange((id) => {
        if (store.file(id)?.config !== this.evaluated.get(id)) {
          this.evaluate(id);
        }
      }),
    ];
    this.reading = this.read();
  }

  /** Whether asking a person would lead to anything. */
  get canAsk(): boolean {
    return (
      vscode.workspace.isTrusted && !this.machine.hasKeychainLogins && loginConsent() === 'ask'
    );
  }

  /** Reads anew, after Claude Code may have written; settles when the store has it. */
  async refresh(): Promise<void> {
    this.reading = this.reading.then(() => this.read());
    await this.whenIdle();
  }

  /** The servers of a file that an edit signed out. */
  lostIn(fileId: string): readonly LostServer[] {
    return this.lost.get(fileId) ?? [];
  }

  /** Settles when every read that is under way is in the store. */
  async whenIdle(): Promise<void> {
    await this.reading;
    while (this.evaluating !== undefined) {
      await this.evaluating;
    }
  }

  dispose(): void {
    vscode.Disposable.from(...this.subscriptions).dispose();
  }

  private async read(): Promise<void> {
    this.known = await this.readKnown();
    this.evaluateAll();
  }

  private async readKnown(): Promise<Logins | WhyUnknown | undefined> {
    if (!vscode.workspace.isTrusted) {
      return undefined;
    }
    if (this.machine.hasKeychainLogins) {
      return { kind: 'keychain' };
    }
    const consent = loginConsent();
    if (consent !== 'always') {
      return { kind: consent === 'never' ? 'refused' : 'not-asked' };
    }
    const { fs } = vscode.workspace;
    try {
      const { type, size } = await fs.stat(this.credentials);
      // Another kind of file may never end.
      if ((type & vscode.FileType.File) === 0 || size > maxFileBytes) {
        return { kind: 'unreadable' };
      }
      return readLogins(new TextDecoder().decode(await fs.readFile(this.credentials)));
    } catch (error) {
      const isMissing = error instanceof vscode.FileSystemError && error.code === 'FileNotFound';
      return isMissing ? new Map() : { kind: 'unreadable' };
    }
  }

  private evaluateAll(): void {
    this.store.allFiles().forEach(({ id }) => this.evaluate(id));
  }

  private evaluate(id: string): void {
    this.waiting.add(id);
    this.evaluating ??= this.evaluateWaiting();
  }

  private async evaluateWaiting(): Promise<void> {
    // Typing comes in single characters: what is asked for in one turn is done once.
    await Promise.resolve();
    for (const id of this.waiting) {
      this.waiting.delete(id);
      const file = this.store.file(id);
      if (file === undefined) {
        this.evaluated.delete(id);
        this.lost.delete(id);
        continue;
      }
      this.evaluated.set(id, file.config);
      try {
        await this.evaluateFile(file);
      } catch (error) {
        this.log.error(`The sign-ins of ${file.label} could not be told: ${String(error)}`);
      }
    }
    this.evaluating = undefined;
  }

  private async evaluateFile(file: ConfigFile): Promise<void> {
    const { known } = this;
    const servers = namedPlaces.includes(file.config.place.id)
      ? file.config.servers.filter((server) => canHoldLogin(server))
      : [];
    const readings = new Map<string, LoginReading>();
    const lost: LostServer[] = [];
    if (known !== undefined && 'kind' in known) {
      servers.forEach((server) =>
        readings.set(serverId(file, server), { kind: 'unknown', why: known }),
      );
    } else if (known !== undefined) {
      const keyed = await this.findKeys(file, servers);
      this.remember(file, keyed, known);
      const present = new Set(keyed.flatMap(({ key }) => (key.kind === 'key' ? key.key : [])));
      for (const { server, key } of keyed) {
        const loss = this.findLoss(file, server, key, present, known);
        lost.push(...(loss === undefined ? [] : [loss]));
        readings.set(serverId(file, server), readingOf(key, known, loss));
      }
    }
    // A newer text of the file is evaluated after this one.
    if (this.store.file(file.id)?.config === file.config) {
      this.lost.set(file.id, lost);
      this.store.setLogins(file.id, readings);
    }
  }

  private findKeys(
    { id }: ConfigFile,
    servers: readonly McpServer[],
  ): Promise<readonly { readonly server: McpServer; readonly key: LoginKey }[]> {
    const uri = vscode.Uri.parse(id, true);
    return withVariables(
      (lookup) =>
        servers.map((server) => ({ server, key: loginKey(server, lookup, this.machine.sha256) })),
      async (name) => {
        const found = await this.variables.resolve(uri, name);
        return found?.isSeenByClaude === true ? found.value : undefined;
      },
    );
  }

  private remember(
    { id, config }: ConfigFile,
    keyed: readonly { readonly server: McpServer; readonly key: LoginKey }[],
    logins: Logins,
  ): void {
    const signedIn = keyed.flatMap(({ server, key }): readonly SignedInEntry[] => {
      if (key.kind !== 'key' || logins.get(key.key)?.hasAccessToken !== true) {
        return [];
      }
      const { offset, length } = server.range;
      return [{ key: key.key, server, text: config.text.slice(offset, offset + length) }];
    });
    const others = (this.remembered.get(id) ?? []).filter(
      (entry) => !signedIn.some(({ key }) => key === entry.key),
    );
    this.remembered.set(id, [...others, ...signedIn].slice(-maxRemembered));
  }

  private findLoss(
    { id }: ConfigFile,
    server: McpServer,
    key: LoginKey,
    present: ReadonlySet<string>,
    logins: Logins,
  ): LostServer | undefined {
    if (key.kind !== 'key' || logins.get(key.key)?.hasAccessToken === true) {
      return undefined;
    }
    const now = { key: key.key, server };
    const loss = findLostLogin(now, this.remembered.get(id) ?? [], present, logins);
    return loss && { ...loss, ...now };
  }
}

function readingOf(key: LoginKey, logins: Logins, loss: LostLogin | undefined): LoginReading {
  if (key.kind === 'unresolved') {
    return { kind: 'unknown', why: { kind: 'unresolved', names: key.names } };
  }
  return loss === undefined
    ? { kind: 'read', login: logins.get(key.key) }
    : { kind: 'lost', by: loss.by };
}
