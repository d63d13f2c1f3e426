import { expressionsIn } from '../../config/expressionsIn';
import type { McpConfig } from '../../config/mcpConfig';
import type { Environment } from '../../variables/environment';
import { createNearNames, type NearNames } from '../../variables/nearNames';

/** For the last environment asked about: rules share it within one run. */
const known = new WeakMap<McpConfig, { environment: Environment; near: NearNames }>();

/**
 * The variable that `name`, which is not set, was probably meant to be: one that is kept somewhere,
 * or to which the file refers more than once while it has `name` once.
 */
export function meantName(
  config: McpConfig,
  environment: Environment,
  name: string,
): string | undefined {
  let found = known.get(config);
  if (found?.environment !== environment) {
    found = { environment, near: createNearNames(namesFor(config, environment)) };
    known.set(config, found);
  }
  return found.near(name);
}

function namesFor(config: McpConfig, environment: Environment): Iterable<string> {
  const counts = new Map<string, number>();
  for (const { expressions } of expressionsIn(config)) {
    for (const expression of expressions) {
      if (expression.kind === 'reference') {
        counts.set(expression.name, (counts.get(expression.name) ?? 0) + 1);
      }
    }
  }
  const repeated = [...counts].flatMap(([name, count]) => (count > 1 ? [name] : []));
  return [...(environment.names?.() ?? []), ...repeated];
}
