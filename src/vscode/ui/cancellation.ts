import type { CancellationToken } from 'vscode';

/** The token as an `AbortSignal`; `dispose` once the work is done. */
export function toAbortSignal(token: CancellationToken): {
  readonly signal: AbortSignal;
  dispose(): void;
} {
  const controller = new AbortController();
  const subscription = token.onCancellationRequested(() => controller.abort());
  if (token.isCancellationRequested) {
    controller.abort();
  }
  return { signal: controller.signal, dispose: () => subscription.dispose() };
}
