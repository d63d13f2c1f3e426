import type { Origin, Segment } from '../config/expansion';
import { findSecrets } from '../secrets/findSecrets';
import type { SecretSlot } from '../secrets/secretMatch';
import { isPrivateName } from './privateNames';

/**
 * Every variable that had a part in a value, each once. Left out is what only looks like a name and
 * stands within the value of a variable: it may be a piece of a credential.
 */
export function shownNames(segments: readonly Segment[]): readonly string[] {
  const names = segments.flatMap(({ origin, via }) => {
    const isGuess = origin.kind === 'unset' || origin.kind === 'default';
    return (isGuess && isFromVariable(via) ? via : [...via, origin]).flatMap(nameOf);
  });
  return [...new Set(names)];
}

/** The variables without a value, for what stands within a value the variable it came from. */
export function unresolvedNames(segments: readonly Segment[]): readonly string[] {
  return segments.flatMap(({ text, origin, via }) => {
    switch (origin.kind) {
      case 'unset': {
        const [source] = via.filter(({ kind }) => kind === 'variable').flatMap(nameOf);
        return source ?? origin.name;
      }
      // A reference that was begun in the file and not ended.
      case 'literal':
        return /\$\{([^}:]*)/.exec(text)?.[1] ?? [];
      case 'variable':
      case 'default':
      case 'blank':
        return [];
    }
  });
}

/** What did not come from the text itself, with the defaults of what is private by its name. */
export function broughtValues(segments: readonly Segment[]): readonly string[] {
  return segments.flatMap(({ text, origin }) => {
    const isPrivateDefault = origin.kind === 'default' && isPrivateName(origin.name);
    return origin.kind === 'variable' || isPrivateDefault ? text : [];
  });
}

export function literalCredentials(text: string, slot: SecretSlot): readonly string[] {
  return findSecrets(text, slot).map(({ start, end }) => text.slice(start, end));
}

function isFromVariable(via: readonly Origin[]): boolean {
  return via.some(({ kind }) => kind === 'variable');
}

function nameOf(origin: Origin): readonly string[] {
  return 'name' in origin ? [origin.name] : [];
}
