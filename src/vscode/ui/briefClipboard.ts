import { env } from 'vscode';

/** How long a copied credential stays on the clipboard. */
const clipboardMs = 60_000;

/** What was copied and is to be taken back: the last text only, no longer than it is there. */
let copied: { readonly text: string; readonly timer: NodeJS.Timeout } | undefined;

/** Puts a credential on the clipboard for one minute, if nothing else is copied meanwhile. */
export async function copyBriefly(text: string): Promise<void> {
  clearTimeout(copied?.timer);
  copied = { text, timer: setTimeout(() => void emptyClipboard(), clipboardMs) };
  await env.clipboard.writeText(text);
}

/** Takes the credential from the clipboard now, unless something else is there by now. */
export async function emptyClipboard(): Promise<void> {
  const text = copied?.text;
  clearTimeout(copied?.timer);
  copied = undefined;
  if (text !== undefined && (await env.clipboard.readText()) === text) {
    await env.clipboard.writeText('');
  }
}
