/**
 * Plays the person with the second device: opens the address, confirms the code that is in it, and
 * decides on the consent page if one is shown.
 * @returns the title of the last page
 * @see RFC 8628 section 3.3.1
 */
export async function walkDevice(verificationUriComplete: string): Promise<string> {
  const cookies = new Map<string, string>();
  let url = new URL(verificationUriComplete);
  let init: RequestInit = {};
  // Address, code, confirmation, consent, end: a longer walk goes in circles.
  for (let step = 0; step < 10; step += 1) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, { ...init, redirect: 'manual', headers: { cookie } });
    for (const header of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(header) ?? [];
      cookies.set(name, value);
    }
    const location = response.headers.get('location');
    const page = await response.text();
    if (location !== null) {
      url = new URL(location, url);
      init = {};
      continue;
    }
    const decision = /formaction="([^"]+\/allow)"/.exec(page)?.[1];
    const action = decision ?? /<form[^>]* action="([^"]+)"/.exec(page)?.[1];
    if (action === undefined) return /<h1>([^<]*)/.exec(page)?.[1] ?? String(response.status);
    url = new URL(action, url);
    init = { method: 'POST', body: decision === undefined ? hiddenFields(page) : null };
  }
  throw new Error('The authorization server keeps redirecting to itself');
}

function hiddenFields(page: string): URLSearchParams {
  const fields = new URLSearchParams();
  for (const [, name = '', value = ''] of page.matchAll(/name="(\w+)"\s+value="([^"]*)"/g)) {
    if (name !== 'abort') fields.set(name, value);
  }
  return fields;
}
