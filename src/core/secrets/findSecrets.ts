import { argumentCandidates } from './argumentCandidates';
import type { Candidate, Context } from './candidate';
import { judgeCandidate } from './judgeCandidate';
import { findKnownShapes, mayHoldKnownShape, type KnownShape } from './knownShapes';
import { layerOf, sliceLayer, type Layer } from './layer';
import { literalParts } from './literalParts';
import { findPackedTexts } from './packedTexts';
import { isSurelyPlain } from './quickLook';
import { findDefaults, type ReferenceDefault } from './references';
import {
  slotName,
  type Placeholder,
  type SecretMatch,
  type SecretPlace,
  type SecretSlot,
} from './secretMatch';
import { enclosing, firstWithin, inOrder, withoutOverlap } from './spans';
import { textCandidates } from './textCandidates';

/** What one string of a server entry holds; both lists in its order and without overlap. */
export interface SecretReading {
  readonly secrets: readonly SecretMatch[];
  /** Where a placeholder stands in the place of a credential. */
  readonly placeholders: readonly Placeholder[];
}

/**
 * The literal credentials in a string, and the placeholders for one. First by where they stand,
 * since most have no form of their own; then by their form, anywhere. References and what is
 * published by design are none. Takes time linear in the length of the value.
 */
export function readSecrets(value: string, slot: SecretSlot): SecretReading {
  return isSurelyPlain(value, slot) ? nothing : readClosely(value, slot);
}

const nothing: SecretReading = { secrets: [], placeholders: [] };

/** The same without the quick look before; tests compare the two. */
export function readClosely(value: string, slot: SecretSlot): SecretReading {
  const defaults = findDefaults(value);
  const shapes = inOrder(findKnownShapes(value, slotName(slot)));
  const judged = findCandidates(value, slot, defaults)
    .flatMap(literalParts)
    .map((candidate) => ({ candidate, verdict: judgeCandidate(candidate) }));
  const secrets = judged.filter(({ verdict }) => verdict === 'secret');
  const placeholders = judged.filter(({ verdict }) => verdict === 'placeholder');
  return {
    secrets: withoutOverlap([
      ...secrets.map(({ candidate }) =>
        candidateToMatch(candidate, firstWithin(candidate, shapes)),
      ),
      ...shapes.map((shape) => shapeToMatch(shape, slot, enclosing(shape, defaults)?.name)),
      ...packedMatches(value, slot),
    ]),
    placeholders: withoutOverlap(
      placeholders.map(({ candidate }) => candidateToPlaceholder(candidate)),
    ),
  };
}

/** The literal credentials in a string. */
export function findSecrets(value: string, slot: SecretSlot): readonly SecretMatch[] {
  return readSecrets(value, slot).secrets;
}

/** The credentials that their own form gives away, whatever the string is for. */
export function findKnownSecrets(value: string, slot: SecretSlot): readonly SecretMatch[] {
  if (!mayHoldKnownShape(value)) {
    return nothing.secrets;
  }
  const defaults = findDefaults(value);
  const shapes = inOrder(findKnownShapes(value, slotName(slot)));
  return withoutOverlap(
    shapes.map((shape) => shapeToMatch(shape, slot, enclosing(shape, defaults)?.name)),
  );
}

/** Where a placeholder stands in the place of a credential. */
export function findPlaceholders(value: string, slot: SecretSlot): readonly Placeholder[] {
  return readSecrets(value, slot).placeholders;
}

/** How many texts may be packed into each other: JSON in a string in JSON, and a shell around it. */
const maxDepth = 8;

function findCandidates(
  value: string,
  slot: SecretSlot,
  defaults: readonly ReferenceDefault[],
): readonly Candidate[] {
  const layer = layerOf(value);
  const context = contextOf(slot);
  const candidates =
    slot.kind === 'argument' && slot.index >= 0
      ? argumentCandidates(layer, slot.index, slot.args, context)
      : textCandidates(layer, context);
  const ordered = inOrder(candidates);
  const inDefaults = defaults.flatMap((reference) => {
    const names = [reference.name, enclosing(reference, ordered)?.keyName, slotName(slot)];
    return defaultCandidates(sliceLayer(layer, reference.start, reference.end), names).map(
      (candidate) => ({ ...candidate, where: 'default' as const, defaultOf: reference.name }),
    );
  });
  return [...inDefaults, ...candidates];
}

/** A default is read under the name of its variable, else under the one that is nearest. */
function defaultCandidates(
  layer: Layer,
  names: readonly (string | undefined)[],
): readonly Candidate[] {
  for (const name of names) {
    const candidates =
      name === undefined
        ? []
        : textCandidates(layer, { where: 'default', hasWords: false, depth: maxDepth, name });
    if (candidates.length > 0) {
      return candidates;
    }
  }
  return [];
}

function contextOf(slot: SecretSlot): Context {
  const name = slotName(slot);
  return {
    where: placeIn(slot),
    hasWords: slot.kind !== 'header' && slot.kind !== 'url' && slot.kind !== 'other',
    depth: maxDepth,
    ...(name !== undefined && { name }),
  };
}

function placeIn(slot: SecretSlot): SecretPlace {
  switch (slot.kind) {
    case 'argument':
      return 'positional';
    case 'command':
    case 'headersHelper':
      return 'shell';
    case 'header':
    case 'env':
    case 'url':
    case 'oauth':
    case 'other':
      return 'value';
  }
}

function candidateToPlaceholder(candidate: Candidate): Placeholder {
  const { start, end, kind, where, keyName, defaultOf } = candidate;
  return {
    start,
    end,
    kind,
    where,
    ...(keyName !== undefined && { keyName }),
    ...(defaultOf !== undefined && { defaultOf }),
  };
}

/** A candidate whose form is known as well has its provider from there. */
function candidateToMatch(candidate: Candidate, shape: KnownShape | undefined): SecretMatch {
  const { start, end, where, keyName, defaultOf } = candidate;
  const isWhole = shape?.start === start && shape.end === end;
  return {
    start,
    end,
    kind: isWhole ? shape.kind : candidate.kind,
    ...(shape && fromShape(shape)),
    ...(defaultOf !== undefined && { defaultOf }),
    where,
    ...(keyName !== undefined && { keyName }),
  };
}

function shapeToMatch(
  shape: KnownShape,
  slot: SecretSlot,
  defaultOf: string | undefined,
): SecretMatch {
  const keyName = slotName(slot);
  return {
    start: shape.start,
    end: shape.end,
    kind: shape.kind,
    ...fromShape(shape),
    ...(defaultOf !== undefined && { defaultOf }),
    where: defaultOf === undefined ? placeIn(slot) : 'default',
    ...(keyName !== undefined && { keyName }),
  };
}

/** All of a text that is packed is one credential: no part of it can be replaced by itself. */
function packedMatches(value: string, slot: SecretSlot): readonly SecretMatch[] {
  const keyName = slotName(slot);
  return findPackedTexts(value)
    .filter(({ text }) => findSecrets(text, { kind: 'other', key: '' }).length > 0)
    .map(({ start, end }) => ({
      start,
      end,
      kind: 'secret',
      where: placeIn(slot),
      ...(keyName !== undefined && { keyName }),
    }));
}

function fromShape({ provider, prefix, isCritical }: KnownShape): Partial<SecretMatch> {
  return {
    ...(provider !== undefined && { provider: provider.name }),
    ...(prefix !== undefined && { shownPrefix: prefix.slice(0, 4) }),
    ...(isCritical === true && { isCritical }),
  };
}
