/**
 * Variables that Claude Code takes out of the environment of a `headersHelper` that a project or a
 * plugin declares: by words of their name, and some as a whole. A user's own helpers keep them.
 */
export const strippedNames = {
  since: '2.1.329',
  source: 'observed in Claude Code 2.1.329',
  /** Between underscores, in either case. */
  words: [
    ...['TOKEN', 'SECRET', 'PASSWORD', 'PASS', 'PWD', 'PASSPHRASE', 'KEY', 'APIKEY', 'AUTH'],
    ...['CREDENTIALS', 'PAT'],
  ],
  names: ['PGPASSWORD', 'ANTHROPIC_CUSTOM_HEADERS', 'TWINE_USERNAME', 'SLACK_WEBHOOK_URL'],
  /** The shell sets it itself. */
  kept: ['PWD'],
} as const;

const words: ReadonlySet<string> = new Set(strippedNames.words);
const names: ReadonlySet<string> = new Set(strippedNames.names);
const kept: ReadonlySet<string> = new Set(strippedNames.kept);

/** Whether a helper of a project or a plugin never sees the variable `name`. */
export function isStrippedName(name: string): boolean {
  return (
    !kept.has(name) &&
    (names.has(name) ||
      name.startsWith('OTEL_') ||
      name
        .toUpperCase()
        .split('_')
        .some((word) => words.has(word)))
  );
}
