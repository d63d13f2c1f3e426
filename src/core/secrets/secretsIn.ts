import type { McpConfig, McpServer } from '../config/mcpConfig';
import type { StringLeaf } from '../config/stringLeaves';
import { readSecrets, type SecretReading } from './findSecrets';

/** A string of a configuration in which a credential or a placeholder for one stands. */
export interface SecretString extends SecretReading {
  readonly server: McpServer;
  readonly leaf: StringLeaf;
}

const known = new WeakMap<McpConfig, readonly SecretString[]>();

/** Every such string, in the order of the text. Several rules ask; the answer is found once. */
export function secretsIn(config: McpConfig): readonly SecretString[] {
  const found = known.get(config) ?? findAll(config);
  known.set(config, found);
  return found;
}

function findAll({ servers }: McpConfig): readonly SecretString[] {
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
