import type { Disposable } from '../base/event';

export interface Coalesced extends Disposable {
  /** Asks for a run; those asked for until it comes are the same one. */
  request(): void;
}

/**
 * `run` once for any number of requests that come close together.
 *
 * @param schedule runs later, once, what it is given, unless what it gives back is called before
 */
export function coalesce(run: () => void, schedule: (run: () => void) => () => void): Coalesced {
  let cancel: (() => void) | undefined;
  return {
    request() {
      cancel ??= schedule(() => {
        cancel = undefined;
        run();
      });
    },
    dispose() {
      cancel?.();
      cancel = undefined;
    },
  };
}
