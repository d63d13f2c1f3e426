import * as oauth from 'oauth4webapi';
import type { JsonObject } from '../base/jsonObject';
import type { ClientIdentity } from './client';
import { authenticationOf } from './clientAuthentication';
import { readDocument } from './documents';
import { SignInError } from './failure';
import {
  runFlow,
  stopIfCancelled,
  takeStep,
  type Flow,
  type Outcome,
  type SignInPorts,
} from './flow';
import type { OAuthResponse } from './ports';
import {
  prepare,
  signedInFrom,
  type Prepared,
  type SignInCallbacks,
  type SignInTarget,
} from './prepare';
import type { SignInValue } from './signIn';
import { errorOf, libraryOptions, requestTokens, type Granted } from './tokenEndpoint';
import { isTokenValue } from './tokens';
import { isSameOrBelow, judgeUrl } from './urlPolicy';

/** What a person types in on a page of the issuer, on any machine. */
export interface DeviceCode {
  readonly userCode: string;
  /** `https:`, or `http:` on loopback. */
  readonly verificationUri: string;
  /** The same with the code in it. */
  readonly verificationUriComplete?: string;
  readonly host: string;
  /** Neither the issuer's host nor one below or above it: a sign of phishing. */
  readonly isForeign: boolean;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

export interface DevicePorts extends SignInPorts {
  /** Resolves after so many milliseconds; rejects when cancelled. */
  wait(milliseconds: number, signal: AbortSignal): Promise<void>;
  /** Shows the code while the issuer is asked; whether to go on. */
  showCode(code: DeviceCode): Promise<boolean>;
}

/** Signs a person in whose browser cannot come back to this machine. @see RFC 8628 */
export function signInWithDevice(
  target: SignInTarget,
  identity: ClientIdentity,
  ports: DevicePorts,
  callbacks: SignInCallbacks,
  signal: AbortSignal,
): Promise<Outcome<SignInValue>> {
  return runFlow(ports, target.serverUrl, signal, async (flow) => {
    const way = { login: 'device', redirectUri: 'http://127.0.0.1/callback' } as const;
    const prepared = await prepare(flow, target, identity, callbacks, way);
    const { code, deviceCode, interval } = await askForCode(flow, prepared);
    if (!(await ports.showCode(code))) {
      throw new SignInError({ kind: 'declined' }, 'device-code');
    }
    const granted = await poll(flow, ports, prepared, deviceCode, interval, code.expiresAt);
    return { signedIn: signedInFrom(flow, target, prepared, granted), client: prepared.client };
  });
}

interface AskedCode {
  readonly code: DeviceCode;
  readonly deviceCode: string;
  /** Seconds between two questions. */
  readonly interval: number;
}

async function askForCode(
  flow: Flow,
  { libraryServer, client, parameters, discovered }: Prepared,
): Promise<AskedCode> {
  const step = 'device-code';
  const authentication = await authenticationOf(client);
  return takeStep(flow, step, async (send) => {
    let answer: OAuthResponse | undefined;
    await oauth.deviceAuthorizationRequest(
      libraryServer,
      { client_id: client.clientId },
      authentication,
      { ...parameters },
      libraryOptions(send, (response) => (answer = response)),
    );
    const { status, body } = answer as unknown as OAuthResponse;
    const error = errorOf(answer as unknown as OAuthResponse);
    if (status !== 200 || error.error !== undefined) {
      throw new SignInError({ kind: 'token-refused', status, ...error }, step);
    }
    const asked = readCode(readDocument(body, 'device code', step), flow, discovered.server.issuer);
    return { value: asked, read: [['verification_uri', asked.code.verificationUri]] };
  });
}

/** @throws SignInError */
function readCode(json: JsonObject, flow: Flow, issuer: string): AskedCode {
  const { device_code: deviceCode, user_code: userCode, expires_in: seconds, interval } = json;
  if (
    !isTokenValue(deviceCode) ||
    typeof userCode !== 'string' ||
    !/^[\x20-\x7e]{1,64}$/.test(userCode)
  ) {
    const flaw = 'no readable code';
    throw new SignInError(
      { kind: 'document-invalid', document: 'device code', flaw },
      'device-code',
    );
  }
  const uri = judgeCodeUrl('verification_uri', json, flow);
  const hasComplete = json['verification_uri_complete'] !== undefined;
  const complete = hasComplete ? judgeCodeUrl('verification_uri_complete', json, flow) : undefined;
  const issuerHost = new URL(issuer).hostname;
  const lifetime = typeof seconds === 'number' && seconds > 0 ? Math.min(seconds, 1800) : 300;
  return {
    deviceCode,
    interval: typeof interval === 'number' && interval > 0 ? Math.min(interval, 60) : 5,
    code: {
      userCode,
      verificationUri: uri.href,
      ...(complete?.host === uri.host && { verificationUriComplete: complete.href }),
      host: uri.host,
      isForeign: !isSameOrBelow(uri.hostname, issuerHost),
      expiresAt: flow.ports.clock.now() + lifetime * 1000,
    },
  };
}

function judgeCodeUrl(field: string, json: JsonObject, { isLocal }: Flow): URL {
  const judged = judgeUrl(json[field], isLocal);
  if (judged.kind === 'refused') {
    throw new SignInError({ kind: 'url-refused', field, problem: judged.problem }, 'device-code');
  }
  return judged.url;
}

/** @see RFC 8628 §3.5 */
async function poll(
  flow: Flow,
  { wait, clock }: DevicePorts,
  { libraryServer, client, dpop }: Prepared,
  deviceCode: string,
  interval: number,
  expiresAt: number,
): Promise<Granted> {
  let seconds = interval;
  while (clock.now() < expiresAt) {
    await wait(seconds * 1000, flow.signal).catch(() => stopIfCancelled(flow.signal, 'token'));
    try {
      return await requestTokens(
        flow,
        'token',
        libraryServer,
        client,
        (libraryClient, authentication, options) =>
          oauth.deviceCodeGrantRequest(
            libraryServer,
            libraryClient,
            authentication,
            deviceCode,
            options,
          ),
        dpop,
      );
    } catch (error) {
      const failure = error instanceof SignInError ? error.failure : undefined;
      const answer = failure?.kind === 'token-refused' ? failure.error : undefined;
      if (answer === 'slow_down') {
        seconds += 5;
      } else if (answer === 'expired_token') {
        break;
      } else if (answer !== 'authorization_pending') {
        throw error;
      }
    }
  }
  throw new SignInError({ kind: 'code-expired' }, 'token');
}
