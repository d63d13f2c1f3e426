import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository. */
export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');

/** What tests and `npm start` download, cached by version; ignored by git. */
export const downloads = join(root, '.vscode-test');

/** What builds and test runs leave behind; ignored by git. */
export const out = join(root, 'out');

/** The package as a user installs it, made by `npm run package`. */
export const vsix = join(out, 'mcp-auth-setup.vsix');
