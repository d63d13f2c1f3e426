import type { OutcomeText } from './describeOutcome';
import { renewCredential } from './nextAction';
import { placeOf, quoteReason } from './sentenceParts';
import type { TokenTestOutcome } from './tokenTestOutcome';

type Forbidden = Extract<TokenTestOutcome, { kind: 'forbidden' }>;

/** What servers write about a 403, and what to do about it; the first that fits. */
const advice: readonly (readonly [about: RegExp, next: string])[] = [
  [
    /\bsso\b|\bsaml\b|single sign-?on/i,
    "Allow the token for the organization's single sign-on, where the token was made, then test again.",
  ],
  [
    /approv|consent|administrator|\badmin\b/i,
    'Ask an administrator of the organization to approve the application or the token, then test again.',
  ],
  [
    /tenant|organi[sz]ation|workspace|directory/i,
    'Check that the token was made for the organization, tenant or workspace of this url.',
  ],
  [
    /\bip\b|allow-?list|whitelist|network|vpn/i,
    'Check the VPN: the server allows some networks only.',
  ],
  [
    /\borigin\b/i,
    'Check url: the server takes the request to come from a web page of another origin.',
  ],
];

const generalAdvice = 'Check what the token may do, and whether its organization has approved it.';

/** A 403 in words. */
export function describeForbidden(outcome: Forbidden): OutcomeText {
  const { scopeNeeded, scopesHeld, detail, step, credential } = outcome;
  if (scopeNeeded !== undefined) {
    const held = describeHeld(scopesHeld);
    return {
      headline:
        held === undefined
          ? `Forbidden (403): the token needs scope ${scopeNeeded}.`
          : `Forbidden (403): the server asks for scope ${scopeNeeded}; this token has ${held}.`,
      state: `forbidden (403): needs scope ${scopeNeeded}`,
      cause: `The server knows the token, but its scopes do not cover ${step}.`,
      next: `Get a token with scope ${scopeNeeded}, put it ${placeOf(credential.variables)}, and test again.`,
      action: renewCredential(credential.variables),
    };
  }
  return {
    headline: `Forbidden (403): the server does not allow ${step} with this credential.`,
    state: 'forbidden (403)',
    cause: quoteReason(detail),
    next: advice.find(([about]) => about.test(detail ?? ''))?.[1] ?? generalAdvice,
    action:
      credential.headers.length === 0
        ? { kind: 'open-entry', field: 'headers' }
        : renewCredential(credential.variables),
  };
}

/** What a token says about its scopes, in a few words: read from the token, not verified. */
export function describeHeld(scopes: readonly string[] | undefined): string | undefined {
  if (scopes === undefined) {
    return undefined;
  }
  const shown = scopes.slice(0, 5).join(' ');
  return scopes.length === 0 ? 'none' : `${shown}${scopes.length > 5 ? ' …' : ''}`;
}
