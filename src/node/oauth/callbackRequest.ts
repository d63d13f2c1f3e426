import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import {
  hasRepeatedParameter,
  isAuthorizationResponse,
} from '../../core/oauth/authorizationResponse';

/** A request to the listener: something to compare with our state, or the status it is refused with. */
export type CallbackRequest =
  | { readonly kind: 'parameters'; readonly parameters: URLSearchParams }
  | {
      readonly kind: 'refused';
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
    };

/**
 * The target is not parsed as a URL, and the host is compared as it came: what is not exactly ours is
 * not ours. A page of another site that has its name lead to this machine sends that name as `Host`.
 */
export function readCallbackRequest(
  { method, url = '', rawHeaders }: IncomingMessage,
  authority: string,
  path: string,
): CallbackRequest {
  const hosts = rawHeaders.filter(
    (_value, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === 'host',
  );
  if (hosts.length !== 1 || hosts[0] !== authority) {
    return refused(421);
  }
  const [ownPath, ...query] = url.split('?');
  if (ownPath !== path) {
    return refused(404);
  }
  if (method !== 'GET') {
    return refused(405, { Allow: 'GET' });
  }
  return { kind: 'parameters', parameters: new URLSearchParams(query.join('?')) };
}

/** Takes the same time wherever a wrong state differs from ours. */
export function isAnswerTo(state: string, parameters: URLSearchParams): boolean {
  const [given, ours] = [parameters.get('state') ?? '', state].map((text) =>
    createHash('sha256').update(text).digest(),
  );
  const isOurs = given !== undefined && ours !== undefined && timingSafeEqual(given, ours);
  return isOurs && !hasRepeatedParameter(parameters) && isAuthorizationResponse(parameters);
}

function refused(status: number, headers: Readonly<Record<string, string>> = {}): CallbackRequest {
  return { kind: 'refused', status, headers };
}
