import { escapeMarkdown, fence } from '../base/markdown';
import { describeOutcome } from './describeOutcome';
import type { HttpExchange } from './httpExchange';
import type { TokenTestResult } from './runTokenTest';
import type { TokenTestStep } from './sender';

/** How much of a body is shown, in characters. */
const excerptLength = 2048;

/**
 * The test as a Markdown document that can be pasted into an issue: the result holds no
 * credential, and text of the server can neither leave its place nor hide in it.
 */
export function formatTokenTestReport({ serverName, outcome, steps }: TokenTestResult): string {
  const { headline, cause, next } = describeOutcome(outcome);
  return [
    `# Token test: ${escapeMarkdown(serverName)}`,
    `**${escapeMarkdown(headline)}**`,
    `- Cause: ${escapeMarkdown(cause)}\n- Next step: ${escapeMarkdown(next)}`,
    ...(steps.length === 0 ? ['No request was completed.'] : [renderTable(steps)]),
    ...steps.flatMap(renderStep),
  ]
    .join('\n\n')
    .concat('\n');
}

const noExchange = { status: undefined, timings: undefined };

function renderTable(steps: readonly TokenTestStep[]): string {
  const rows = steps.map((step) => {
    const { status, timings } = step.kind === 'http' ? step.exchange : noExchange;
    const times = [timings?.connectMs, timings?.tlsMs, timings?.firstByteMs, step.durationMs];
    return `| ${[step.name, status ?? 'no answer', ...times.map(renderMs)].join(' | ')} |`;
  });
  return [
    '| Step | Status | Connected | TLS | First byte | Duration |',
    '| --- | --- | ---: | ---: | ---: | ---: |',
    ...rows,
  ].join('\n');
}

function renderMs(ms: number | undefined): string {
  return ms === undefined || ms === 0 ? '' : `${ms} ms`;
}

function renderStep(step: TokenTestStep): readonly string[] {
  if (step.kind === 'message') {
    return [`## ${step.name}`, fence(step.sent), fence(step.received)];
  }
  const { name, request, exchange } = step;
  const { method, url, headers } = request;
  return [
    `## ${name}`,
    fence([`${method} ${url}`, ...headers.map(headerLine)].join('\n')),
    fence(renderHead(exchange)),
    ...renderBody(exchange),
  ];
}

function renderHead({ status, httpVersion, headers, curlExitCode, curlMessage }: HttpExchange) {
  const lines = status === undefined ? [] : [`HTTP/${httpVersion ?? '?'} ${status}`];
  const failure = curlExitCode === 0 ? [] : [`curl: (${curlExitCode}) ${curlMessage}`];
  return [...lines, ...headers.map(headerLine), ...failure].join('\n');
}

function renderBody({ body, bodyTruncated }: HttpExchange): readonly string[] {
  if (body === '') {
    return [];
  }
  const isCut = bodyTruncated || body.length > excerptLength;
  const shown = fence(body.slice(0, excerptLength));
  return isCut
    ? [shown, `The body is longer; these are its first ${excerptLength} characters.`]
    : [shown];
}

function headerLine([name, value]: readonly [string, string]): string {
  return `${name}: ${value}`;
}
