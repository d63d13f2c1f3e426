import type { OutcomeText } from './describeOutcome';
import { afterOthers } from './sentenceParts';
import type { TokenTestOutcome } from './tokenTestOutcome';
import type { UnreachableCause } from './unreachable';

type Unreachable = Extract<TokenTestOutcome, { kind: 'unreachable' }>;

const words: Readonly<Record<UnreachableCause, readonly [problem: string, next: string]>> = {
  dns: [
    'the name {host} cannot be resolved',
    'Check the spelling of the host in url, and the VPN if it is an internal name.',
  ],
  refused: [
    'nothing accepts connections at {host}',
    'Start the server, or check host and port in url.',
  ],
  'tls-untrusted': [
    'the certificate of {host} is not trusted',
    'If the certificate belongs to your organization, name its CA file in CURL_CA_BUNDLE for this test and in NODE_EXTRA_CA_CERTS for Claude Code.',
  ],
  tls: [
    'no secure connection to {host} came about',
    'Check that url is to begin with https: and not http:, and that no proxy breaks the connection.',
  ],
  timeout: [
    '{host} did not answer in time',
    'Check the VPN and the firewall; a server that is just starting may answer to a second test.',
  ],
  proxy: [
    'the proxy did not let the request to {host} through',
    'Check http_proxy, https_proxy and no_proxy, and whether the proxy wants a sign-in.',
  ],
  reset: [
    '{host} closed the connection before it had answered',
    'Test again; if it stays, check whether url is to begin with https: and look into the log of the server.',
  ],
  'not-http': [
    'what answers at {host} does not speak HTTP',
    'Check the port in url; a database or an SSH server may be listening there.',
  ],
  other: ['the request to {host} failed', 'Check url and the network, then test again.'],
};

/** A failure of the network in words. */
export function describeUnreachable({
  cause,
  host,
  detail,
  step,
  passed,
}: Unreachable): OutcomeText {
  const [problem, next] = words[cause];
  return {
    headline: `Unreachable${afterOthers(step, passed)}: ${problem.replace('{host}', () => host)}.`,
    state: 'unreachable',
    cause: detail === '' ? 'There was no answer.' : `curl says: ${detail}.`,
    next,
  };
}
