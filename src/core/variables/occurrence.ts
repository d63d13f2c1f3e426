import type { OffsetRange } from '../base/range';
import type { McpServer } from '../config/mcpConfig';

/** A place in a file that names a variable. */
export interface Occurrence {
  readonly name: string;
  /** Of the name alone, without `${`. */
  readonly range: OffsetRange;
  readonly use: OccurrenceUse;
  /** `{ NAME } = process.env` names the variable and a constant: under another name it needs both. */
  readonly isShorthand?: true;
}

/** What the name is there for. */
export type OccurrenceUse =
  /** `${NAME}` where Claude Code expands it. */
  | ExpandedUse
  /** `${NAME}` in a string that Claude Code leaves as it is. */
  | { readonly kind: 'literal'; readonly server: McpServer }
  /** Read by a `headersHelper`, in its command or in its script. */
  | { readonly kind: 'helper' }
  /** A line of a `.env`, a key of `env` in settings. */
  | { readonly kind: 'definition' }
  /** `${NAME}` in another value of a `.env`. */
  | { readonly kind: 'value' }
  /** Prose, or a line that is commented out. */
  | { readonly kind: 'mention' };

export interface ExpandedUse {
  readonly kind: 'expanded';
  readonly server: McpServer;
  /** `local`: for a program that Claude Code starts. */
  readonly target: 'url' | 'header' | 'local';
  readonly defaultValue: string | undefined;
  /** From `${` to `}`. */
  readonly expression: OffsetRange;
}
