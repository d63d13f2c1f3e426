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
  const found = known.get(config) ?? config.servers.flatMap(secretsOf);
  known.set(config, found);
  return found;
}

function secretsOf(server: McpServer): readonly SecretString[] {
  return server.strings.flatMap((leaf) => {
    const reading = readSecrets(leaf.value, leaf.slot);
    return reading.secrets.length + reading.placeholders.length === 0
      ? []
      : [{ server, leaf, ...reading }];
  });
}
