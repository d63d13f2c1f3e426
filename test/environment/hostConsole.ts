import { format } from 'node:util';

/**
 * The console of an extension host and the log of its window arrive at vscodeHost.mjs as one stream,
 * and the log is long. Tests mark what they say; where a log file takes the rest, only that is shown.
 */
const mark = '\u2063';
const methods = ['log', 'info', 'warn', 'error'] as const;

/** Marks what is said through `console` in this process from now on. */
export function markConsole(): void {
  const original = console;
  const say = (method: (typeof methods)[number]) => {
    return [method, (...args: unknown[]) => original[method](mark + format(...args))] as const;
  };
  // The host lets nobody assign to a method of its own console.
  globalThis.console = Object.assign(
    Object.create(null),
    original,
    Object.fromEntries(methods.map(say)),
  );
}

/** The text without its mark, or `undefined` if it has none. */
export function readMarked(text: string): string | undefined {
  return text.startsWith(mark) ? text.slice(mark.length) : undefined;
}
