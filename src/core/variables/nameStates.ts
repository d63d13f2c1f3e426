import type { VariableSource } from './environment';
import type { VariableSourceRow } from './variableSources';

/**
 * What a source says of its variables, without their values: a state for each name that it has.
 * `unknown` where the source was not read yet, or cannot be.
 */
export type NameStates = ReadonlyMap<string, 'set' | 'empty' | 'unknown'> | 'unknown';

/** What is there to be had: a value for each name, `undefined` where Claude Code might make one up. */
export type NamedValues = ReadonlyMap<string, string | undefined>;

/** Names; `any` where it cannot be told which. */
export type Names = ReadonlySet<string> | 'any';

export function statesOf(values: NamedValues): NameStates {
  return new Map(
    Array.from(values, ([name, value]) => [
      name,
      value === undefined ? 'unknown' : value === '' ? 'empty' : 'set',
    ]),
  );
}

/** The names whose state is another one in `after`. A value that changes is no other state. */
export function changedNames(before: NameStates, after: NameStates): Names {
  if (before === 'unknown' || after === 'unknown') {
    return before === after ? new Set() : 'any';
  }
  const names = new Set([...before.keys(), ...after.keys()]);
  return new Set([...names].filter((name) => before.get(name) !== after.get(name)));
}

/** A source that answers from `states`. */
export function sourceOfStates(
  { id, label, reach }: VariableSourceRow,
  states: NameStates,
): VariableSource {
  return states === 'unknown'
    ? { id, label, reach, has: () => 'unknown', names: () => [] }
    : { id, label, reach, has: (name) => states.get(name) ?? 'unset', names: () => states.keys() };
}
