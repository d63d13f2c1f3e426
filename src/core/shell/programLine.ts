/** How a shell is told to start a program whose path has any characters. */
type Quote = (path: string) => string | undefined;

const inSingleQuotes: Quote = (path) => `'${path.replaceAll("'", "'\\''")}'`;

/** By the name of the shell's program, without `.exe`. */
const quotes: Readonly<Record<string, Quote>> = {
  sh: inSingleQuotes,
  bash: inSingleQuotes,
  dash: inSingleQuotes,
  ash: inSingleQuotes,
  ksh: inSingleQuotes,
  zsh: inSingleQuotes,
  fish: (path) => `'${path.replace(/[\\']/g, '\\$&')}'`,
  // PowerShell takes typographic quotes for quotes.
  powershell: (path) => `& '${path.replace(/['‘’‚‛]/g, '$&$&')}'`,
  pwsh: (path) => `& '${path.replace(/['‘’‚‛]/g, '$&$&')}'`,
  // At its prompt cmd.exe replaces %NAME% inside quotes too, and has no way to write a percent sign.
  cmd: (path) => (/["%]/.test(path) ? undefined : `"${path}"`),
};

/**
 * The line that starts the program at `path` when it is typed into `shell`, a path or a name.
 * `undefined` where that shell is not known or cannot name such a path.
 */
export function programLine(path: string, shell: string): string | undefined {
  const name = (shell.split(/[\\/]/).at(-1) ?? '').toLowerCase().replace(/\.exe$/, '');
  if (/[\u0000-\u001f\u007f]/.test(path)) {
    return undefined;
  }
  // No shell gives any of these a meaning.
  if (/^[A-Za-z0-9_/][A-Za-z0-9_./-]*$/.test(path)) {
    return path;
  }
  return Object.hasOwn(quotes, name) ? quotes[name]?.(path) : undefined;
}
