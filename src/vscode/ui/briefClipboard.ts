import { env, window } from 'vscode';

/** How long a copied credential stays on the clipboard. */
const clipboardMs = 60_000;

/** What was copied and is to be taken back: the last text only, no longer than it is there. */
let copied: { readonly text: string; readonly timer: NodeJS.Timeout } | undefined;

/**
 * Puts a credential on the clipboard for one minute, if nothing else is copied meanwhile. Asks first
 * while another one is there.
 * @returns whether the text is there now
 */
export async function copyBriefly(text: string): Promise<boolean> {
  if (!(await mayReplace(text))) {
    return false;
  }
  clearTimeout(copied?.timer);
  copied = { text, timer: setTimeout(() => void emptyClipboard(), clipboardMs) };
  await env.clipboard.writeText(text);
  return true;
}

/**
 * Puts text on the clipboard, and asks first while a credential is there: it may be the only copy.
 * @returns whether the text is there now
 */
export async function copyUnlessHeld(text: string): Promise<boolean> {
  if (!(await mayReplace(text))) {
    return false;
  }
  await env.clipboard.writeText(text);
  return true;
}

/** Asks where a credential that was copied is still on the clipboard, and `text` is another one. */
async function mayReplace(text: string): Promise<boolean> {
  if (copied === undefined || copied.text === text) {
    return true;
  }
  if ((await env.clipboard.readText()) !== copied.text) {
    return true;
  }
  const replace = 'Replace It';
  const choice = await window.showWarningMessage(
    'The clipboard still has a credential that was copied a moment ago.',
    { modal: true, detail: 'If it is kept nowhere else, paste it where it is needed first.' },
    replace,
  );
  return choice === replace;
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
