import type { OffsetRange, TextEdit } from '../base/range';
import type { JsonPath } from '../config/json';
import type { McpConfig, McpServer } from '../config/mcpConfig';
import type { Environment } from '../variables/environment';
import type { FileFacts } from './fileFacts';

/**
 * error: Claude Code will not load it, or a credential is exposed. warning: it will not work as
 * written. information and hint: advice.
 */
export type Severity = 'error' | 'warning' | 'information' | 'hint';

export type Category = 'loading' | 'credentials' | 'variables' | 'helper' | 'wrapper';

/** One thing worth saying about a configuration, and how to say and repair it. */
export interface Rule<Id extends string = string> {
  /** Thing, then problem: `server-url-missing`. Also the name of its folder and of its page. */
  readonly id: Id;
  readonly category: Category;
  /** The default; settings may change it. */
  readonly severity: Severity;
  check(context: RuleContext): Iterable<Report>;
}

export interface RuleContext {
  readonly config: McpConfig;
  readonly environment: Environment;
  readonly files: FileFacts;
}

/** What a rule says about one place in the text. */
export interface Report {
  readonly range: OffsetRange;
  /** What is wrong, what the client does with it, what to do. Never a credential. */
  readonly message: string;
  readonly server?: McpServer;
  /** Where it stands, as keys and indices from the top of the file. */
  readonly path?: JsonPath;
  /** Names of the variables concerned. */
  readonly variables?: readonly string[];
  /** Milder than the rule's own, where this case cannot be known for certain. */
  readonly severity?: Severity;
  /** Computed when asked for; the first is the one to prefer. */
  readonly fixes?: () => readonly Fix[];
}

/** A finding is a report with its rule's name on it: a plain value but for `fixes`. */
export interface Finding {
  readonly rule: string;
  readonly category: Category;
  readonly severity: Severity;
  readonly message: string;
  readonly range: OffsetRange;
  /** The server's name; `undefined` for the file as a whole. */
  readonly server: string | undefined;
  readonly path: JsonPath;
  readonly variables: readonly string[];
  readonly fixes: (() => readonly Fix[]) | undefined;
}

/** A repair, as edits of the one version of the text that was checked. */
export interface Fix {
  /** A verb first, as a menu item. */
  readonly title: string;
  readonly edits: readonly TextEdit[];
  /** It changes nothing but what was meant: it may be applied with others and on save. */
  readonly isSafe: boolean;
  /** It indents other lines anew: what another repair adds at the same time would stay behind. */
  readonly movesLines?: boolean;
  /** The credential that leaves the text with this edit, and the variable that stands for it. */
  readonly secret?: { readonly range: OffsetRange; readonly variable: string };
}
