import { codeSpan, escapeMarkdown, fence } from '../base/markdown';
import { oneLine } from '../base/text';
import { claudeCodeReport } from './claudeCodeReport';
import { describeClock } from './describeRejection';
import { describeOutcome } from './describeOutcome';
import { findDifferences } from './differences';
import type { HttpExchange } from './httpExchange';
import type { TokenTestResult } from './runTokenTest';
import { upperFirst } from './sentenceParts';
import type { HttpStep, MessageStep, TokenTestStep } from './sender';
import type { TestCircumstances } from './testCircumstances';

/** How much of a body or a message is shown, in characters. */
const excerptLength = 2048;

/** How much of a head is shown. */
const maxHeaders = 60;
const maxHeaderLength = 400;

/**
 * The test as a Markdown document that can be pasted into an issue: the result holds no
 * credential, and text of the server can neither leave its place nor hide in it. However much a
 * server sends, it stays within a few thousand characters for each step.
 */
export function formatTokenTestReport(result: TokenTestResult): string {
  const { serverName, outcome, steps } = result;
  const { headline, cause, next } = describeOutcome(outcome);
  return [
    `# Token test: ${escapeMarkdown(oneLine(serverName))}`,
    `**${escapeMarkdown(headline)}**`,
    `- Cause: ${escapeMarkdown(cause)}\n- Next step: ${escapeMarkdown(next)}`,
    ...(result.circumstances?.isUnverified === true ? [unverifiedWarning] : []),
    ...(steps.length === 0 ? ['No request was completed.'] : [renderTable(steps)]),
    ...renderList('In Claude Code', inClaudeCode(result)),
    ...renderList('How it was tested', howTested(result)),
    ...steps.flatMap(renderStep),
  ]
    .join('\n\n')
    .concat('\n');
}

const unverifiedWarning =
  '**The certificate was not verified in this test:** whoever is on the way could have answered, and has seen the credential.';

function renderList(title: string, items: readonly string[]): readonly string[] {
  return items.length === 0 ? [] : [`## ${title}`, items.map((item) => `- ${item}`).join('\n')];
}

function inClaudeCode({ outcome, circumstances = {} }: TokenTestResult): readonly string[] {
  const differences = findDifferences(outcome, circumstances);
  const shown = claudeCodeReport(outcome, circumstances.transport).map(
    ({ text, when }) =>
      `\`claude mcp list\` shows ${codeSpan(oneLine(text, 400))}${when === undefined ? '' : ` ${escapeMarkdown(when)}`}.`,
  );
  const texts = differences.map(({ text }) => escapeMarkdown(text));
  const conditions = differences.flatMap(({ condition }) => condition ?? []);
  if (conditions.length === 0) {
    return [...shown, ...texts];
  }
  const onlyThen = escapeMarkdown(upperFirst(conditions.join(', and ')));
  return [...texts, ...shown.map((text) => `${onlyThen}, ${text}`)];
}

function howTested({ steps, circumstances = {} }: TokenTestResult): readonly string[] {
  const skews = steps.map((step) => (step.kind === 'http' ? step.clockAheadMs : undefined));
  const clockAheadMs = skews.find((skew) => skew !== undefined);
  return [
    ...describeConditions(circumstances),
    ...(circumstances.variables ?? []).map(
      ({ name, source }) =>
        `${codeSpan(oneLine(name, 100))} from ${escapeMarkdown(oneLine(source))}.`,
    ),
    ...(clockAheadMs === undefined ? [] : [describeClock(clockAheadMs)]),
  ];
}

function describeConditions({ conditions, isUnverified }: TestCircumstances): readonly string[] {
  if (conditions === undefined) {
    return [];
  }
  const { curlVersion, proxy, caFrom, hasNodeCa, connectTimeoutMs, timeoutMs } = conditions;
  return [
    `curl ${escapeMarkdown(curlVersion)}, with ${connectTimeoutMs / 1000} s to connect and ${timeoutMs / 1000} s for each request. No redirect is followed.`,
    proxy === undefined
      ? 'Without a proxy.'
      : `Through the proxy ${codeSpan(proxy.host)}, from ${codeSpan(proxy.from)}.`,
    isUnverified === true
      ? 'Certificates were not verified.'
      : `Certificates: ${caFrom === undefined ? 'those that curl trusts on this computer' : `those that ${codeSpan(caFrom)} names`}.`,
    ...(hasNodeCa ? ['`NODE_EXTRA_CA_CERTS` is set; curl does not use it.'] : []),
  ];
}

const noExchange = { status: undefined, timings: undefined };

function renderTable(steps: readonly TokenTestStep[]): string {
  const rows = steps.map((step) => {
    const { status, timings } = step.kind === 'http' ? step.exchange : noExchange;
    const { nameLookupMs, connectMs, tlsMs, firstByteMs } = timings ?? {};
    const times = [nameLookupMs, connectMs, tlsMs, firstByteMs, step.durationMs];
    const answer = step.kind === 'message' ? 'message' : (status ?? 'no answer');
    return `| ${[step.name, answer, ...times.map(renderMs)].join(' | ')} |`;
  });
  return [
    '| Step | Status | Name look-up | Connected | TLS | First byte | Duration |',
    '| --- | --- | ---: | ---: | ---: | ---: | ---: |',
    ...rows,
  ].join('\n');
}

function renderMs(ms: number | undefined): string {
  return ms === undefined || ms === 0 ? '' : `${ms} ms`;
}

function renderStep(step: TokenTestStep): readonly string[] {
  return step.kind === 'message' ? renderMessages(step) : renderExchange(step);
}

function renderMessages({ name, sent, received }: MessageStep): readonly string[] {
  return [`## ${name}`, 'Sent:', ...renderExcerpt(sent), 'Received:', ...renderExcerpt(received)];
}

function renderExchange({ name, request, exchange }: HttpStep): readonly string[] {
  const { method, url, headers, body } = request;
  const lines = [`${method} ${url}`, ...headers.map(headerLine)];
  return [
    `## ${name}`,
    fence([...lines, ...(body === undefined ? [] : ['', body])].join('\n')),
    fence(renderHead(exchange)),
    ...renderExcerpt(exchange.body, exchange.bodyTruncated),
  ];
}

function renderHead({ status, httpVersion, headers, curlExitCode, curlMessage }: HttpExchange) {
  const lines = status === undefined ? [] : [`HTTP/${httpVersion ?? '?'} ${status}`];
  const failure = curlExitCode === 0 ? [] : [`curl: (${curlExitCode}) ${curlMessage}`];
  const more = headers.length - maxHeaders;
  return [
    ...lines,
    ...headers.slice(0, maxHeaders).map(headerLine),
    ...(more > 0 ? [`… and ${more} more headers`] : []),
    ...failure,
  ].join('\n');
}

function renderExcerpt(text: string, isTruncated = false): readonly string[] {
  if (text === '') {
    return [];
  }
  const isCut = isTruncated || text.length > excerptLength;
  const shown = fence(text.slice(0, excerptLength));
  return isCut
    ? [shown, `There is more; these are the first ${excerptLength} characters.`]
    : [shown];
}

function headerLine([name, value]: readonly [string, string]): string {
  const line = `${name}: ${value}`;
  return line.length > maxHeaderLength ? `${line.slice(0, maxHeaderLength)}…` : line;
}
