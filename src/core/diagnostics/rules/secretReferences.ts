import { expressionsIn } from '../../config/expressionsIn';
import type { McpConfig, McpServer } from '../../config/mcpConfig';
import type { StringLeaf } from '../../config/stringLeaves';
import { readCredentialName } from '../../secrets/credentialNames';

/** A reference to a variable whose name promises a credential. */
export interface SecretReference {
  readonly server: McpServer;
  readonly leaf: StringLeaf;
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** Those in fields of one kind that Claude Code expands and that it loads. */
export function* secretReferences(
  config: McpConfig,
  slot: 'argument' | 'url',
): Iterable<SecretReference> {
  for (const { server, leaf, expressions } of expressionsIn(config)) {
    if (leaf.slot.kind !== slot || !leaf.expands || server.isShadowed) {
      continue;
    }
    for (const expression of expressions) {
      if (expression.kind === 'reference' && isCredentialName(expression.name)) {
        const { name, start, end } = expression;
        yield { server, leaf, name, start, end };
      }
    }
  }
}

/** `AUTH` and `CREDENTIALS` name modes and files as often; `OPENAI_KEY` names a key. */
function isCredentialName(name: string): boolean {
  const meaning = readCredentialName(name);
  return meaning?.kind === 'api-key' && meaning.isVague
    ? !ofCertificate.test(name)
    : meaning?.isVague === false;
}

/** The key that belongs to a certificate is passed as the path of its file. */
const ofCertificate = /(?:^|_)(?:client|server|tls|ssl|ssh|cert|ca|host)_?key$/i;
