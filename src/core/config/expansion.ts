import { isBlankedLocally, isBlankedName, isBlankedValue } from './dialects/blankedNames';
import { findReferences, type VariableReference } from './variables';

/** What a stretch of an expanded value is. The text of `unset` is the reference itself. */
export type Origin =
  | { readonly kind: 'literal' }
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'default'; readonly name: string }
  /** Claude Code keeps the variable away from the server: nothing stands in its place. */
  | { readonly kind: 'blank'; readonly name: string }
  | { readonly kind: 'unset'; readonly name: string };

export interface Segment {
  readonly text: string;
  readonly origin: Origin;
  /**
   * What an earlier pass put there for this one to expand, empty otherwise: the value of a variable
   * or a default that holds a reference of its own.
   */
  readonly via: readonly Origin[];
}

/** The value of a variable; `undefined` where it is not set. */
export type Lookup = (name: string) => string | undefined;

export interface ExpansionRules {
  /** `remote` for `url` and `headers`, `local` for `command`, `args` and `env`. */
  readonly target: 'remote' | 'local';
  /** How often the result is expanded again: headers twice, all else once. */
  readonly passes: 1 | 2;
}

export const localRules: ExpansionRules = { target: 'local', passes: 1 };
export const urlRules: ExpansionRules = { target: 'remote', passes: 1 };
export const headerRules: ExpansionRules = { target: 'remote', passes: 2 };

/**
 * `value` as Claude Code expands it, in stretches that say where they come from. Each pass reads the
 * whole result of the one before, so that a reference may be made up of several stretches.
 */
export function expand(value: string, lookup: Lookup, rules: ExpansionRules): readonly Segment[] {
  let segments: readonly Segment[] = [{ text: value, origin: { kind: 'literal' }, via: [] }];
  for (let pass = 0; pass < rules.passes; pass++) {
    segments = expandOnce(segments, lookup, rules);
  }
  return segments;
}

/** What the server gets. */
export function textOf(segments: readonly Segment[]): string {
  return segments.map(({ text }) => text).join('');
}

/** Every variable that had a part in it, in order, each once. */
export function namesIn(segments: readonly Segment[]): readonly string[] {
  const origins = segments.flatMap(({ origin, via }) => [...via, origin]);
  return [...new Set(origins.flatMap((origin) => ('name' in origin ? origin.name : [])))];
}

function expandOnce(
  segments: readonly Segment[],
  lookup: Lookup,
  rules: ExpansionRules,
): readonly Segment[] {
  const whole = textOf(segments);
  const slice = slicer(segments);
  const result: Segment[] = [];
  let position = 0;
  for (const reference of findReferences(whole)) {
    const { start, end } = reference;
    result.push(...slice(position, start));
    const via = slice(start, end)
      .filter(({ text }) => text !== '')
      .map(({ origin }) => origin)
      .filter(({ kind }) => kind === 'variable' || kind === 'default');
    result.push({ ...resolve(whole, reference, lookup, rules), via });
    position = end;
  }
  return [...result, ...slice(position, whole.length)];
}

/**
 * Gives the stretches from one offset up to another, with those that are empty and stand there. From
 * call to call `start` only grows, so that all of them together pass over each segment once.
 */
function slicer(segments: readonly Segment[]) {
  let first = 0;
  let firstPosition = 0;
  return (start: number, end: number): readonly Segment[] => {
    for (; first < segments.length; first++) {
      const length = segments[first]?.text.length ?? 0;
      if (firstPosition + length >= start) {
        break;
      }
      firstPosition += length;
    }
    const found: Segment[] = [];
    let position = firstPosition;
    for (let index = first; index < segments.length && position <= end; index++) {
      const segment = segments[index];
      if (segment !== undefined) {
        const from = Math.max(start, position);
        const to = Math.min(end, position + segment.text.length);
        const isEmptyHere = segment.text === '' && from === to && segment.origin.kind !== 'literal';
        if (from < to || isEmptyHere) {
          found.push({ ...segment, text: segment.text.slice(from - position, to - position) });
        }
        position += segment.text.length;
      }
    }
    return found;
  };
}

function resolve(
  whole: string,
  { name, defaultValue, start, end }: VariableReference,
  lookup: Lookup,
  { target }: ExpansionRules,
): Omit<Segment, 'via'> {
  const value = lookup(name);
  const isBlank =
    target === 'remote'
      ? isBlankedName(name) || isBlankedValue(name, value)
      : value !== undefined && isBlankedLocally(name);
  if (isBlank) {
    return { text: '', origin: { kind: 'blank', name } };
  }
  if (value !== undefined) {
    return { text: value, origin: { kind: 'variable', name } };
  }
  return defaultValue === undefined
    ? { text: whole.slice(start, end), origin: { kind: 'unset', name } }
    : { text: defaultValue, origin: { kind: 'default', name } };
}
