import type { McpConfig, McpServer } from '../config/mcpConfig';
import { findOutside } from '../config/outside';
import type { StringLeaf } from '../config/stringLeaves';
import { findKnownSecrets, readSecrets, type SecretReading } from './findSecrets';

/** A string of a configuration in which a credential or a placeholder for one stands. */
export interface SecretString extends SecretReading {
  /** `undefined` for a string in no server of the file. */
  readonly server: McpServer | undefined;
  readonly leaf: StringLeaf;
}

const known = new WeakMap<McpConfig, readonly SecretString[]>();

/**
 * Every such string: those of servers in the order of the text, then those outside of them. Several
 * rules ask; the answer is found once.
 */
export function secretsIn(config: McpConfig): readonly SecretString[] {
  const found = known.get(config) ?? [...findInServers(config), ...findElsewhere(config)];
  known.set(config, found);
  return found;
}

function findInServers({ servers }: McpConfig): readonly SecretString[] {
  const found: SecretString[] = [];
  for (const server of servers) {
    for (const leaf of server.strings) {
      const { secrets, placeholders } = readSecrets(leaf.value, leaf.slot);
      if (secrets.length + placeholders.length > 0) {
        found.push({ server, leaf, secrets, placeholders });
      }
    }
  }
  return found;
}

/** What is in no server is not sent: a placeholder there keeps nothing from working. */
function findElsewhere(config: McpConfig): readonly SecretString[] {
  const { entries, strings } = findOutside(config);
  const inEntries = entries.flatMap((entry) =>
    entry.strings.map((leaf) => ({ leaf, secrets: readSecrets(leaf.value, leaf.slot).secrets })),
  );
  // Of a string that may be anything, only its form tells.
  const strays = strings.map((leaf) => ({
    leaf,
    secrets: findKnownSecrets(leaf.value, leaf.slot),
  }));
  return [...inEntries, ...strays]
    .filter(({ secrets }) => secrets.length > 0)
    .map(({ leaf, secrets }) => ({ server: undefined, leaf, secrets, placeholders: [] }));
}
