import { assertNever } from '../base/assertNever';
import type { OutcomeText } from './describeOutcome';
import type { NextAction } from './nextAction';
import { afterOthers, quoteReason } from './sentenceParts';
import type { SocketOutcome } from './socketOutcome';

type Kind<K extends SocketOutcome['kind']> = Extract<SocketOutcome, { kind: K }>;

const openUrl: NextAction = { kind: 'open-entry', field: 'url' };
const testAgain: NextAction = { kind: 'test-again' };

/** What befell a server of type `ws`, in words. */
export function describeSocket(outcome: SocketOutcome): OutcomeText {
  switch (outcome.kind) {
    case 'no-upgrade':
      return describeNoUpgrade(outcome);
    case 'no-subprotocol': {
      const { agreed } = outcome;
      return {
        headline:
          agreed === undefined
            ? 'No subprotocol: the server opened the WebSocket without agreeing on "mcp".'
            : `Other subprotocol: the server agreed on "${agreed}" and not on "mcp".`,
        state: 'no subprotocol mcp',
        cause: `The credential passed. Claude Code insists on the subprotocol and reports "${agreed === undefined ? 'Missing' : 'Mismatch'} client protocol".`,
        next: 'Remove a header named Sec-WebSocket-Protocol, if there is one. Otherwise the server has to answer with Sec-WebSocket-Protocol: mcp; tell its operator.',
        action: { kind: 'open-entry', field: 'headers' },
      };
    }
    case 'upgraded-behind-proxy':
      return {
        headline: 'Upgraded (101): the server takes the credential; no message was sent.',
        state: 'upgrade accepted',
        cause:
          'A proxy stands before the server. curl went through it; the WebSocket of the editor, over which the messages would go, would have passed it by.',
        next: 'To test the messages too, name the host in no_proxy where it can be reached without the proxy.',
        action: testAgain,
      };
    case 'socket-not-opened':
      return describeNotOpened(outcome);
    case 'socket-closed':
      return describeClosed(outcome);
    case 'socket-silent':
      return {
        headline: `No answer: the server opened the WebSocket and did not answer ${outcome.step} in time.`,
        state: 'no answer',
        cause:
          'The upgrade passed, so the address is right and the credential was not rejected there. Claude Code waits 30 seconds, or MCP_TIMEOUT.',
        next: 'Check that the path of url is that of the MCP endpoint, then test again.',
        action: testAgain,
      };
    case 'socket-flooded':
      return {
        headline: `Too many messages: the server sent more than 1 MiB or 10,000 messages without an answer to ${outcome.step}.`,
        state: 'too many messages',
        cause: 'The upgrade passed; what came then was no answer to the request.',
        next: 'Check that the path of url is that of the MCP endpoint and not of a feed.',
        action: openUrl,
      };
    default:
      return assertNever(outcome);
  }
}

function describeNoUpgrade({ status, detail }: Kind<'no-upgrade'>): OutcomeText {
  const reported = `Claude Code reports it as "Expected 101 status code: ${status}".`;
  const text = (problem: string, next: string, action: NextAction): OutcomeText => ({
    headline: `No WebSocket (${status}): ${problem}.`,
    state: `no WebSocket (${status})`,
    cause: `${quoteReason(detail)} ${reported}`,
    next,
    action,
  });
  switch (status) {
    case 404:
    case 410:
      return text('there is nothing at this path', 'Check the path of url.', openUrl);
    case 426:
      return text(
        'the server did not see the upgrade that it asks for',
        'A proxy or gateway before the server has to hand Connection: Upgrade on; tell its operator.',
        openUrl,
      );
    default:
      return text(
        'the server answered as to an ordinary request',
        'If the server is reached by http, set its type to "http" and let url begin with http: or https:. Otherwise check the path of url.',
        { kind: 'change-type', transport: 'http' },
      );
  }
}

function describeNotOpened({ code, detail }: Kind<'socket-not-opened'>): OutcomeText {
  const isCertificate = /CERT|SIGNATURE|SELF_SIGNED|ISSUER/.test(code);
  return {
    headline: isCertificate
      ? 'Not opened: curl trusts the certificate of the server, and the editor does not.'
      : 'Not opened: the upgrade passed with curl, and failed for the WebSocket that was to follow.',
    state: 'socket not opened',
    cause: `The upgrade with curl shows that the credential passes. The system says: ${detail === '' ? code : detail}.`,
    next: isCertificate
      ? 'Name the CA file of your organization in NODE_EXTRA_CA_CERTS, which Claude Code reads too, and start VS Code again.'
      : 'Test again; a server may take one connection for each credential.',
    action: testAgain,
  };
}

/** @see RFC 6455 §7.4; 44xx stands for the status of HTTP by habit. */
const aboutAccess = new Set([1008, 3000, 3003, 4001, 4003, 4401, 4403]);

function describeClosed({ step, code, reason, flaw }: Kind<'socket-closed'>): OutcomeText {
  const shown = code === undefined || code === 1005 || code === 1006 ? 'no code' : String(code);
  const isAccess =
    (code !== undefined && aboutAccess.has(code)) ||
    /auth|token|key|credential|forbid/i.test(reason);
  const reported =
    step === 'initialize'
      ? 'Claude Code reports it as "CONNECTION_CLOSED: Connection closed", without the reason.'
      : 'Claude Code reports it as "Connected · tools fetch failed — Connection closed".';
  if (flaw !== undefined) {
    return {
      headline: `Broken${afterOthers(step)}: what the server sent instead of an answer is no WebSocket.`,
      state: 'broken WebSocket',
      cause: `The upgrade passed. The editor closed the WebSocket when it read: "${flaw}". ${reported}`,
      next: 'Check that the path of url is that of the MCP endpoint. If it is, the server or a gateway before it breaks RFC 6455; tell its operator.',
      action: openUrl,
    };
  }
  return {
    headline: `Closed${afterOthers(step)}: the server closed the WebSocket (${shown}) instead of an answer.`,
    state: `closed (${shown})`,
    cause: `${quoteReason(reason)} ${reported}`,
    next: isAccess
      ? 'This is about access: the server looks at the credential after the upgrade. Check it, then test again.'
      : 'Check that the path of url is that of the MCP endpoint, and look into the log of the server.',
    action: { kind: 'open-entry', field: isAccess ? 'headers' : 'url' },
  };
}
