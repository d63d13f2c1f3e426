import { constants } from 'node:fs';
import { open } from 'node:fs/promises';

/**
 * The first `maxBytes` of a text file. `undefined` for one that this user may not read: it is there
 * all the same.
 */
export async function readTextFile(path: string, maxBytes: number): Promise<string | undefined> {
  try {
    // What stands there now may be another kind of file than a moment ago: it must not block.
    const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const buffer = Buffer.alloc(Math.min(maxBytes, (await file.stat()).size));
      const { bytesRead } = await file.read(buffer, 0, buffer.length, 0);
      return new TextDecoder().decode(buffer.subarray(0, bytesRead));
    } finally {
      await file.close();
    }
  } catch {
    return undefined;
  }
}
