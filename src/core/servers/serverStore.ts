import { Emitter, type Disposable } from '../base/event';
import type { LoginReading } from '../claudeCode/loginState';
import { itemsOf, propertiesOf, type JsonNode, type JsonPath } from '../config/json';
import type { McpConfig, McpServer } from '../config/mcpConfig';
import type { Finding } from '../diagnostics/rule';

/** One configuration file as it stands now. */
export interface ConfigFile {
  /** Its URI. */
  readonly id: string;
  /** Relative to the workspace, as a person names it. */
  readonly label: string;
  readonly config: McpConfig;
  readonly findings: readonly Finding[];
}

/** What the last test of a server found, in words; the words hold no credential. */
export interface LastTest {
  /** Whether the server took the credential. */
  readonly isAccepted: boolean;
  /** The server wants a sign-in, which a test does not bring. */
  readonly asksForSignIn?: boolean;
  /** As in the tree: "accepted", "rejected (401)". */
  readonly state: string;
  /** A sentence. */
  readonly headline: string;
  /** Epoch milliseconds. */
  readonly at: number;
}

export interface ServerRecord {
  readonly file: ConfigFile;
  readonly server: McpServer;
  readonly findings: readonly Finding[];
  /** `undefined` when never tested, or not since the entry changed. */
  readonly lastTest: LastTest | undefined;
  /** There was a test, of other values in the entry. */
  readonly isChangedSinceTest: boolean;
  readonly isTesting: boolean;
  /** The sign-in of Claude Code; `undefined` where there is none to have, and before it was read. */
  readonly login: LoginReading | undefined;
}

interface TestOfValue {
  /** The entry as it was tested, apart from its layout. */
  readonly value: string;
  readonly lastTest: LastTest;
}

/**
 * The one mutable model: the files by URI, and the last test of each server. Tree, diagnostics and
 * status derive from it and hold nothing of their own.
 */
export class ServerStore implements Disposable {
  private readonly files = new Map<string, ConfigFile>();
  private readonly tests = new Map<string, TestOfValue>();
  /** How many tests of each server are under way. */
  private readonly testing = new Map<string, number>();
  /** By file, then by server. */
  private readonly logins = new Map<string, ReadonlyMap<string, LoginReading>>();
  private readonly changed = new Emitter<string>();

  /** Whether every file of the workspace is here; not so where there are too many to read. */
  isComplete = true;

  /** Fires the URI of the file that was set, changed by a test, or removed. */
  readonly onDidChange = this.changed.event;

  setFile(file: ConfigFile): void {
    this.files.set(file.id, file);
    this.changed.fire(file.id);
  }

  removeFile(id: string): void {
    if (this.files.delete(id)) {
      this.logins.delete(id);
      this.changed.fire(id);
    }
  }

  file(id: string): ConfigFile | undefined {
    return this.files.get(id);
  }

  /** In the order of their labels. */
  allFiles(): readonly ConfigFile[] {
    return [...this.files.values()].sort(
      (a, b) => compare(depth(a), depth(b)) || compare(a.label, b.label),
    );
  }

  /** The servers of a file in the order of the text; of duplicate names each one. */
  servers(file: ConfigFile): readonly ServerRecord[] {
    const findings = findingsByEntry(file);
    return file.config.servers.map((server) => {
      const id = serverId(file, server);
      // A test is of the entry that loads, not of one that a later one of its name hides.
      const test = server.isShadowed ? undefined : this.tests.get(id);
      const isCurrent = test !== undefined && test.value === valueOf(server.node);
      return {
        file,
        server,
        findings: findings.get(keyOf(server.path)) ?? [],
        lastTest: isCurrent ? test.lastTest : undefined,
        isChangedSinceTest: test !== undefined && !isCurrent,
        isTesting: !server.isShadowed && this.testing.has(id),
        login: server.isShadowed ? undefined : this.logins.get(file.id)?.get(id),
      };
    });
  }

  /** `tested` is the record as it was sent: a change made meanwhile makes the result stale. */
  setLastTest({ file, server }: ServerRecord, lastTest: LastTest): void {
    this.tests.set(serverId(file, server), { value: valueOf(server.node), lastTest });
    this.changed.fire(file.id);
  }

  /** What is known of the sign-ins to the servers of a file, by `serverId`. */
  setLogins(fileId: string, logins: ReadonlyMap<string, LoginReading>): void {
    const isSame =
      JSON.stringify([...logins]) === JSON.stringify([...(this.logins.get(fileId) ?? [])]);
    if (!isSame && this.files.has(fileId)) {
      this.logins.set(fileId, logins);
      this.changed.fire(fileId);
    }
  }

  /** Shows the server as being tested until what is given back is called. */
  beginTest({ file, server }: ServerRecord): () => void {
    const id = serverId(file, server);
    const add = (count: number) => {
      const total = (this.testing.get(id) ?? 0) + count;
      if (total > 0) {
        this.testing.set(id, total);
      } else {
        this.testing.delete(id);
      }
      this.changed.fire(file.id);
    };
    add(1);
    return () => add(-1);
  }

  dispose(): void {
    this.changed.dispose();
  }
}

/** Stable while the file and the server keep their names. */
export function serverId(file: ConfigFile, server: McpServer): string {
  return keyOf([file.id, ...server.path]);
}

/** What is written, apart from its layout. Fields keep their order, and duplicates are told apart. */
function valueOf(node: JsonNode | undefined): string {
  switch (node?.type) {
    case 'object': {
      const fields = propertiesOf(node).map(
        ({ key, value }) => `${JSON.stringify(key)}:${valueOf(value)}`,
      );
      return `{${fields.join(',')}}`;
    }
    case 'array':
      return `[${itemsOf(node).map(valueOf).join(',')}]`;
    default:
      return JSON.stringify(node?.value) ?? '';
  }
}

/** The findings of each entry by its path: each finding is looked at once for all servers. */
function findingsByEntry({ config, findings }: ConfigFile): ReadonlyMap<string, Finding[]> {
  const byEntry = new Map<string, Finding[]>(config.servers.map(({ path }) => [keyOf(path), []]));
  const lengths = new Set(config.servers.map(({ path }) => path.length));
  for (const finding of findings) {
    for (const length of lengths) {
      byEntry.get(keyOf(finding.path.slice(0, length)))?.push(finding);
    }
  }
  return byEntry;
}

function keyOf(path: JsonPath): string {
  return JSON.stringify(path);
}

function depth({ label }: ConfigFile): number {
  return label.split('/').length;
}

function compare<T extends string | number>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
