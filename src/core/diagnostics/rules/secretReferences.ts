import { expressionsIn } from '../../config/expressionsIn';
import type { McpConfig, McpServer } from '../../config/mcpConfig';
import type { StringLeaf } from '../../config/stringLeaves';
import { readCredentialName } from '../../secrets/credentialNames';

/** A reference to a variable that holds a credential, as its name or its parameter promises. */
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
      if (expression.kind !== 'reference') {
        continue;
      }
      const { name, start, end } = expression;
      if (isCredentialName(name) || (slot === 'url' && isCredentialParameter(leaf.value, start))) {
        yield { server, leaf, name, start, end };
      }
    }
  }
}

/** Whether a variable's name promises a credential, be it vaguely. */
export function mayNameCredential(name: string): boolean {
  return !workingFolder.test(name) && readCredentialName(name) !== undefined;
}

/** A shell keeps the folder it works in there, and the one before; no password. */
const workingFolder = /^(?:OLD)?PWD$/;

/** `?token=${FOO}`: the parameter says what the variable holds. */
function isCredentialParameter(url: string, start: number): boolean {
  const before = url.slice(Math.max(0, start - 60), start);
  const name = /[?&]([\w.-]+)=$/.exec(before)?.[1];
  return name !== undefined && isCredentialName(name);
}

/** `AUTH` and `CREDENTIALS` name modes and files as often; `OPENAI_KEY` names a key. */
function isCredentialName(name: string): boolean {
  const meaning = workingFolder.test(name) ? undefined : readCredentialName(name);
  return meaning?.kind === 'api-key' && meaning.isVague
    ? !ofCertificate.test(name)
    : meaning?.isVague === false;
}

/** The key that belongs to a certificate is passed as the path of its file. */
const ofCertificate = /(?:^|_)(?:client|server|tls|ssl|ssh|cert|ca|host)_?key$/i;
