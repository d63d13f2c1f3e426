import { assertNever } from '../../base/assertNever';
import { oneLine } from '../../base/text';
import { converse, type ConversationResult } from '../conversation';
import { headerValue } from '../httpExchange';
import { judgeStatus, readDetail, type JudgeContext } from '../judgeExchange';
import type { HttpExchange } from '../httpExchange';
import type { ChannelEnd } from '../messageChannel';
import { remarkOnStray, type Remark } from '../remarks';
import type { Sender, TokenTestPorts } from '../sender';
import type { TokenTestOptions } from '../tokenTestOptions';
import type { StepName, TokenTestOutcome } from '../tokenTestOutcome';
import { subprotocol, upgradeRequest, webSocketSpec } from '../tokenTestRequest';
import type { RemoteTarget } from '../tokenTestTarget';

/**
 * The upgrade with curl, then the messages over a socket of its own: curl shows best what a server
 * answers to the credential, and before 8.16 cannot send over a WebSocket. Where curl went through
 * a proxy there is no socket: it would carry the credential past the proxy.
 */
export async function testWebSocket(
  target: RemoteTarget,
  sender: Sender,
  ports: TokenTestPorts,
  signal: AbortSignal,
  options: TokenTestOptions = {},
): Promise<TokenTestOutcome> {
  const request = upgradeRequest(target, ports.createWebSocketKey());
  const sent = await sender.send('upgrade', request, { stopAtStatus: 101 });
  if (sent.kind === 'decided') {
    return sent.outcome;
  }
  const refused = judgeUpgrade(sent.exchange, sent.context);
  if (refused !== undefined) {
    return refused;
  }
  if (ports.http.conditions(target.url)?.proxy !== undefined) {
    return { kind: 'upgraded-behind-proxy' };
  }
  const channel = ports.openWebSocket(
    { ...webSocketSpec(target), insecure: options.insecure === true },
    signal,
  );
  try {
    const { result, stray } = await converse(channel, sender.messages, options);
    const strayRemarks = remarkOnStray(stray, 'socket', sender.messages);
    return judgeConversation(result, [ownSocket, ...strayRemarks], sender);
  } finally {
    await channel.close();
  }
}

const ownSocket: Remark = { kind: 'own-socket' };

/** Statuses that say the same whatever was asked for. */
const ordinary = new Set([401, 403, 407, 429]);

/** What ends the test before a message was sent; `undefined` where the upgrade has passed. */
function judgeUpgrade(exchange: HttpExchange, context: JudgeContext): TokenTestOutcome | undefined {
  const { status } = exchange;
  if (status === 101) {
    const agreed = headerValue(exchange, 'sec-websocket-protocol');
    return agreed === subprotocol
      ? undefined
      : { kind: 'no-subprotocol', agreed: agreed && oneLine(context.redactor.text(agreed), 60) };
  }
  const isAboutUpgrade =
    status !== undefined &&
    (status < 300 || (status >= 400 && status < 500)) &&
    !ordinary.has(status);
  return isAboutUpgrade
    ? { kind: 'no-upgrade', status, detail: readDetail(exchange, context) }
    : judgeStatus(exchange, context);
}

function judgeConversation(
  result: ConversationResult,
  remarks: readonly Remark[],
  { clean, messages }: Sender,
): TokenTestOutcome {
  const foreign = (text: string) => oneLine(messages.text(text)).trim();
  switch (result.kind) {
    case 'listed': {
      const { serverName, ...counts } = result;
      const name = serverName === undefined ? undefined : clean(serverName);
      return { ...counts, kind: 'accepted', serverName: name, remarks };
    }
    case 'error': {
      const { step, code } = result;
      const message = foreign(result.message);
      return { kind: 'rpc-error', step, code, message, over: 'socket', remarks };
    }
    case 'protocol-version':
      return { kind: 'not-mcp', step: result.step, flaw: { kind: result.kind }, remarks };
    case 'ended':
      return judgeEnd(result.step, result.end, remarks, foreign);
    default:
      return assertNever(result);
  }
}

function judgeEnd(
  step: StepName,
  end: ChannelEnd,
  remarks: readonly Remark[],
  foreign: (text: string) => string,
): TokenTestOutcome {
  switch (end.kind) {
    case 'cancelled':
      return { kind: 'cancelled' };
    case 'not-opened':
      return { kind: 'socket-not-opened', code: end.code, detail: foreign(end.detail) };
    case 'closed': {
      const { code, detail, flaw } = end;
      const reason = foreign(detail);
      const broken = flaw === undefined ? {} : { flaw: foreign(flaw) };
      return { kind: 'socket-closed', step, code, reason, remarks, ...broken };
    }
    case 'timeout':
      return { kind: 'socket-silent', step, remarks };
    case 'too-large':
      return { kind: 'socket-flooded', step, remarks };
    default:
      return assertNever(end);
  }
}
