import { lastOfEach } from '../base/lastOfEach';
import { mask } from '../base/mask';
import {
  expand,
  headerRules,
  localRules,
  namesIn,
  urlRules,
  type ExpansionRules,
  type Lookup,
  type Segment,
} from '../config/expansion';
import { findExpressions } from '../config/expressions';
import type { JsonPath } from '../config/json';
import type { McpConfig, McpServer } from '../config/mcpConfig';
import type { StringLeaf } from '../config/stringLeaves';
import { findForeignReferences } from '../config/variables';
import type { FileFacts } from '../diagnostics/fileFacts';
import { maskSecrets } from '../secrets/maskSecrets';
import type { Environment } from './environment';
import { explainHelper } from './explainHelper';
import { noteOf } from './variableNotes';

/** One value of an entry, and what a server gets of it. No value of a variable is in it. */
export interface ExplainedField {
  /** `url`, `headers.Authorization`, `args[0]` */
  readonly field: string;
  /** A literal credential is hidden. */
  readonly written: string;
  readonly becomes: string;
  /** Sentences, as Markdown: where it comes from, and what to do. */
  readonly notes: readonly string[];
  /** The variables that have a part in it. */
  readonly names: readonly string[];
}

/** What is known besides the configuration. */
export interface ExplanationContext {
  readonly environment: Environment;
  /** The value where Claude Code reads it. It decides what a value refers to, and is not shown. */
  readonly lookup: Lookup;
  readonly files: FileFacts;
}

/** Every value of the entry that Claude Code expands or hands to a shell, in the order of the text. */
export function explainServer(
  config: McpConfig,
  server: McpServer,
  context: ExplanationContext,
): readonly ExplainedField[] {
  const expanded = server.strings
    .filter(({ expands }) => expands)
    .map((leaf) => explainString(leaf, fieldName(leaf.path.slice(server.path.length)), context));
  const helper = explainHelper(config, server, context);
  // Of fields spelt alike the last counts.
  return lastOfEach([...expanded, ...(helper ? [helper] : [])], ({ field }) => field);
}

/** The values that the entry's variables are looked up in, for whoever has to ask for them. */
export function expandAll({ strings }: McpServer, lookup: Lookup): void {
  for (const { value, slot, expands } of strings) {
    if (expands) {
      expand(value, lookup, rulesFor(slot.kind));
    }
  }
}

const masks = new RegExp(`(?:${mask})+`, 'g');

function explainString(
  { value, slot }: StringLeaf,
  field: string,
  { environment, lookup }: ExplanationContext,
): ExplainedField {
  const written = maskSecrets(value, slot);
  const rules = rulesFor(slot.kind);
  const segments = expand(written, lookup, rules);
  const becomes = segments.map(shownText).join('').replace(masks, mask);
  const notes = segments.flatMap((segment) =>
    noteOf(segment, { environment, lookup, target: rules.target }),
  );
  return {
    field,
    written,
    becomes,
    notes: [
      ...new Set(notes),
      ...leftAlone(value),
      ...(written === value ? [] : ['A credential stands in the file itself; it is hidden here.']),
      ...(field === 'url' && becomes.trim() === ''
        ? ['Without an address Claude Code does not connect.']
        : []),
    ],
    names: namesIn(segments),
  };
}

/** What came out of a value is hidden, whatever the second expansion made of it. */
function shownText({ text, origin, via }: Segment): string {
  const isFromValue = origin.kind === 'variable' || via.some(({ kind }) => kind === 'variable');
  return isFromValue && text !== '' ? mask : text;
}

/** Says of what looks like a variable and is none that it stays. */
function leftAlone(value: string): readonly string[] {
  const isOther = findExpressions(value).some(({ kind }) => kind !== 'reference');
  return isOther || findForeignReferences(value).some(({ isAmbiguous }) => !isAmbiguous)
    ? ['Claude Code expands `${NAME}` and `${NAME:-default}` alone; any other form stays as it is.']
    : [];
}

function rulesFor(kind: StringLeaf['slot']['kind']): ExpansionRules {
  return kind === 'header' ? headerRules : kind === 'url' ? urlRules : localRules;
}

function fieldName([field, ...rest]: JsonPath): string {
  const steps = rest.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`));
  return `${field}${steps.join('')}`;
}
