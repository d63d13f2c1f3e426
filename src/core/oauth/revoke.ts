import * as oauth from 'oauth4webapi';
import type { OAuthClient } from './client';
import { authenticationOf } from './clientAuthentication';
import { SignInError } from './failure';
import { runFlow, takeStep, type Flow, type Outcome, type SignInPorts } from './flow';
import type { OAuthResponse } from './ports';
import { libraryServerOf } from './prepare';
import { checkPins } from './refresh';
import { errorOf, libraryOptions } from './tokenEndpoint';
import type { SignedIn } from './tokens';
import { judgeUrl } from './urlPolicy';

/**
 * Tells the issuer that the tokens are of no use any more, the refresh token first. The caller
 * forgets them whatever the outcome is.
 * @returns whether the issuer offers that at all
 * @see RFC 7009
 */
export function revoke(
  signedIn: SignedIn,
  client: OAuthClient,
  ports: SignInPorts,
  signal: AbortSignal,
): Promise<Outcome<'revoked' | 'not-offered'>> {
  return runFlow(ports, signedIn.serverUrl, signal, async (flow) => {
    const { accessToken, refreshToken } = signedIn.tokens;
    const { revocationEndpoint } = signedIn;
    if (revocationEndpoint === undefined) {
      const remark = 'The issuer offers no revocation. The token stays valid until it expires.';
      return takeStep(flow, 'revocation', async () => ({
        value: 'not-offered' as const,
        outcome: 'skipped',
        remark,
      }));
    }
    checkPins(flow, signedIn, client);
    const judged = judgeUrl(revocationEndpoint, flow.isLocal);
    if (judged.kind === 'refused') {
      const failure = { field: 'revocation_endpoint', problem: judged.problem };
      throw new SignInError({ kind: 'url-refused', ...failure }, 'revocation');
    }
    if (refreshToken !== undefined) {
      await revokeOne(flow, signedIn, client, refreshToken, 'refresh_token');
    }
    await revokeOne(flow, signedIn, client, accessToken, 'access_token');
    return 'revoked';
  });
}

async function revokeOne(
  flow: Flow,
  signedIn: SignedIn,
  client: OAuthClient,
  token: string,
  hint: 'refresh_token' | 'access_token',
): Promise<void> {
  const authentication = await authenticationOf(client);
  await takeStep(flow, 'revocation', async (send) => {
    let answer: OAuthResponse | undefined;
    await oauth.revocationRequest(
      libraryServerOf(signedIn),
      { client_id: client.clientId },
      authentication,
      token,
      {
        ...libraryOptions(send, (response) => (answer = response)),
        additionalParameters: { token_type_hint: hint },
      },
    );
    const { status } = answer as unknown as OAuthResponse;
    const error = errorOf(answer as unknown as OAuthResponse);
    // An issuer need not be able to revoke access tokens. @see RFC 7009 §2.2.1
    const isUnable = error.error === 'unsupported_token_type';
    if (status !== 200 && !isUnable) {
      throw new SignInError({ kind: 'token-refused', status, ...error }, 'revocation');
    }
    return {
      value: undefined,
      read: [['token_type_hint', hint]],
      outcome: isUnable ? 'skipped' : 'done',
    };
  });
}
