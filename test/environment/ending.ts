import { constants } from 'node:os';

type Stop = () => Promise<void> | void;

const stops = new Set<Stop>();
let isEnding = false;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => void end(128 + constants.signals[signal]));
}

/**
 * Has `stop` called when this process is told to end: Ctrl-C, SIGTERM, SIGHUP, or `end`.
 * @returns takes `stop` off the list again
 */
export function atEnd(stop: Stop): () => void {
  stops.add(stop);
  return () => stops.delete(stop);
}

/** The value, but never when this process is ending: who waits for it shall not go on working. */
export function unlessEnding<T>(value: T): T | Promise<never> {
  return isEnding ? new Promise(() => undefined) : value;
}

/** Stops everything that was started, the latest first, then exits. */
export async function end(exitCode: number): Promise<void> {
  if (isEnding) {
    return;
  }
  isEnding = true;
  for (const stop of [...stops].reverse()) {
    await Promise.resolve()
      .then(stop)
      .catch((error: unknown) => console.error(error));
  }
  process.exit(exitCode);
}

/**
 * Ends this process when the one that started it is gone: killed, it cannot tell its children.
 * @param parent the process id of the starter
 */
export function endWithParent(parent = process.ppid): void {
  setInterval(() => {
    if (process.ppid !== parent) {
      void end(1);
    }
  }, 500).unref();
}
