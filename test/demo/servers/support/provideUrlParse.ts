/**
 * Gives Node 20 the `URL.parse` of later versions, the one thing that oidc-provider misses there.
 * @see https://url.spec.whatwg.org/#dom-url-parse
 */
export function provideUrlParse(): void {
  const parse = (input: string | URL, base?: string | URL): URL | null =>
    URL.canParse(String(input), base?.toString()) ? new URL(input, base) : null;
  if (!('parse' in URL)) Object.assign(URL, { parse });
}
