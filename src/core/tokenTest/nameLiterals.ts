import { applyEdits, rangeBetween } from '../base/range';
import type { McpConfig, McpServer } from '../config/mcpConfig';
import { parseMcpConfig } from '../config/parseMcpConfig';
import { findReferences, withDefaults } from '../config/variables';
import { planMoves } from '../diagnostics/planMoves';
import { referredVariables } from '../diagnostics/rules/secretReports';
import { readCredentialName } from '../secrets/credentialNames';
import { proposeVariableName } from '../secrets/proposeVariableName';
import type { SecretSlot } from '../secrets/secretMatch';
import { secretsIn } from '../secrets/secretsIn';
import { schemeOf } from './credentials';
import { isPrivateName, isPrivateParameter } from './privateNames';
import type { HttpHeader } from './httpRunner';

/** What a remote server's entry has to say of a request, without any credential. */
export interface NamedEntry {
  readonly url: string;
  readonly headers: readonly HttpHeader[];
  /** The variables that stand for what the file has as text. */
  readonly forLiterals: readonly string[];
}

/**
 * `url` and `headers` of the entry with a reference in the place of each literal credential, under
 * the name that moving it would propose. What is private by the name beside it is taken for one too,
 * whatever it looks like: nobody can tell a short key from a word.
 * `undefined` where a credential stands that cannot become a reference.
 */
export function nameLiterals(config: McpConfig, server: McpServer): NamedEntry | undefined {
  const { moves } = planMoves(config);
  const edits = moves.flatMap((move) => move.edits);
  const rewritten = parseMcpConfig(applyEdits(config.text, edits), config.place);
  const entry = rewritten.servers[config.servers.indexOf(server)];
  if (entry === undefined || hasCredential(rewritten, entry)) {
    return undefined;
  }
  const before = namesOf(server);
  const taken = new Set([...referredVariables(rewritten), ...referredVariables(config)]);
  const forLiterals = [...namesOf(entry)].filter((name) => !before.has(name));

  function named(
    text: string,
    slot: SecretSlot,
    where: 'value' | 'query' | 'userinfo',
    key?: string,
  ) {
    const literal = withDefaults(text);
    if (literal.trim() === '' || literal.includes('${')) {
      return text;
    }
    const name =
      soleName(text) ??
      proposeVariableName(
        { where, kind: 'token', ...(key !== undefined && { keyName: key }) },
        slot,
        server.name,
        taken,
      );
    taken.add(name);
    forLiterals.push(name);
    return `\${${name}}`;
  }

  /** A default is text of the file too. */
  function withoutDefaults(text: string): string {
    const edits = findReferences(text).flatMap(({ name, defaultValue = '', start, end }) =>
      defaultValue === '' || readCredentialName(name) === undefined
        ? []
        : { name, range: rangeBetween(start, end), newText: `\${${name}}` },
    );
    forLiterals.push(...edits.map(({ name }) => name));
    return applyEdits(text, edits);
  }

  const headers = entry.headers.map(({ name, value: { value: given } }) => {
    const value = withoutDefaults(given);
    const scheme = schemeOf(value) && `${schemeOf(value)} `;
    const rest = value.slice(scheme.length);
    const slot = { kind: 'header', name } as const;
    return { name, value: isPrivateName(name) ? scheme + named(rest, slot, 'value', name) : value };
  });
  const url = withoutDefaults(entry.url?.value ?? '')
    .replace(
      /^(\s*\w+:\/\/)((?:\$\{[^}]*\}|[^/?#@])+)(?=@)/,
      (_, start: string, user: string) => start + named(user, { kind: 'url' }, 'userinfo'),
    )
    .replace(
      /([?&]([^?&=#]+)=)((?:\$\{[^}]*\}|[^&#])*)/g,
      (all: string, start: string, key: string, value: string) =>
        isPrivateParameter(key) ? start + named(value, { kind: 'url' }, 'query', key) : all,
    );
  return { url, headers, forLiterals: [...new Set(forLiterals)] };
}

/** The variable of a text that is one reference. */
function soleName(text: string): string | undefined {
  const [reference] = findReferences(text);
  return reference?.end === text.length && reference.start === 0 ? reference.name : undefined;
}

/** Whether one is left in what is sent. */
function hasCredential(config: McpConfig, entry: McpServer): boolean {
  return secretsIn(config).some(
    ({ server, leaf, secrets }) =>
      server === entry && ['url', 'header'].includes(leaf.slot.kind) && secrets.length > 0,
  );
}

/** The variables that have no default to stand in for them. */
function namesOf({ url, headers }: McpServer): ReadonlySet<string> {
  const texts = [url?.value ?? '', ...headers.map(({ value }) => value.value)];
  const references = texts.flatMap((text) => findReferences(text));
  return new Set(
    references.filter(({ defaultValue }) => defaultValue === undefined).map(({ name }) => name),
  );
}
