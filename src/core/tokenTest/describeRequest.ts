import { assertNever } from '../base/assertNever';
import { oneLine } from '../base/text';
import { isThisMachine } from '../config/isThisMachine';
import { maskSecrets } from '../secrets/maskSecrets';
import type { TestPurpose } from './approval';
import { mask } from '../base/mask';
import { writtenValue } from './credentials';
import { isPrivateName } from './privateNames';
import { describeStarting, summarizeStarting } from './describeProgram';
import { isRoutingHeader } from './routingHeader';
import type { RemoteTarget, TargetHeader, TokenTestTarget } from './tokenTestTarget';

/** What a test is about to do, as lines of plain text: names in the place of values. */
export function describeRequest(target: TokenTestTarget, purpose: TestPurpose): readonly string[] {
  switch (target.transport) {
    case 'http':
    case 'sse':
    case 'ws':
      return describeSending(target, purpose);
    case 'stdio':
      return describeStarting(target);
    default:
      return assertNever(target);
  }
}

/** The same on two short lines of a list; `undefined` where a line would be cut. */
export function summarizeRequest(
  target: TokenTestTarget,
): readonly [what: string, how: string] | undefined {
  if (target.transport === 'stdio') {
    return summarizeStarting(target);
  }
  const headers = target.headers.map(writtenHeader).join(', ');
  const from = isHostFromVariable(target) ? ['from a variable'] : [];
  const leading = target.headers.filter(({ name }) => isRoutingHeader(name)).map(writtenHeader);
  return [
    [hostOf(target), ...from, ...leading].join(', '),
    `${methodOf(target)} ${writtenAddress(target)} with ${headers || noHeader}`,
  ];
}

const noHeader = 'no header of its own';

/** `host:port` of the address, or the address as it is written where it has none. */
export function hostOf(target: RemoteTarget): string {
  const host = URL.canParse(target.url) ? new URL(target.url).host : '';
  return host === '' ? writtenAddress(target) : host;
}

/** Whether the address in the file leaves open where the request goes. */
export function isHostOpen(target: RemoteTarget): boolean {
  return isHostFromVariable(target) || target.headers.some(({ name }) => isRoutingHeader(name));
}

function isHostFromVariable({ url, writtenUrl = url }: RemoteTarget): boolean {
  const authority = /^\s*[\w+.-]+:\/\/([^/?#]*)/.exec(writtenUrl)?.[1];
  return authority === undefined || authority.includes('${');
}

function describeSending(target: RemoteTarget, purpose: TestPurpose): readonly string[] {
  const { headers } = target;
  return [
    `${methodOf(target)} ${writtenAddress(target)}`,
    ...headers.map((header) => `    ${writtenHeader(header)}`),
    ...(headers.length === 0 ? [`    ${noHeader}`] : []),
    '',
    messagesOf(target),
    ...(purpose === 'compare'
      ? [
          'This is repeated without each header that carries a credential and without all of them. There a tool that does not exist is called as well, to see whether calls are open.',
        ]
      : []),
    ...(isReadableOnTheWay(target)
      ? ['The connection is not encrypted: everyone on the way can read this.']
      : []),
  ];
}

function methodOf({ transport }: RemoteTarget): string {
  return transport === 'http' ? 'POST' : 'GET';
}

function messagesOf({ transport }: RemoteTarget): string {
  const messages = 'The messages initialize, notifications/initialized and tools/list';
  switch (transport) {
    case 'http':
      return `${messages} are sent like this, then the session is ended. If the server answers that it speaks in another form, that one is tried at the same address. ${metadata}`;
    case 'sse':
      return `This opens the event stream. ${messages} follow by POST with the same headers, to the address on the same host that the server names. If there is no event stream, one POST to the same address shows whether the type is another. ${metadata}`;
    case 'ws':
      return `This opens a WebSocket, after one request that shows how the server answers: both have these headers. ${messages} follow over it.`;
    default:
      return assertNever(transport);
  }
}

const metadata =
  'If it refuses and names a document of its own host that says who issues tokens, that is read without these headers.';

/** As it stands in the file: literal credentials are covered, and a query is not repeated. */
function writtenAddress({ url, writtenUrl = url }: RemoteTarget): string {
  const [address = ''] = maskSecrets(writtenUrl, { kind: 'url' }).split('?', 1);
  return oneLine(address);
}

function writtenHeader(header: TargetHeader): string {
  const { name, secretNames } = header;
  if (isRoutingHeader(name)) {
    return `${oneLine(name, 80)}: ${oneLine(maskSecrets(header.value, { kind: 'header', name }))}`;
  }
  const value =
    secretNames.length > 0 ? writtenValue(header) : isPrivateName(name) ? mask : 'as in the file';
  return `${oneLine(name, 80)}: ${oneLine(value)}`;
}

function isReadableOnTheWay({ url }: RemoteTarget): boolean {
  if (!URL.canParse(url)) {
    return false;
  }
  const { protocol, hostname } = new URL(url);
  return (protocol === 'http:' || protocol === 'ws:') && !isThisMachine(hostname);
}
