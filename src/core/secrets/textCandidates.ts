import { argumentCandidates } from './argumentCandidates';
import { afterScheme, candidateAt, type Candidate, type Context } from './candidate';
import { readCredentialName } from './credentialNames';
import { jsonStrings } from './jsonStrings';
import { sliceLayer, trimLayer, unescapeLayer, unquoteLayer, type Layer } from './layer';
import { shellWords } from './shellWords';
import { urlCandidates } from './urlCandidates';

/** Neither a credential nor a placeholder is shorter. */
const shortest = 3;

/**
 * Where credentials belong in a text, found by what the text is: JSON, a quoted string, the value
 * of a telling name, `Bearer …`, a list of pairs, a command line, an address. The first that
 * applies decides, so that no stretch is read twice.
 */
export function textCandidates(untrimmed: Layer, context: Context): readonly Candidate[] {
  const layer = trimLayer(untrimmed);
  const { text } = layer;
  if (text.length < shortest || context.depth === 0 || isPunctuation(text, context)) {
    return [];
  }
  const inner = { ...context, depth: context.depth - 1 };
  if (/^[{[]\s*\\"/.test(text)) {
    return textCandidates(unescapeLayer(layer), inner);
  }
  const strings = jsonStrings(layer);
  if (strings !== undefined) {
    return strings.flatMap(({ key, layer: value }) =>
      key === undefined
        ? textCandidates(value, inner)
        : textCandidates(value, { ...inner, where: 'json', name: key }),
    );
  }
  const unquoted = unquoteLayer(layer);
  if (unquoted !== undefined) {
    return textCandidates(unquoted, inner);
  }
  const named = namedCandidate(layer, context);
  if (named !== undefined) {
    return /^[a-z][a-z0-9+.-]{1,20}:\/\//i.test(text) ? urlCandidates(layer) : [named];
  }
  const scheme = /^(?:bearer|basic)\s/i.test(text) ? afterScheme(layer, false) : undefined;
  if (scheme !== undefined && !/\s/.test(scheme.rest.text)) {
    return [
      withName(candidateAt(scheme.rest, { ...kindOf(scheme), where: context.where }), context),
    ];
  }
  return pairCandidates(layer, inner) ?? wordCandidates(layer, inner) ?? urlCandidates(layer);
}

/** Neither a name nor an address stands in it, and none before it. */
function isPunctuation(text: string, { name }: Context): boolean {
  return name === undefined && !/[A-Za-z0-9]/.test(text) && !text.includes('://');
}

function namedCandidate(layer: Layer, context: Context): Candidate | undefined {
  const name = context.name === undefined ? undefined : readCredentialName(context.name);
  if (name === undefined) {
    return undefined;
  }
  const isAuthorization = /^(?:proxy-)?authorization$/i.test(context.name ?? '');
  const scheme = afterScheme(layer, isAuthorization);
  const bare = unbracket(scheme?.rest ?? layer);
  const quality = scheme === undefined ? name : { ...kindOf(scheme), isVague: false };
  const kind = scheme?.isBasic === false ? name.kind : quality.kind;
  return withName(candidateAt(bare, { ...quality, kind, where: context.where }), context);
}

function kindOf({ isBasic }: { readonly isBasic: boolean }): Pick<Candidate, 'kind'> {
  return { kind: isBasic ? 'basic' : 'token' };
}

function withName(candidate: Candidate, { name }: Context): Candidate {
  return name === undefined ? candidate : { ...candidate, keyName: name };
}

/** The inside of `<…>`, where it is no wording: people leave the brackets around what they paste. */
function unbracket(layer: Layer): Layer {
  const isPasted = /^<[\w.~+/=-]+>$/.test(layer.text) && /\d/.test(layer.text);
  return isPasted ? sliceLayer(layer, 1, layer.text.length - 1) : layer;
}

const pair = /^\s*((?:export |set |\$env:)?[A-Za-z_][\w.-]{0,99})\s*(?:=(?!=)|:(?!\/\/)\s?)/i;
const spacedPair = /^\s*([A-Za-z_][\w. -]{0,99})\s*(?:=(?!=)|:(?!\/\/)\s?)/;

/** `NAME=value`, `Name: value`, or several of them between `;`, `,` or line breaks. */
function pairCandidates(layer: Layer, context: Context): readonly Candidate[] | undefined {
  const stretches = splitPairs(layer);
  if (stretches !== undefined) {
    return stretches.flatMap((stretch) => pairCandidate(stretch, spacedPair, context));
  }
  const [prefix] = pair.exec(layer.text) ?? [];
  const isCommand =
    context.hasWords && prefix?.includes('=') && isSeveralWords(layer, prefix.length);
  return prefix === undefined || isCommand ? undefined : pairCandidate(layer, pair, context);
}

/** More follows than one value, so that `NAME=` opens a command line. */
function isSeveralWords(layer: Layer, start: number): boolean {
  const rest = sliceLayer(layer, start);
  return !/^(?:bearer|basic)\s+\S+$/i.test(rest.text) && shellWords(rest).length > 1;
}

function splitPairs(layer: Layer): readonly Layer[] | undefined {
  for (const separator of [';', '\n', ',']) {
    const stretches = layer.text.includes(separator) ? splitAt(layer, separator) : [];
    if (stretches.length > 1) {
      return stretches;
    }
  }
  return undefined;
}

/** What stands between separators and is not blank; nothing where one of them is no pair. */
function splitAt(layer: Layer, separator: string): readonly Layer[] {
  const { text } = layer;
  const stretches: Layer[] = [];
  for (let start = 0; start <= text.length;) {
    const next = text.indexOf(separator, start);
    const end = next === -1 ? text.length : next;
    const part = text.slice(start, end);
    if (spacedPair.test(part)) {
      stretches.push(sliceLayer(layer, start, end));
    } else if (part.trim() !== '') {
      return [];
    }
    start = end + 1;
  }
  return stretches;
}

function pairCandidate(layer: Layer, pattern: RegExp, context: Context): readonly Candidate[] {
  const [prefix = '', name = ''] = pattern.exec(layer.text) ?? [];
  const value = sliceLayer(layer, prefix.length);
  return textCandidates(value, {
    ...context,
    where:
      context.where === 'positional' || context.where === 'value' ? 'assignment' : context.where,
    name: name.replace(/^(?:export |set |\$env:)/i, '').trim(),
  });
}

/** The words of a command line, each read as an argument behind the others. */
function wordCandidates(layer: Layer, context: Context): readonly Candidate[] | undefined {
  if (!context.hasWords || !/\s/.test(layer.text)) {
    return undefined;
  }
  const words = shellWords(layer).map((word) => unquoteLayer(word) ?? word);
  const args = words.map(({ text }) => text);
  const candidates: Candidate[] = [];
  for (const [index, word] of words.entries()) {
    // Nothing as short is a credential; `:x` may be a user's name and password.
    if (word.text.length >= shortest || word.text.includes(':')) {
      candidates.push(...argumentCandidates(word, index, args, context));
    }
  }
  return candidates;
}
