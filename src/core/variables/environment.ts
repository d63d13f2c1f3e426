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
}

/** Nothing can be told: another machine's environment, or a workspace that is not trusted. */
export const unknownEnvironment: Environment = { lookup: () => ({ kind: 'unknown' }) };

/**
 * A place where variables are kept. Claude Code reads some of them itself; the rest are places from
 * which a person loads them.
 */
export interface VariableSource {
  /** As it stands in a sentence: "set in …". */
  readonly label: string;
  readonly reach: 'always' | 'sessions' | 'never';
  /** Whether the name is there, and whether with a value. */
  has(name: string): 'set' | 'empty' | 'unset';
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
      const holds = (source: VariableSource) => source.has(name) !== 'unset';
      const read = sources.find((source) => source.reach === 'always' && holds(source));
      if (read !== undefined) {
        return { kind: read.has(name) === 'empty' ? 'empty' : 'set', source: read.label };
      }
      const session = sources.find((source) => source.reach === 'sessions' && holds(source));
      if (session !== undefined) {
        return { kind: 'session-only', source: session.label };
      }
      const other = sources.find((source) => source.reach === 'never' && holds(source));
      return {
        kind: 'unset',
        ...(other && { alsoIn: other.label }),
        ...(lookedIn !== undefined && { lookedIn }),
      };
    },
    names: () => new Set(sources.flatMap((source) => [...source.names()])),
  };
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
