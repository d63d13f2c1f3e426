import type { VariableSourceId } from './variableSources';

/**
 * What is known of one variable on this machine, never its value. `session-only`: set where an
 * interactive session of Claude Code reads it and its `mcp list` does not.
 */
export type VariableState =
  | { readonly kind: 'set'; readonly source: string }
  | { readonly kind: 'empty'; readonly source: string }
  | { readonly kind: 'session-only'; readonly source: string }
  | {
      readonly kind: 'unset';
      readonly alsoIn?: string;
      /** Where was looked, as it stands in a sentence, if that is less than Claude Code reads. */
      readonly lookedIn?: string;
    }
  | { readonly kind: 'unknown' };

/** Where rules ask about variables. */
export interface Environment {
  lookup(name: string): VariableState;
  /** The names that are known, wherever they are kept; absent where nothing can be told. */
  names?(): Iterable<string>;
  /** Every source that has the name, the one that counts first; absent where nothing can be told. */
  holders?(name: string): readonly Holder[];
}

/** A source that has a variable. */
export interface Holder {
  readonly source: VariableSource;
  readonly state: 'set' | 'empty';
}

/** Nothing can be told: another machine's environment, or a workspace that is not trusted. */
export const unknownEnvironment: Environment = { lookup: () => ({ kind: 'unknown' }) };

/**
 * Whom the variables of a source reach. `always`: Claude Code, however it is asked. `sessions`: its
 * interactive sessions. `terminals`: Claude Code where a login shell starts it. `never`: nobody, until
 * a person loads them.
 */
export type Reach = 'always' | 'sessions' | 'terminals' | 'never';

/**
 * A place where variables are kept. Claude Code reads some of them itself; the rest are places from
 * which a person loads them. It says what is there, and never a value.
 */
export interface VariableSource {
  /** The row of `variableSources`, if it is one of those. */
  readonly id?: VariableSourceId;
  /** As it stands in a sentence: "set in …". */
  readonly label: string;
  readonly reach: Reach;
  /**
   * Whether the name is there, and whether with a value; `unknown` before the source was read, and
   * where it cannot be read.
   */
  has(name: string): 'set' | 'empty' | 'unset' | 'unknown';
  names(): Iterable<string>;
}

/**
 * The environment that `sources` make up, in the order in which Claude Code prefers them. A variable
 * that is set but empty counts as set there: its default is not used.
 * @param lookedIn what `sources` are called in a sentence, if Claude Code reads more than these
 */
export function environmentOf(sources: readonly VariableSource[], lookedIn?: string): Environment {
  return {
    lookup(name) {
      const holders = holdersOf(sources, name);
      const read = holders.find(({ source }) => source.reach === 'always');
      if (read !== undefined) {
        return { kind: read.state, source: read.source.label };
      }
      if (isUnknownIn(sources, 'always', name)) {
        return { kind: 'unknown' };
      }
      const session = holders.find(({ source }) => source.reach === 'sessions');
      if (session !== undefined) {
        return { kind: 'session-only', source: session.source.label };
      }
      if (isUnknownIn(sources, 'sessions', name)) {
        return { kind: 'unknown' };
      }
      const other = holders[0]?.source;
      return {
        kind: 'unset',
        ...(other && { alsoIn: other.label }),
        ...(lookedIn !== undefined && { lookedIn }),
      };
    },
    names: () => new Set(sources.flatMap((source) => [...source.names()])),
    holders: (name) => holdersOf(sources, name),
  };
}

function isUnknownIn(sources: readonly VariableSource[], reach: Reach, name: string): boolean {
  return sources.some((source) => source.reach === reach && source.has(name) === 'unknown');
}

function holdersOf(sources: readonly VariableSource[], name: string): readonly Holder[] {
  return sources.flatMap((source) => {
    const state = source.has(name);
    return state === 'set' || state === 'empty' ? [{ source, state }] : [];
  });
}

/** A source over names and values, such as `process.env` or the pairs of a `.env` file. */
export function sourceOf(
  label: string,
  reach: VariableSource['reach'],
  values: Readonly<Record<string, string | undefined>>,
): VariableSource {
  return {
    label,
    reach,
    has(name) {
      const value = Object.hasOwn(values, name) ? values[name] : undefined;
      return value === undefined ? 'unset' : value === '' ? 'empty' : 'set';
    },
    names: () => Object.keys(values).filter((name) => values[name] !== undefined),
  };
}
