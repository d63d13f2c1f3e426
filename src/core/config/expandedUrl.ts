import { findForeignReferences, findReferences } from './variables';

/** The address of a server, as far as the file decides it. */
export interface ExpandedUrl {
  /** Trimmed, each reference replaced by its default, or where that does not matter by a word. */
  readonly text: string;
  /** The variables whose defaults make it up: with them set it may be another address. */
  readonly variables: readonly string[];
}

/** Everything up to the end of host and port. */
const authority = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]+[/?#]/i;

/**
 * What Claude Code connects to when only the defaults count; `undefined` where a variable without
 * one, or a reference for another program, decides whether this is an address.
 */
export function expandUrl(value: string): ExpandedUrl | undefined {
  if (!value.includes('$') && !value.includes('%') && !value.includes('{')) {
    return { text: value.trim(), variables: [] };
  }
  if (findForeignReferences(value).length > 0) {
    return undefined;
  }
  const variables: string[] = [];
  let text = '';
  let position = 0;
  for (const { name, defaultValue, start, end } of findReferences(value)) {
    text += value.slice(position, start);
    position = end;
    if (defaultValue === undefined && !authority.test(text.trimStart())) {
      return undefined;
    }
    if (defaultValue !== undefined) {
      variables.push(name);
    }
    text += defaultValue ?? 'x';
  }
  text = (text + value.slice(position)).trim();
  // What is left of `${` is a mistake of its own.
  return text.includes('${') ? undefined : { text, variables };
}
