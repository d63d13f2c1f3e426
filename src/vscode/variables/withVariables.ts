import type { Lookup } from '../../core/config/expansion';

/**
 * What `compute` gives when it knows every variable that it asks for. A value may refer to further
 * variables, so one knows only in the course of it which these are.
 */
export async function withVariables<T>(
  compute: (lookup: Lookup) => T,
  valueOf: (name: string) => Promise<string | undefined>,
): Promise<T> {
  const values = new Map<string, string | undefined>();
  for (;;) {
    const missing = new Set<string>();
    const result = compute((name) => {
      if (!values.has(name)) {
        missing.add(name);
      }
      return values.get(name);
    });
    if (missing.size === 0) {
      return result;
    }
    for (const name of missing) {
      values.set(name, await valueOf(name));
    }
  }
}
