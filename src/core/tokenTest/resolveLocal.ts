import { expand, localRules, namesIn, textOf, type Lookup } from '../config/expansion';
import type { McpServer } from '../config/mcpConfig';
import { readCredentialName } from '../secrets/credentialNames';
import { isPrivateName } from './privateNames';
import { urlParts } from './urlParts';
import { broughtValues, literalCredentials } from './segmentNames';
import type { StdioTarget, TargetText } from './tokenTestTarget';

/**
 * A local server as Claude Code would start it: everything expanded once. A reference to which
 * `lookup` knows no value stays as it is written.
 * @param folder the path of the folder in which Claude Code would start it
 */
export function resolveLocal(server: McpServer, lookup: Lookup, folder: string): StdioTarget {
  const leaves = new Map(
    server.strings.map((leaf) => [leaf.path.slice(server.path.length).join('\0'), leaf]),
  );

  function resolve(value: string, ...path: readonly (string | number)[]): TargetText {
    const segments = expand(value, lookup, localRules);
    const [field, name] = path;
    const leaf = leaves.get(path.join('\0'));
    const isPrivate = field === 'env' && isPrivateName(String(name));
    const text = textOf(segments);
    return {
      text,
      written: value,
      shown: segments
        .map(({ text: part, origin }) =>
          origin.kind === 'variable' && readCredentialName(origin.name) !== undefined
            ? `\${${origin.name}}`
            : part,
        )
        .join(''),
      secretNames: namesIn(segments),
      values: [
        ...broughtValues(segments),
        ...(leaf === undefined ? [] : literalCredentials(leaf.value, leaf.slot)),
        ...(isPrivate ? [text] : []),
      ],
      unresolved: segments.flatMap(({ origin }) => (origin.kind === 'unset' ? origin.name : [])),
    };
  }

  const env = new Map(server.env.map((entry) => [entry.name, entry]));
  return {
    transport: 'stdio',
    serverName: server.name,
    command: resolve(server.command?.value ?? '', 'command'),
    args: server.args.map(({ value, index }) => resolve(value, 'args', index)),
    env: [...env.values()].map(({ name, value }) => ({
      name,
      ...resolve(value.value, 'env', name),
    })),
    folder,
  };
}

/** The values of `target` to be covered wherever they turn up. */
export function localValues({ command, args, env }: StdioTarget): readonly string[] {
  const values = [command, ...args, ...env].flatMap((text) => text.values ?? []);
  const parts = values.flatMap((value) => [...value.split(/[\s,;]+/), ...urlParts(value)]);
  return worthCovering([...values, ...parts.slice(0, maxParts)]);
}

/** Anything shorter, and words that every program writes, would blot out half of every answer. */
export function worthCovering(values: readonly string[]): readonly string[] {
  return [...new Set(values)].filter((value) => value.length >= 4 && !commonWords.test(value));
}

/** A value may be a whole document; its parts from there on are known within it only. */
const maxParts = 1000;

const commonWords = /^(?:true|false|null|none|info|debug|error|warn|node|stdio|http|https)$/i;
