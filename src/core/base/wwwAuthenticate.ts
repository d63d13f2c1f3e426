/** One way to authenticate that a server offers. */
export interface AuthChallenge {
  /** As the server wrote it; compare in any letter case. */
  readonly scheme: string;
  readonly token68?: string;
  /** Names in lower case; of a repeated name the first value. */
  readonly params: Readonly<Record<string, string>>;
}

const tokenPattern = /[!#$%&'*+.^_`|~\w-]+/y;
const quotedPattern = /"((?:[^"\\]|\\.)*)(?:"|\\?$)/sy;
const token68Pattern = /[\w.~+/-]+=*(?=[ \t]*(?:,|$))/y;

/**
 * Reads the values of all `WWW-Authenticate` headers of an answer. Total and linear: what does
 * not follow the grammar is skipped up to the next comma outside quotes.
 * @see RFC 9110 §11.6.1, §5.6.4
 */
export function parseChallenges(headerValues: readonly string[]): readonly AuthChallenge[] {
  return headerValues.flatMap(parseChallengeList);
}

/** The parameter of the first challenge that has it. */
export function challengeParam(
  challenges: readonly AuthChallenge[],
  name: string,
): string | undefined {
  return challenges.map(({ params }) => params[name]).find((value) => value !== undefined);
}

function parseChallengeList(text: string): readonly AuthChallenge[] {
  const challenges: { scheme: string; token68?: string; params: Record<string, string> }[] = [];
  let position = 0;

  function take(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = position;
    const match = pattern.exec(text) ?? undefined;
    position = match ? pattern.lastIndex : position;
    return match;
  }

  function takeParam(): readonly [name: string, value: string] | undefined {
    const start = position;
    const name = take(tokenPattern)?.[0];
    if (name !== undefined && take(/[ \t]*=[ \t]*/y) !== undefined) {
      const value = takeValue();
      if (value !== undefined) {
        return [name.toLowerCase(), value];
      }
    }
    position = start;
    return undefined;
  }

  function takeValue(): string | undefined {
    const quoted = take(quotedPattern)?.[1];
    return quoted === undefined ? take(tokenPattern)?.[0] : quoted.replace(/\\(.)/gs, '$1');
  }

  while (position < text.length) {
    take(/[ \t,]+/y);
    const current = challenges.at(-1);
    const param = takeParam();
    const scheme = param ? undefined : take(tokenPattern)?.[0];
    if (param && current && !Object.hasOwn(current.params, param[0])) {
      current.params[param[0]] = param[1];
    } else if (scheme !== undefined && take(/[ \t]*(?=,|$)/y)) {
      challenges.push({ scheme, params: {} });
    } else if (scheme !== undefined && take(/[ \t]+/y)) {
      const token68 = take(token68Pattern)?.[0];
      const first = token68 === undefined ? takeParam() : undefined;
      challenges.push({
        scheme,
        ...(token68 !== undefined && { token68 }),
        params: first ? { [first[0]]: first[1] } : {},
      });
    }
    // Whatever is left of this list element is no part of the grammar.
    while (take(quotedPattern) ?? take(/[^",]+/y));
  }
  return challenges;
}
