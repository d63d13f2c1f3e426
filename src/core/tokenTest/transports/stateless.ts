import { oneLine } from '../../base/text';
import { askForTools, type Ask } from '../askForTools';
import { judgeAnswer, judgeRequest, type Judgement } from '../judgeExchange';
import { isObject, stringsIn } from '../../base/jsonObject';
import { readMcpAnswer } from '../mcpAnswer';
import { discoverMessage, statelessVersion } from '../mcpMessages';
import { readIdentity } from '../mcpSession';
import type { Exchanged, Sender } from '../sender';
import type { TokenTestOptions } from '../tokenTestOptions';
import type { TokenTestOutcome } from '../tokenTestOutcome';
import { statelessRequest } from '../tokenTestRequest';
import type { RemoteTarget } from '../tokenTestTarget';

/**
 * A server without sessions: server/discover and tools/list, each of which stands alone.
 * @see Model Context Protocol 2026-07-28, Versioning and Compatibility
 */
export async function testStateless(
  target: RemoteTarget,
  sender: Sender,
  options: TokenTestOptions,
): Promise<TokenTestOutcome> {
  const ask: Ask = async (request) => {
    const { id, method } = request;
    const sent = await sender.send(method, statelessRequest(target, request), { answerTo: id });
    return sent.kind === 'decided'
      ? { kind: 'failed', outcome: sent.outcome }
      : judgeStateless(sent, id);
  };
  const discovered = await ask(discoverMessage);
  if (discovered.kind === 'failed') {
    return discovered.outcome;
  }
  const { supportedVersions, capabilities, _meta } = discovered.result;
  const supported = stringsIn(supportedVersions);
  if (!supported.includes(statelessVersion)) {
    return otherVersion(supported, sender);
  }
  const serverInfo = isObject(_meta) ? _meta['io.modelcontextprotocol/serverInfo'] : undefined;
  const identity = readIdentity(serverInfo, capabilities, sender.clean);
  const opening = { protocolVersion: statelessVersion, isStateless: true } as const;
  return askForTools(ask, identity, opening, options, sender.clean);
}

export function otherVersion(supported: readonly string[], sender: Sender): TokenTestOutcome {
  const shown = supported.slice(0, 5).map((version) => oneLine(sender.clean(version), 40));
  return { kind: 'other-version', supported: shown };
}

/** Errors of the protocol come with 400 and 404, which say nothing about the path then. */
function judgeStateless({ exchange, context }: Exchanged, id: number): Judgement {
  const judged = judgeRequest(exchange, id, context);
  if (judged.kind === 'passed') {
    const { resultType = 'complete' } = judged.result;
    const flaw = { kind: 'result-type' } as const;
    return resultType === 'complete'
      ? judged
      : { kind: 'failed', outcome: { kind: 'not-mcp', step: context.step, flaw } };
  }
  const answer = readMcpAnswer(exchange, id);
  return judged.outcome.kind === 'wrong-endpoint' && answer.kind === 'error'
    ? judgeAnswer(answer, context)
    : judged;
}
