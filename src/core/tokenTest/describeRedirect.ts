import type { OutcomeText } from './describeOutcome';
import type { NextAction } from './nextAction';
import type { Redirected, RedirectGoal } from './tokenTestOutcome';

const notFollowed = 'The test did not go there, so that no credential reaches another address.';

const words: Readonly<Record<RedirectGoal, readonly [cause: string, next: string]>> = {
  'same-host': ['It is on the same host: the endpoint has moved.', 'Put the new address into url.'],
  unencrypted: [
    'It is on the same host, without encryption: whatever is sent there can be read on the way.',
    "Look up the url with https: in the server's documentation.",
  ],
  'other-host': [
    'It is on another host.',
    'Put the new address into url if you know that host; the credential goes there from then on.',
  ],
  'sign-in': [
    'It looks like a page to sign in: the credential did not reach the server, or was not accepted.',
    'Check the header and its value; a server should say this with status 401.',
  ],
  'no-web-address': [
    'It is no web address, so that no client can go there.',
    "Check the path of url, and tell the server's operator.",
  ],
};

const unknown: readonly [string, string] = [
  'The answer does not say where to.',
  "Look up the current url in the server's documentation.",
];

/** A redirect in words. */
export function describeRedirect(outcome: Redirected): OutcomeText {
  const { status, location, leadsTo } = outcome;
  const [about, next] = leadsTo === undefined ? unknown : words[leadsTo];
  if (status === 304) {
    return {
      headline: 'Not answered (304): the server says that nothing has changed.',
      state: 'not answered (304)',
      cause: 'That answers a question about a copy, and the test had asked none.',
      next: "Test again; if it stays, tell the server's operator, as something in between may keep answers.",
      action: { kind: 'test-again' },
    };
  }
  const goal = location === undefined ? 'names no place to go to' : 'sends this request elsewhere';
  return {
    headline: `Redirected (${status}): the server ${goal}.`,
    state: `redirected (${status})`,
    cause:
      location === undefined || leadsTo === undefined
        ? about
        : `The answer points to ${location}. ${about} ${notFollowed}`,
    next,
    action: actionFor(outcome),
  };
}

function actionFor({ leadsTo, newUrl }: Redirected): NextAction {
  if (newUrl !== undefined) {
    return { kind: 'replace-url', url: newUrl };
  }
  return { kind: 'open-entry', field: leadsTo === 'sign-in' ? 'headers' : 'url' };
}
