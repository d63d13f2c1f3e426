import type { Sender } from '../sender';
import { endSessionRequest, type McpSession } from '../tokenTestRequest';
import type { RemoteTarget } from '../tokenTestTarget';

/** A session is given back out of courtesy; nobody should wait long for it. */
const endSessionMaxTimeMs = 3000;

/** Gives a session back, where there is one. */
export async function endSession(
  target: RemoteTarget,
  session: McpSession,
  sender: Sender,
): Promise<void> {
  if (session.id !== undefined) {
    const request = endSessionRequest(target, session);
    await sender.send('session end', request, { maxTimeMs: endSessionMaxTimeMs });
  }
}
