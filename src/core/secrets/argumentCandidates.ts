import { candidateAt, type Candidate, type Context } from './candidate';
import { readCredentialName } from './credentialNames';
import { hasOpaqueRun } from './knownPublic';
import { sliceLayer, type Layer } from './layer';
import { textCandidates } from './textCandidates';

/**
 * Where credentials belong in one argument of a command: `--api-key=…`, what follows `--api-key`,
 * `-e NAME=…`, `--header "Name: …"`, `--config {…}`, or the argument by itself.
 */
export function argumentCandidates(
  layer: Layer,
  index: number,
  args: readonly (string | undefined)[],
  context: Context,
): readonly Candidate[] {
  if (/^-(?:e[A-Z_][A-Z0-9_]*=|H[A-Z][\w-]*:)/.test(layer.text)) {
    return textCandidates(sliceLayer(layer, 2), context);
  }
  const property = /^[/-][A-Za-z]{1,9}:(?=[A-Za-z_]\w{0,99}=)/.exec(layer.text)?.[0];
  if (property !== undefined) {
    return textCandidates(sliceLayer(layer, property.length), context);
  }
  const own = flagWithValue.exec(layer.text);
  if (own !== null) {
    const [prefix, name = ''] = own;
    return textCandidates(sliceLayer(layer, prefix.length), {
      ...context,
      where: inWords(context, 'flag'),
      name: name.replace(/^--?env\./, ''),
    });
  }
  if (layer.text.startsWith('-') && !layer.text.startsWith('-----')) {
    return [];
  }
  const flag = precedingFlag(args[index - 1]);
  if (flag === undefined) {
    return idWithSecret(layer, context) ?? textCandidates(layer, context);
  }
  if (userFlag.test(flag)) {
    return userWithPassword(layer, flag, context) ?? textCandidates(layer, context);
  }
  return readCredentialName(flag) === undefined
    ? textCandidates(layer, context)
    : textCandidates(layer, { ...context, where: inWords(context, 'flag'), name: flag });
}

/** curl's, its short form also behind others that take no value: `-su`. */
const userFlag = /^(?:-[fgiIkLnNsSqv]{0,8}u|--(?:proxy-)?user)$/;

const flagWithValue = /^(--?[A-Za-z][\w.-]{0,99})[=](?=.)/s;

/** A flag whose value is the next argument: not one that carries its own. */
function precedingFlag(argument: string | undefined): string | undefined {
  return argument !== undefined && /^--?[A-Za-z][\w.-]{0,99}$/.test(argument)
    ? argument
    : undefined;
}

function inWords({ where }: Context, place: Candidate['where']): Candidate['where'] {
  return where === 'shell' ? where : place;
}

/** curl's `--user name:password`. */
function userWithPassword(
  layer: Layer,
  keyName: string,
  context: Context,
): readonly Candidate[] | undefined {
  const colon = layer.text.indexOf(':');
  return colon === -1 || /\s/.test(layer.text)
    ? undefined
    : [
        candidateAt(sliceLayer(layer, colon + 1), {
          kind: 'password',
          where: inWords(context, 'flag'),
          keyName,
        }),
      ];
}

/** `<account>/<key id>:<secret>` and its like, without any name. Image digests have one case. */
function idWithSecret(layer: Layer, context: Context): readonly Candidate[] | undefined {
  const match = /^[\w./@-]{4,120}:(?=[A-Za-z0-9_-]{24,80}$)/.exec(layer.text);
  const secret = sliceLayer(layer, match?.[0].length ?? 0);
  const isMixed = /[a-z]/.test(secret.text) && /[A-Z]/.test(secret.text) && /\d/.test(secret.text);
  return match !== null && isMixed && hasOpaqueRun(secret.text, 20)
    ? [candidateAt(secret, { kind: 'secret', where: context.where })]
    : undefined;
}
