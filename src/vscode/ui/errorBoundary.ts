import * as vscode from 'vscode';
import { notify } from './notifications';

/** An outcome to tell in one sentence, with what to do next; not a defect. */
export class UserFacingError extends Error {
  override readonly name = 'UserFacingError';
}

/**
 * Runs a command so that nothing escapes it: a cancelled one is silent, an expected failure is its
 * sentence, anything else a short message with the stack in the log.
 */
export async function runSafely(
  title: string,
  log: vscode.LogOutputChannel,
  run: () => unknown,
): Promise<unknown> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof vscode.CancellationError) {
      return undefined;
    }
    if (error instanceof UserFacingError) {
      void notify.error(error.message);
      return undefined;
    }
    log.error(error instanceof Error ? error : String(error));
    const answer = vscode.window.showErrorMessage(
      `${title} did not finish because of an error in MCP Auth Setup.`,
      'Show Log',
    );
    void answer.then((choice) => choice && log.show());
    return undefined;
  }
}
