/**
 * Plays the browser in a sign-in: follows the authorization request with its cookies, decides on
 * the consent page if one is shown, and stops at the redirect that leaves the authorization
 * server.
 * @returns the redirect URI with `code`, `state` and `iss`, or with `error`; it is not opened
 */
export async function walkAuthorization(
  authorizationUrl: URL,
  decision: 'allow' | 'deny' = 'allow',
): Promise<URL> {
  const cookies = new Map<string, string>();
  let url = authorizationUrl;
  let method = 'GET';
  // Request, consent page, decision, resumed request: a longer walk goes in circles.
  for (let step = 0; step < 6; step += 1) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, { method, redirect: 'manual', headers: { cookie } });
    for (const header of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(header) ?? [];
      cookies.set(name, value);
    }
    const location = response.headers.get('location');
    const page = await response.text();
    const form = new RegExp(`formaction="([^"]+/${decision})"`).exec(page)?.[1];
    const next = location ?? form;
    if (next === undefined) throw new Error(`${url.pathname} answered ${response.status}`);
    method = location === null ? 'POST' : 'GET';
    url = new URL(next, url);
    if (url.origin !== authorizationUrl.origin) return url;
  }
  throw new Error('The authorization server keeps redirecting to itself');
}
