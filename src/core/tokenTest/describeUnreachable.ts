import type { OutcomeText } from './describeOutcome';
import type { NextAction } from './nextAction';
import { afterOthers } from './sentenceParts';
import type { TokenTestOutcome } from './tokenTestOutcome';
import type { UnreachableCause } from './unreachable';

type Unreachable = Extract<TokenTestOutcome, { kind: 'unreachable' }>;

export const trustAdvice =
  'If the certificate belongs to your organization, name its CA file in CURL_CA_BUNDLE for this test and in NODE_EXTRA_CA_CERTS for Claude Code.';

const openUrl: NextAction = { kind: 'open-entry', field: 'url' };
const testAgain: NextAction = { kind: 'test-again' };

type Words = readonly [problem: string, next: string, action: NextAction];

const words: Readonly<Record<UnreachableCause, Words>> = {
  dns: [
    'the name {host} cannot be resolved',
    'Check the spelling of the host in url, and the VPN if it is an internal name.',
    openUrl,
  ],
  refused: [
    'nothing accepts connections at {host}',
    'Start the server, or check host and port in url.',
    testAgain,
  ],
  'tls-untrusted': [
    'the certificate of {host} is not trusted',
    trustAdvice,
    { kind: 'test-unverified' },
  ],
  tls: [
    'no secure connection to {host} came about',
    'Check that url is to begin with https: and not http:, and that no proxy breaks the connection.',
    openUrl,
  ],
  timeout: [
    '{host} did not answer in time',
    'Check the VPN and the firewall; a server that is just starting may answer to a second test.',
    testAgain,
  ],
  proxy: [
    'the proxy did not let the request to {host} through',
    'Check https_proxy, http_proxy and no_proxy, or http.proxy in the settings, and whether the proxy wants a sign-in.',
    { kind: 'open-setting', setting: 'http.proxy' },
  ],
  reset: [
    '{host} closed the connection before it had answered',
    'Test again; if it stays, check whether url is to begin with https: and look into the log of the server.',
    testAgain,
  ],
  'not-http': [
    'what answers at {host} does not speak HTTP',
    'Check the port in url; a database or an SSH server may be listening there.',
    openUrl,
  ],
  other: ['the request to {host} failed', 'Check url and the network, then test again.', testAgain],
};

const afterContact =
  'The server was reached a moment before: test again; if it stays, look into its log, as it may wait for something behind it.';

/** curl has nothing to say about an answer that arrived. */
function silence(cause: UnreachableCause): string {
  return cause === 'proxy'
    ? 'It answered with status 407, which asks for a sign-in to the proxy.'
    : 'There was no answer.';
}

/** A failure of the network in words. */
export function describeUnreachable(outcome: Unreachable): OutcomeText {
  const { cause, host, detail, step, passed } = outcome;
  const [problem, advice, action] = words[cause];
  const place = afterOthers(step, passed);
  const next = cause === 'timeout' && place !== '' ? afterContact : advice;
  return {
    headline: `Unreachable${place}: ${problem.replace('{host}', () => host)}.`,
    state: 'unreachable',
    cause: detail === '' ? silence(cause) : `curl says: ${detail}.`,
    next,
    action,
  };
}
