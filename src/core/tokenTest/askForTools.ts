import type { Judgement } from './judgeExchange';
import { collectTools } from './listedTools';
import {
  absentToolMessage,
  methodNotFound,
  toolsListMessage,
  type RpcRequest,
} from './mcpMessages';
import { countTools, type ServerIdentity } from './mcpSession';
import type { TokenTestOptions } from './tokenTestOptions';
import type { TokenTestOutcome } from './tokenTestOutcome';
import { readToolCall } from './toolCallProbe';

/** Sends a request over whatever transport is tested, and judges the answer. */
export type Ask = (request: RpcRequest) => Promise<Judgement>;

/** The end of a test over any transport: what a server that has said who it is lets this client do. */
export async function askForTools(
  ask: Ask,
  { serverName, hasTools }: ServerIdentity,
  opening: { readonly protocolVersion: string; readonly isStateless?: true },
  { probeToolCall = false, listTools = false }: TokenTestOptions,
  clean: (text: string) => string,
): Promise<TokenTestOutcome> {
  const listed = await ask(toolsListMessage);
  if (listed.kind === 'failed' && (hasTools || !isMethodUnknown(listed.outcome))) {
    return listed.outcome;
  }
  if (listed.kind === 'passed' && !Array.isArray(listed.result['tools'])) {
    return { kind: 'not-mcp', step: toolsListMessage.method, flaw: { kind: 'tools' } };
  }
  const result = listed.kind === 'passed' ? listed.result : {};
  const more = async (request: RpcRequest) => {
    const page = await ask(request);
    return page.kind === 'passed' ? page.result : undefined;
  };
  const accepted = {
    kind: 'accepted',
    serverName,
    ...opening,
    ...(listTools ? await collectTools(result, more, clean) : countTools(result)),
  } as const;
  if (!probeToolCall) {
    return accepted;
  }
  const called = await ask(absentToolMessage);
  return called.kind === 'failed' && called.outcome.kind === 'cancelled'
    ? called.outcome
    : { ...accepted, toolCall: readToolCall(called) };
}

/** A server that announced no tools may not know the method: that says nothing about access. */
function isMethodUnknown(outcome: TokenTestOutcome): boolean {
  return outcome.kind === 'rpc-error' && outcome.code === methodNotFound;
}
