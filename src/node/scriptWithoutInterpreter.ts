import { accessSync, closeSync, constants, openSync, readSync, statSync } from 'node:fs';
import { delimiter, resolve } from 'node:path';

/**
 * Whether `command` is a script whose first line names no interpreter. Node has the system try a
 * shell for such a file; Claude Code does not, and cannot start it.
 */
export function isScriptWithoutInterpreter(
  command: string,
  folder: string,
  path = process.env.PATH ?? '',
): boolean {
  if (process.platform === 'win32') {
    return false;
  }
  const folders = command.includes('/') ? [''] : path.split(delimiter);
  const file = folders.map((place) => resolve(folder, place, command)).find(isExecutableFile);
  return file !== undefined && isText(readStart(file));
}

function isExecutableFile(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

function readStart(file: string): Buffer {
  const start = Buffer.alloc(4);
  try {
    const descriptor = openSync(file, 'r');
    try {
      return start.subarray(0, readSync(descriptor, start, 0, start.length, 0));
    } finally {
      closeSync(descriptor);
    }
  } catch {
    // A program may be executable and not readable; nothing is known of it then.
    return start;
  }
}

/** A program of the system begins with bytes that no text has. */
function isText(start: Buffer): boolean {
  return (
    !start.toString('latin1').startsWith('#!') && start.every((byte) => byte >= 9 && byte < 127)
  );
}
