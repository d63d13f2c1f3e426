import { env } from 'vscode';

/** How long a copied credential stays on the clipboard. */
const clipboardMs = 60_000;

/** Puts a credential on the clipboard for one minute, if nothing else is copied meanwhile. */
export async function copyBriefly(text: string): Promise<void> {
  const { clipboard } = env;
  await clipboard.writeText(text);
  setTimeout(() => {
    void clipboard.readText().then((now) => (now === text ? clipboard.writeText('') : undefined));
  }, clipboardMs);
}
