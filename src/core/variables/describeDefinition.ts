import { isBlankedName } from '../config/dialects/blankedNames';
import type { PlaceId } from '../config/place';
import { helperGets } from '../helperScript/helperGets';
import { foundInWords, unknownWords, type VariableWords } from './describeVariable';
import type { Environment } from './environment';
import type { ExpandedUse } from './occurrence';
import type { VariableFileKind } from './variableFileKind';

/** Where a variable is referred to, as a person names it: "github in .mcp.json". */
export interface NamedReference {
  readonly label: string;
  readonly target: ExpandedUse['target'];
}

/** How many references are named; the rest is a number. */
const maxNamed = 5;

/** Of a name in a `.env` or in settings, to which configurations refer. It never holds a value. */
export function describeDefinition(
  name: string,
  kind: Exclude<VariableFileKind, 'prose'>,
  environment: Environment,
  references: readonly NamedReference[],
): VariableWords {
  const isBlank = references.some(({ target }) => target !== 'local') && isBlankedName(name);
  const blank = isBlank
    ? ` In "url" and "headers" ${name} always reads as empty: Claude Code keeps it from remote servers.`
    : '';
  return {
    short: undefined,
    sentence: `${readers[kind]}${blank} ${stateWords(name, environment)}${referredBy(references)}`,
    foundIn: foundInWords(environment, name),
    offers: [],
  };
}

const readers: Readonly<Record<Exclude<VariableFileKind, 'prose'>, string>> = {
  dotEnv: 'Claude Code does not read this file.',
  example: 'An example for others: Claude Code does not read this file.',
  settings: 'Sessions of Claude Code read this, "claude mcp list" does not.',
  userSettings: 'Claude Code reads this before its own environment.',
};

function stateWords(name: string, environment: Environment): string {
  const state = environment.lookup(name);
  switch (state.kind) {
    case 'set':
      return `It finds ${name} in ${state.source}.`;
    case 'empty':
      return `It finds ${name} in ${state.source}, but empty.`;
    case 'session-only':
    case 'unset':
      return `${name} is not set where it always looks.`;
    case 'unknown':
      return unknownWords(name, environment);
  }
}

function referredBy(references: readonly NamedReference[]): string {
  const labels = [...new Set(references.map(({ label }) => label))];
  const named = labels.slice(0, maxNamed);
  const more = labels.length - named.length;
  return labels.length === 0
    ? ''
    : ` Referred to by ${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`;
}

/** Of a variable that a `headersHelper` of a configuration at `place`, or its script, reads. */
export function describeHelperRead(
  name: string,
  environment: Environment,
  place: PlaceId,
): VariableWords {
  const foundIn = foundInWords(environment, name);
  const gets = helperGets(name, place);
  if (gets === 'given') {
    const sentence = `Claude Code sets ${name} for this helper.`;
    return { short: undefined, sentence, foundIn: [], offers: [] };
  }
  if (gets !== 'passed') {
    const advice =
      gets === 'taken'
        ? ' Let the helper fetch the credential itself: from a file that only you can read, a keychain or a password manager.'
        : '';
    const sentence = `Claude Code takes ${name} out of the environment of this helper, so it is not set here.${advice}`;
    return { short: undefined, sentence, foundIn, offers: [] };
  }
  const state = environment.lookup(name);
  const isFound = state.kind === 'set' || state.kind === 'empty';
  const sentence =
    state.kind === 'unknown'
      ? unknownWords(name, environment)
      : isFound
        ? `${name} is set in ${state.source}${state.kind === 'empty' ? ', but empty' : ''}. The helper finds it in its environment.`
        : `${name} is not set where Claude Code would look, so the helper does not find it.`;
  return { short: undefined, sentence, foundIn, offers: isFound ? [] : ['set'] };
}
