import type { OffsetRange } from '../base/range';
import type { EntryProblem } from './entryProblems';
import {
  StringNode,
  type JsonNode,
  type JsonPath,
  type JsonProperty,
  type StringValue,
} from './json';
import type { Place } from './place';
import type { StringLeaf } from './stringLeaves';
import type { SyntaxProblem } from './syntaxProblem';

/** How a client talks to a server. `streamable-http` is read as `http`. */
export type Transport = 'stdio' | 'http' | 'sse' | 'ws';

/** One configuration file, parsed. Any text gives one; what is wrong with it is part of it. */
export interface McpConfig {
  readonly text: string;
  readonly place: Place;
  readonly root: JsonNode | undefined;
  /** Why nothing in this file loads; `undefined` when entries are looked at one by one. */
  readonly fileProblem: FileProblem | undefined;
  /** What would still be wrong with the file if it were strict JSON, as a repair makes it. */
  readonly nextProblem?: FileProblem;
  /** In the order of the text. Entries that do not load are here too. */
  readonly servers: readonly McpServer[];
}

/** What makes Claude Code drop a whole file. */
export type FileProblem =
  | { readonly kind: 'too-large'; readonly bytes: number }
  | ({ readonly kind: 'syntax' } & SyntaxProblem)
  | { readonly kind: 'not-object'; readonly found: string; readonly range: OffsetRange }
  | {
      readonly kind: 'servers-missing';
      readonly range: OffsetRange;
      /** The key under which another client keeps them. */
      readonly found?: JsonProperty;
      /** `servers` inside this one, as VS Code has them in its settings. */
      readonly outer?: JsonProperty;
    }
  | { readonly kind: 'servers-not-object'; readonly found: string; readonly range: OffsetRange };

export interface McpServer {
  readonly name: string;
  /** Of the name's string literal, quotes included. */
  readonly nameRange: OffsetRange;
  /** From the name to the end of the entry. */
  readonly range: OffsetRange;
  /** Of the entry in the file, such as `['mcpServers', 'github']`. */
  readonly path: JsonPath;
  /** The folder whose local servers these are, inside `~/.claude.json`. */
  readonly project?: string;
  readonly node: JsonNode | undefined;
  /** As declared, or as the fields suggest where `type` is missing or unknown. */
  readonly transport: Transport | undefined;
  readonly command: StringValue | undefined;
  /** The items that are strings, each with its index in `args`. */
  readonly args: readonly Argument[];
  readonly env: readonly NamedValue[];
  readonly url: StringValue | undefined;
  readonly headers: readonly NamedValue[];
  readonly headersHelper: StringValue | undefined;
  /** Every string of the entry, in the order of the text. */
  readonly strings: readonly StringLeaf[];
  /** Why Claude Code skips this entry; empty when it does not. */
  readonly problems: readonly EntryProblem[];
  /** A later entry has its name: Claude Code never sees this one. */
  readonly isShadowed: boolean;
  /** Whether Claude Code loads it: the file is read and the entry has no problem. */
  readonly loads: boolean;
}

export class Argument extends StringNode {
  constructor(
    node: JsonNode,
    readonly index: number,
  ) {
    super(node);
  }
}

/** A header or an environment variable. */
export class NamedValue {
  constructor(
    private readonly property: JsonProperty,
    readonly value: StringValue,
  ) {}

  get name(): string {
    return this.property.key;
  }

  get nameRange(): OffsetRange {
    return this.property.keyRange;
  }
}
