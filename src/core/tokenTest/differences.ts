import { assertNever } from '../base/assertNever';
import { oneLine } from '../base/text';
import type { Refusal } from './refusal';
import type { TestCircumstances } from './testCircumstances';
import type { TokenTestOutcome } from './tokenTestOutcome';
import { triesEventStream } from './transports/otherForms';

export interface Difference {
  /** Plain text: foreign text in it is one line, not escaped. */
  readonly text: string;
  /**
   * Claude Code shows for the outcome what `claudeCodeReport` says under this condition only; as it
   * stands in a sentence. Absent where the difference changes nothing in that.
   */
  readonly condition?: string;
}

/**
 * Why Claude Code may see something else than the test did, the weightiest first. Facts about
 * 2.1.329, from experiments with it.
 */
export function findDifferences(
  outcome: TokenTestOutcome,
  circumstances: TestCircumstances,
): readonly Difference[] {
  return [
    ...approval(circumstances),
    ...variables(circumstances),
    ...helper(circumstances),
    ...answer(outcome, circumstances).map((text) => ({ text })),
    ...network(outcome, circumstances),
  ];
}

function approval({ isApprovalPending }: TestCircumstances): readonly Difference[] {
  return isApprovalPending === true
    ? [
        {
          text: 'The server is not approved yet: until it is, claude mcp list shows "⏸ Pending approval (run `claude` to approve)" and does not contact it.',
          condition: 'once it is approved',
        },
      ]
    : [];
}

function variables({ variables: used = [] }: TestCircumstances): readonly Difference[] {
  return used
    .filter(({ isSeenByClaude }) => !isSeenByClaude)
    .map(({ name, source }) => {
      const shown = oneLine(name, 100);
      return {
        text: `The value of ${shown} came from ${oneLine(source, 100)}, where Claude Code does not look by itself: without the variable in its environment it sends the text \${${shown}} and warns of a missing variable.`,
        condition: `with ${shown} in its environment`,
      };
    });
}

function helper({ hasHeadersHelper }: TestCircumstances): readonly Difference[] {
  return hasHeadersHelper === true
    ? [
        {
          text: 'The test did not run headersHelper: Claude Code adds what it prints to the headers, and in the place of those spelt alike.',
          condition: 'without what headersHelper adds',
        },
      ]
    : [];
}

/** What Claude Code makes of the same answer. */
function answer(
  outcome: TokenTestOutcome,
  { transport = 'http' }: TestCircumstances,
): readonly string[] {
  switch (outcome.kind) {
    case 'rejected':
      return outcome.credential.authorizationScheme === undefined && transport !== 'ws'
        ? [
            'Claude Code takes a 401 without an Authorization header of yours for a request to sign in. Where it finds no OAuth metadata it POSTs to /register at the origin of the server, and reports that this was rejected: the credential is the matter, not a registration.',
          ]
        : [];
    case 'wrong-endpoint':
      return transport === 'http' && triesEventStream(outcome.status)
        ? [
            `After a POST that is answered with ${outcome.status}, Claude Code asks for an event stream at the same address, as for type "sse".`,
          ]
        : [];
    case 'redirected':
      return outcome.location === undefined ? [] : [redirectDifference(outcome.status)];
    case 'not-mcp':
      return outcome.flaw.kind === 'compressed'
        ? ['Claude Code asks for compressed answers and can read them.']
        : [];
    case 'refused-to-send':
      return refusalDifference(outcome.refusal);
    default:
      return [];
  }
}

function redirectDifference(status: number): string {
  switch (status) {
    case 307:
    case 308:
      return 'Claude Code follows the redirect with the same request, so that it may reach the server where the test stopped.';
    default:
      return 'Claude Code follows the redirect with GET in place of POST, which an MCP endpoint does not answer as a request.';
  }
}

function refusalDifference(refusal: Refusal): readonly string[] {
  switch (refusal.kind) {
    case 'url-scheme':
      return refusal.scheme === 'localhost:'
        ? ['Claude Code takes localhost without a scheme in front for an address of http.']
        : ['Claude Code refuses the address as well.'];
    case 'variable-unresolved':
      return [
        'Claude Code connects all the same: it sends the text of the reference as it stands in the file, and warns of a missing variable.',
      ];
    case 'url-unreadable':
    case 'header-name':
    case 'control-character':
    case 'not-latin1':
      return ['Claude Code does not send the request either.'];
    case 'command-empty':
    case 'nul-character':
      return ['Claude Code does not start the program either.'];
    case 'value-empty':
    case 'scheme-without-token':
    case 'scheme-doubled':
    case 'inner-white-space':
    case 'outer-white-space':
    case 'quoted':
    case 'too-long':
      return ['Claude Code sends the value as it is.'];
    case 'url-fragment':
      return [];
    default:
      return assertNever(refusal);
  }
}

function network(
  outcome: TokenTestOutcome,
  { conditions, isUnverified }: TestCircumstances,
): readonly Difference[] {
  const { proxy, caFrom, hasNodeCa = false } = conditions ?? {};
  const isUntrusted = outcome.kind === 'unreachable' && outcome.cause === 'tls-untrusted';
  return [
    isUnverified === true
      ? {
          text: 'The certificate was not verified in this test. Claude Code verifies it and does not connect to a server that it cannot trust.',
          condition: 'with a certificate that it trusts',
        }
      : undefined,
    caFrom !== undefined && !hasNodeCa
      ? {
          text: `curl trusted the certificates that ${caFrom} names. Claude Code reads NODE_EXTRA_CA_CERTS, which is not set here.`,
          condition: 'where it trusts the same certificates',
        }
      : undefined,
    caFrom === undefined && hasNodeCa
      ? {
          text: 'NODE_EXTRA_CA_CERTS is set, which Claude Code reads and curl does not: it may trust a certificate that the test did not.',
          ...(isUntrusted && { condition: 'where it does not trust the certificate either' }),
        }
      : undefined,
    proxy?.from === 'http.proxy'
      ? {
          text: 'curl went through the proxy of the setting http.proxy. Claude Code reads https_proxy and http_proxy, which are not set here.',
          condition: 'through the same proxy',
        }
      : undefined,
  ].filter((difference) => difference !== undefined);
}
