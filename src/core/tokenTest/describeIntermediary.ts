import type { OutcomeText } from './describeOutcome';
import type { TokenTestOutcome } from './tokenTestOutcome';

type ProxyPage = Extract<TokenTestOutcome, { kind: 'proxy-page' }>;
type Firewall = Extract<TokenTestOutcome, { kind: 'firewall' }>;

/** The page of a proxy of one's own network. */
export function describeProxyPage({ status, step, product }: ProxyPage): OutcomeText {
  if (status === 511) {
    return {
      headline: 'Sign-in to the network (511): the network answered in place of the server.',
      state: 'sign-in to the network (511)',
      cause: `The answer to ${step} is that of a network which wants a sign-in, as in hotels and trains. The credential did not reach the server.`,
      next: 'Open any page in a browser, sign in to the network, then test again.',
      action: { kind: 'test-again' },
    };
  }
  const who = product === undefined ? 'a proxy' : `the proxy ${product}`;
  return {
    headline: `Page of a proxy (${status}): ${who} answered in place of the server.`,
    state: `page of a proxy (${status})`,
    cause: `The answer to ${step} is a page of the proxy's own: it blocks this address, or wants a sign-in. The credential may have been seen by it and not by the server.`,
    next: "Open the server's host in a browser to read the page, and ask whoever runs the proxy to let it through.",
    action: { kind: 'test-again' },
  };
}

/** A refusal by what protects the server. */
export function describeFirewall({ status, step, product }: Firewall): OutcomeText {
  const who = product === undefined ? 'a firewall' : product;
  return {
    headline: `Blocked (${status}): ${who}, in front of the server, did not let the request through.`,
    state: `blocked by a firewall (${status})`,
    cause: `The answer to ${step} is one of the firewall: it takes the request for that of a robot, or blocks this network. The credential was neither accepted nor rejected.`,
    next: "Test again from another network; if it stays, ask the server's operator to let programs through at this path.",
    action: { kind: 'test-again' },
  };
}
