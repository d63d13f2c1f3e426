import { isPublicName } from './credentialNames';
import { isJwt, isServiceRoleJwt } from './jwt';
import { hasOpaqueRun, isPublicValue } from './knownPublic';
import { packedStarts } from './packedTexts';
import { isPlaceholder } from './placeholders';
import { findPrivateKeys } from './privateKeys';
import { providers, sharedPrefixes, type Provider } from './providers';
import type { SecretKind, Span } from './secretMatch';
import { createShapeStarts } from './shapeStarts';
import { findTelegramTokens, telegramMark } from './telegramTokens';

/** A credential that its own form gives away, wherever it stands. */
export interface KnownShape extends Span {
  readonly kind: SecretKind;
  readonly provider?: Provider;
  /** The literal beginning that all credentials of this form share. */
  readonly prefix?: string;
  readonly isCritical?: boolean;
}

type SharedPrefix = (typeof sharedPrefixes)[number];

interface Form {
  readonly prefix: string;
  readonly pattern: RegExp;
  readonly source: Provider | SharedPrefix;
}

// `task-…` holds no `sk-…`; the hyphen of `${NAME:-` hides nothing.
const notWithin = '(?<![A-Za-z0-9_]|(?<!:)-)';
const jwtRun = new RegExp(`${notWithin}(?<!\\.)eyJ[\\w.=-]+`, 'g');

const forms: readonly Form[] = [...providers, ...sharedPrefixes].flatMap((source) =>
  source.prefixes.map((prefix) => ({
    prefix,
    pattern: new RegExp(`${notWithin}${escape(prefix)}(?:${source.body})(?![A-Za-z0-9])`, 'g'),
    source,
  })),
);

function escape(text: string): string {
  return text.replace(/[.+*?^$()[\]{}|\\/]/g, '\\$&');
}

/**
 * Credentials recognised by prefix, as JWT or as PEM. `name` is that of the slot: what is
 * published under it by design stays out.
 */
export function findKnownShapes(value: string, name: string | undefined): readonly KnownShape[] {
  if (!mayHoldKnownShape(value)) {
    return [];
  }
  const isPublicSlot = name !== undefined && isPublicName(name);
  return [
    ...prefixed(value, isPublicSlot),
    ...jwts(value),
    ...findPrivateKeys(value),
    ...telegramTokens(value),
  ];
}

/** Forms behind a hyphen or an underscore: what a name is made of may hide them. */
let hidden: readonly Form[] | undefined;

/**
 * The same also within longer names, such as `X-ghp_…`, to be covered where they are shown. It finds
 * rather too much.
 */
export function findHiddenShapes(value: string): readonly Span[] {
  hidden ??= forms.map((form) => ({
    ...form,
    pattern: new RegExp(`(?<=[_-])${escape(form.prefix)}(?:${form.source.body})`, 'g'),
  }));
  return hidden.flatMap(({ prefix, pattern }) =>
    value.includes(`-${prefix}`) || value.includes(`_${prefix}`)
      ? Array.from(value.matchAll(pattern), ({ index, 0: text }) => ({
          start: index,
          end: index + text.length,
        })).filter(({ start, end }) => hasOpaqueRun(value.slice(start + prefix.length, end), 10))
      : [],
  );
}

const starts = createShapeStarts([
  ...forms.map(({ prefix }) => prefix),
  ...packedStarts,
  '-----BEGIN',
]);

/** Whether some part of `value` begins like a known form; most values have none. */
export function mayHoldKnownShape(value: string): boolean {
  return starts.isIn(value) || value.includes(telegramMark);
}

const telegram = providers.find(({ name }) => name === 'Telegram');

function telegramTokens(value: string): readonly KnownShape[] {
  return Array.from(value.includes(telegramMark) ? findTelegramTokens(value) : [], (span) => ({
    ...span,
    kind: 'token',
    ...(telegram && { provider: telegram }),
  }));
}

function* prefixed(value: string, isPublicSlot: boolean): Iterable<KnownShape> {
  for (const { prefix, pattern, source } of forms) {
    if (!value.includes(prefix)) {
      continue;
    }
    for (const { index, 0: text } of value.matchAll(pattern)) {
      const body = text.slice(prefix.length);
      const isNamed = 'name' in source;
      const isPublic = isPublicSlot && isNamed && source.mayBePublic === true;
      if (isPublic || isPlaceholder(text) || isPlaceholder(body)) {
        continue;
      }
      if (isNamed || hasOpaqueRun(body, 10)) {
        yield {
          start: index,
          end: index + text.length,
          kind: source.kind,
          ...(isNamed && { provider: source, prefix }),
          ...(isNamed && source.isCritical && { isCritical: true }),
        };
      }
    }
  }
}

function* jwts(value: string): Iterable<KnownShape> {
  for (const { index, 0: run } of value.matchAll(jwtRun)) {
    const text = run.replace(/\.$/, '');
    if (isJwt(text) && !isPublicValue(text) && !isPlaceholder(text)) {
      const isCritical = isServiceRoleJwt(text);
      yield {
        start: index,
        end: index + text.length,
        kind: 'jwt',
        ...(isCritical && { isCritical }),
      };
    }
  }
}
