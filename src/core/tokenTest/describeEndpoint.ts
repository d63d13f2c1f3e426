import { assertNever } from '../base/assertNever';
import type { OutcomeText } from './describeOutcome';
import { afterOthers, quoteReason, upperFirst } from './sentenceParts';
import type { NotMcpFlaw, TokenTestOutcome } from './tokenTestOutcome';

type WrongEndpoint = Extract<TokenTestOutcome, { kind: 'wrong-endpoint' }>;
type LostSession = Extract<TokenTestOutcome, { kind: 'session-lost' }>;
type NotMcp = Extract<TokenTestOutcome, { kind: 'not-mcp' }>;

const wrongEndpoints: ReadonlyMap<number, readonly [problem: string, next: string]> = new Map([
  [
    404,
    [
      'there is nothing at this path',
      'Check the path of url; most servers use /mcp, some /sse or /.',
    ],
  ],
  [
    405,
    [
      'this path takes no POST',
      'Check the path of url; if the server offers an event stream only, its type is "sse".',
    ],
  ],
  [
    406,
    [
      'the server cannot answer in JSON or as an event stream',
      'Check that url is an MCP endpoint of type "http".',
    ],
  ],
  [
    407,
    [
      'it answers as a proxy would, and no proxy is in use',
      'Check host and port of url: they may be those of a proxy.',
    ],
  ],
  [
    410,
    ['what was at this path is gone', "Look up the current url in the server's documentation."],
  ],
  [415, ['this path takes no JSON', 'Check that url is an MCP endpoint of type "http".']],
  [
    421,
    [
      'this server does not answer for the host in url',
      'Check the host of url and a header named Host, if there is one.',
    ],
  ],
]);

/** The same where the request is the GET of type "sse". */
const wrongForStream: typeof wrongEndpoints = new Map([
  [
    404,
    [
      'there is nothing at this path',
      'Check the path of url; most servers of type "sse" use /sse.',
    ],
  ],
  [
    405,
    [
      'this path takes no GET',
      'Check the path of url, which is that of the event stream and not the one for messages.',
    ],
  ],
  [
    406,
    [
      'the server has no event stream here',
      'Check that url is the event stream of a server of type "sse".',
    ],
  ],
]);

/** Statuses that say something else than that the place is wrong. */
const otherRefusals: ReadonlyMap<number, readonly [state: string, problem: string, next: string]> =
  new Map([
    [
      402,
      [
        'payment required',
        'the server wants to be paid for this',
        'Look up plan and balance of the account that the credential belongs to.',
      ],
    ],
    [
      451,
      [
        'withheld for legal reasons',
        'the server may not answer this here',
        "Ask the server's operator from where it may be used; url need not be wrong.",
      ],
    ],
  ]);

/** A status that says the request does not belong here. */
export function describeWrongEndpoint({ status, detail, step }: WrongEndpoint): OutcomeText {
  const other = otherRefusals.get(status);
  if (other !== undefined) {
    const [state, problem, next] = other;
    return {
      headline: `${upperFirst(state)} (${status}): ${problem}.`,
      state: `${state} (${status})`,
      cause: quoteReason(detail),
      next,
      action: { kind: 'test-again' },
    };
  }
  const words = step === 'event stream' ? wrongForStream : wrongEndpoints;
  const [problem, next] = words.get(status) ?? [
    `the server does not take ${step === 'event stream' ? 'the GET of an event stream' : step} here`,
    "Compare url with the server's documentation: path, trailing slash and type have to match.",
  ];
  return {
    headline: `Wrong endpoint (${status}): ${problem}.`,
    state: `wrong endpoint (${status})`,
    cause: quoteReason(detail),
    next,
    action: { kind: 'open-entry', field: 'url' },
  };
}

/** A status that would be about the path, from a path that had just answered. */
export function describeLostSession({ status, step, detail }: LostSession): OutcomeText {
  return {
    headline: `Session lost (${status})${afterOthers(step)}: the server does not go on with the session.`,
    state: `session lost (${status})`,
    cause: `${quoteReason(detail)} It may run in several instances that do not share their sessions, or have been restarted in between.`,
    next: "Test again; if it stays, tell the server's operator. The path of url is right, as initialize was answered there.",
    action: { kind: 'test-again' },
  };
}

/** An answer of 2xx that is none to an MCP request. */
export function describeNotMcp({ flaw, step }: NotMcp): OutcomeText {
  const isStream = step === 'event stream';
  const type = isStream ? 'sse' : 'http';
  const next = isServersFault(flaw)
    ? "Test again; if it stays, tell the server's operator."
    : flaw.kind === 'html'
      ? 'Check the path of url. Where the page is a sign-in page, the credential did not reach the server.'
      : `Check that url is the MCP endpoint of the server and that its type is "${type}".`;
  return {
    headline: `Not MCP: ${describeFlaw(flaw)}`,
    state: 'not MCP',
    cause: isStream
      ? 'The expected answer to the GET of type "sse" is an event stream.'
      : `The expected answer to ${step} is a JSON-RPC response, as JSON or as an event stream.`,
    next,
    action: isServersFault(flaw) ? { kind: 'test-again' } : { kind: 'open-entry', field: 'url' },
  };
}

/** It means to speak MCP, so that url is right. */
function isServersFault({ kind }: NotMcpFlaw): boolean {
  return (
    kind === 'compressed' ||
    kind === 'protocol-version' ||
    kind === 'session-id' ||
    kind === 'tools'
  );
}

function describeFlaw(flaw: NotMcpFlaw): string {
  switch (flaw.kind) {
    case 'empty':
      return 'the answer is empty.';
    case 'html':
      return 'the answer is a web page.';
    case 'compressed':
      return `the answer is compressed (${flaw.encoding}) although the test did not ask for it.`;
    case 'content-type':
      return flaw.contentType === ''
        ? 'the answer has no content type.'
        : `the content type of the answer is ${flaw.contentType}.`;
    case 'broken-json':
      return 'the JSON of the answer is broken.';
    case 'no-response':
      return 'the answer holds no response to the request.';
    case 'protocol-version':
      return 'the answer names no protocol version such as 2025-11-25.';
    case 'session-id':
      return 'the session id holds other characters than visible ASCII.';
    case 'result-type':
      return 'the result is not complete, where nothing more can be needed.';
    case 'tools':
      return 'the result of tools/list holds no list of tools.';
    default:
      return assertNever(flaw);
  }
}
