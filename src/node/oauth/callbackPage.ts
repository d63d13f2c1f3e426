import type { ServerResponse } from 'node:http';

/** What the browser shows, in the language of the editor. Plain text, without anything of a server. */
export interface CallbackPage {
  readonly title: string;
  readonly text: string;
}

export interface CallbackTexts {
  /** As in the attribute `lang`: `de`, `pt-br`. */
  readonly language: string;
  /** The answer to our sign-in came; the editor goes on with it. */
  readonly received: CallbackPage;
  /** The answer to our sign-in says that it failed. */
  readonly failed: CallbackPage;
  /** Whatever does not belong to the sign-in that is waited for. */
  readonly refused: CallbackPage;
}

/** The address with the code must not leave this page, and no page may hold it in a frame. */
const pageHeaders: Readonly<Record<string, string>> = {
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Security-Policy':
    "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
  'X-Frame-Options': 'DENY',
  'X-Content-Type-Options': 'nosniff',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-store',
  Connection: 'close',
};

export function sendCallbackPage(
  response: ServerResponse,
  status: number,
  page: CallbackPage,
  language: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  const body = Buffer.from(renderPage(page, language));
  response.writeHead(status, { ...pageHeaders, ...headers, 'Content-Length': body.length });
  response.end(body);
}

function renderPage({ title, text }: CallbackPage, language: string): string {
  return `<!DOCTYPE html>
<html lang="${escapeHtml(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)}</title>
</head>
<body>
<h1>${escapeHtml(title)}</h1>
<p>${escapeHtml(text)}</p>
</body>
</html>
`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
