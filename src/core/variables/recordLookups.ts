import type { Environment } from './environment';
import type { Names } from './nameStates';

/** An environment that remembers what it was asked. */
export interface RecordedEnvironment extends Environment {
  /** Whether an answer that it gave may be another one when `names` have changed. */
  dependsOn(names: Names): boolean;
}

/** Whoever asked for all names depends on each: a new one may be the one that was meant. */
export function recordLookups(environment: Environment): RecordedEnvironment {
  const asked = new Set<string>();
  let isAskedForAll = false;
  return {
    lookup(name) {
      asked.add(name);
      return environment.lookup(name);
    },
    names() {
      isAskedForAll = true;
      return environment.names?.() ?? [];
    },
    holders(name) {
      asked.add(name);
      return environment.holders?.(name) ?? [];
    },
    dependsOn: (names) =>
      names === 'any'
        ? isAskedForAll || asked.size > 0
        : [...names].some((name) => isAskedForAll || asked.has(name)),
  };
}
