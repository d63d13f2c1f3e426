import { assertNever } from '../base/assertNever';
import type { OutcomeText } from './describeOutcome';
import type { StepName, StreamFlaw, TokenTestOutcome } from './tokenTestOutcome';

type Outcome<K extends TokenTestOutcome['kind']> = Extract<TokenTestOutcome, { kind: K }>;

/** The type in the entry is not that of the server. */
export function describeOtherTransport({ speaks, status, flaw }: Outcome<'other-transport'>) {
  const [written, found, cause] =
    speaks === 'sse'
      ? [
          'http',
          'an event stream',
          `POST was answered with ${status}, and a GET opened an event stream that names an endpoint. Claude Code tries that by itself after such a status, so it may connect all the same.`,
        ]
      : [
          'sse',
          'Streamable HTTP',
          flaw === undefined
            ? `The GET of an event stream was answered with ${status}, and initialize by POST was understood. Claude Code reports it as "SSE error: Non-200 status code (${status})".`
            : 'The GET opened an event stream that named no endpoint, and initialize by POST was understood.',
        ];
  return {
    headline: `Wrong type: the server speaks over ${found}, which is type "${speaks}" and not "${written}".`,
    state: `wrong type: speaks ${speaks}`,
    cause,
    next: `Change type to "${speaks}", then test again.`,
    action: { kind: 'change-type', transport: speaks },
  } satisfies OutcomeText;
}

/** The server speaks MCP and refuses the versions that it was offered. */
export function describeOtherVersion({ supported }: Outcome<'other-version'>): OutcomeText {
  const versions = supported.length === 0 ? 'no version' : supported.join(', ');
  return {
    headline: `Version refused: the server takes MCP ${versions} only.`,
    state: 'version refused',
    cause: 'The test offers 2025-11-25 with initialize and 2026-07-28 without it.',
    next: 'Update the server; the credential was neither accepted nor rejected.',
    action: { kind: 'test-again' },
  };
}

/** An event stream that began and did not bring what it is for. */
export function describeBrokenStream({ flaw, step }: Outcome<'broken-stream'>): OutcomeText {
  const [problem, cause, next] = describeFlaw(flaw, step);
  return {
    headline: `Event stream: ${problem}.`,
    state: 'event stream without answer',
    cause,
    next,
    action:
      flaw.kind === 'no-answer' && !flaw.isInPost
        ? { kind: 'test-again' }
        : { kind: 'open-entry', field: 'url' },
  };
}

function describeFlaw(
  flaw: StreamFlaw,
  step: StepName,
): readonly [problem: string, cause: string, next: string] {
  switch (flaw.kind) {
    case 'no-endpoint':
      return [
        flaw.isClosed
          ? 'the server closed it before it had named an endpoint'
          : 'it stayed open and named no endpoint in time',
        'A server of type "sse" first sends an event named "endpoint", which says where messages go.',
        'Check that url is the event stream of an MCP server and not one of another service.',
      ];
    case 'endpoint-unreadable':
      return [
        'the endpoint that it names is no address',
        'The event "endpoint" holds an address, whole or relative to url.',
        "Tell the server's operator; nothing was sent to that endpoint.",
      ];
    case 'endpoint-elsewhere':
      return [
        `it names an endpoint on another origin, ${flaw.endpoint}`,
        'Messages go to the origin of url alone, for Claude Code as well. Nothing was sent there.',
        'Check host and scheme of url; a server behind a proxy may name its inner address, which its operator can change.',
      ];
    case 'no-answer':
      return flaw.isInPost
        ? [
            `the answer to ${step} came in the POST and not on the stream`,
            'With type "sse" answers belong on the stream, where Claude Code waits for them in vain.',
            'Look for the Streamable HTTP endpoint of this server, put it into url, and change type to "http".',
          ]
        : [
            flaw.isClosed
              ? `the server closed it before ${step} was answered`
              : `no answer to ${step} came in time`,
            `The server took the message, and its answer did not arrive on the stream.`,
            'Test again; if it stays, the server may run in several instances of which another took the message.',
          ];
    default:
      return assertNever(flaw);
  }
}
