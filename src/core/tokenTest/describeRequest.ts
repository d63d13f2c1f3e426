import { assertNever } from '../base/assertNever';
import { oneLine } from '../base/text';
import { isThisMachine } from '../config/isThisMachine';
import { maskSecrets } from '../secrets/maskSecrets';
import type { TestPurpose } from './approval';
import { isPrivateName, mask, writtenValue } from './credentials';
import type {
  RemoteTarget,
  StdioTarget,
  TargetHeader,
  TargetText,
  TokenTestTarget,
} from './tokenTestTarget';

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

/** The same on two short lines, for a list. */
export function summarizeRequest(target: TokenTestTarget): readonly [what: string, how: string] {
  if (target.transport === 'stdio') {
    const names = target.env.map(({ name }) => oneLine(name, 80)).join(', ');
    return [commandLine(target), `in ${oneLine(target.folder, 300)}${names && ` with ${names}`}`];
  }
  const headers = target.headers.map(writtenHeader).join(', ');
  return [`${methodOf(target)} ${writtenAddress(target)}`, headers || noHeader];
}

const noHeader = 'no header of its own';

/** `host:port` of the address, or the address where it is none. */
export function hostOf({ url }: RemoteTarget): string {
  return URL.canParse(url) ? new URL(url).host : oneLine(url);
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
      return `${messages} are sent like this, then the session is ended. If the server answers that it speaks in another form, that one is tried at the same address.`;
    case 'sse':
      return `This opens the event stream. ${messages} follow by POST with the same headers, to the address on the same host that the server names. If there is no event stream, one POST to the same address shows whether the type is another.`;
    case 'ws':
      return `This opens a WebSocket. ${messages} follow over it.`;
    default:
      return assertNever(transport);
  }
}

/** As it stands in the file: literal credentials are covered, and a query is not repeated. */
function writtenAddress({ url, writtenUrl = url }: RemoteTarget): string {
  const [address = ''] = maskSecrets(writtenUrl, { kind: 'url' }).split('?', 1);
  return oneLine(address);
}

function writtenHeader(header: TargetHeader): string {
  const { name, secretNames } = header;
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

function describeStarting(target: StdioTarget): readonly string[] {
  const { env, folder } = target;
  return [
    'This starts a program on this computer:',
    `    ${commandLine(target)}`,
    `in the folder ${oneLine(folder, 300)}`,
    ...(env.length === 0
      ? []
      : [`with the environment variables ${env.map(({ name }) => oneLine(name, 80)).join(', ')}`]),
    '',
    'It is sent initialize, notifications/initialized and tools/list, and ended.',
  ];
}

/** The program and its arguments as they stand in the file, with quotes where one has a space. */
function commandLine({ command, args }: StdioTarget): string {
  const given = args.map(({ written }) => written);
  const masked = args.map(({ written }, index) =>
    maskSecrets(written, { kind: 'argument', index, command: command.written, args: given }),
  );
  return [programOf(command), ...masked].map(quoted).join(' ');
}

/** What will run counts more than how it is written: a variable can be anything. */
function programOf({ written, text, secretNames }: TargetText): string {
  const program = secretNames.some(isPrivateName) ? written : text;
  return maskSecrets(program, { kind: 'command' });
}

function quoted(text: string): string {
  const line = oneLine(text, 300);
  return /^[^\s"'\\]+$/.test(line) ? line : JSON.stringify(line);
}
