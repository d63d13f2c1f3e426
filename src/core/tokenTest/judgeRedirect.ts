import { bringsUserInfo } from './userInfo';
import type { Redirected, RedirectGoal } from './tokenTestOutcome';
import type { RemoteTarget } from './tokenTestTarget';

export interface RedirectAnswer {
  readonly status: number;
  readonly location: string | undefined;
  readonly target: RemoteTarget;
  /** Makes text of the server fit for a sentence, without the credentials of the run. */
  readonly clean: (text: string) => string;
}

/** Where an answer of 3xx points, read and not followed. @see RFC 9110 §10.2.2 */
export function judgeRedirect({ status, location, target, clean }: RedirectAnswer): Redirected {
  const shown = location === undefined ? undefined : clean(location);
  const outcome = { kind: 'redirected', status, location: shown } as const;
  if (location === undefined || !URL.canParse(location, target.url)) {
    return outcome;
  }
  const goal = new URL(location, target.url);
  const from = new URL(target.url);
  const leadsTo = goalOf(goal, from);
  // No part of what a request is sent to.
  goal.hash = '';
  // What a variable brings into the url is not to be written out, nor is what had to be masked.
  const isLiteral = (target.writtenUrl ?? target.url) === target.url;
  const isWhole = clean(goal.href) === goal.href;
  return leadsTo === 'same-host' && isLiteral && isWhole && !bringsUserInfo(goal, from)
    ? { ...outcome, leadsTo, newUrl: goal.href }
    : { ...outcome, leadsTo };
}

function goalOf(goal: URL, from: URL): RedirectGoal {
  if (goal.protocol !== 'https:' && goal.protocol !== 'http:') {
    return 'no-web-address';
  }
  if (
    /(?:^|[/_.-])(?:log-?in|sign-?in|sso|saml2?|oauth2?|authorize)(?:$|[/_.-])/i.test(goal.pathname)
  ) {
    return 'sign-in';
  }
  if (goal.host !== from.host) {
    return 'other-host';
  }
  return goal.protocol === 'http:' && from.protocol === 'https:' ? 'unencrypted' : 'same-host';
}
