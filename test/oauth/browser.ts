const maxRedirects = 20;

/**
 * What a browser does whose user agrees at once: follows redirects, keeps cookies, and ends at the
 * address that the sign-in waits at.
 * @throws Error where the redirects end somewhere else
 */
export async function browse(url: string, redirectUri: string, signal: AbortSignal): Promise<void> {
  const cookies = new Map<string, string>();
  let place = new URL(url);
  for (let followed = 0; followed < maxRedirects; followed += 1) {
    const isBack = place.href.startsWith(redirectUri);
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(place, {
      redirect: 'manual',
      signal,
      headers: isBack || cookie === '' ? {} : { cookie },
    });
    await answer.arrayBuffer();
    if (isBack) {
      return;
    }
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=;]+)=([^;]*)/.exec(line) ?? [];
      cookies.set(name, value);
    }
    const location = answer.headers.get('location');
    if (location === null) {
      throw new Error(`The browser stands at ${place.origin}${place.pathname}: ${answer.status}.`);
    }
    place = new URL(location, place);
  }
  throw new Error(`The browser was redirected ${maxRedirects} times.`);
}
