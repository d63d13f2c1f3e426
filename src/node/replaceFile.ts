import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { PrivateFiles, Replacement } from '../core/variables/privateFiles';

type Files = Pick<PrivateFiles, 'read' | 'write'>;

/**
 * Replaces the text of the file at `path`. Beside the all-or-nothing of a write it survives a disk
 * that lies: what was written is read back, and where that differs the old text is put back.
 * @param files where `path` is; a test brings one that fails
 */
export async function replaceFile(files: Files, path: string, text: string): Promise<Replacement> {
  const backup = `${path}.${randomUUID()}.backup`;
  let old: string | undefined;
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    old = await files.read(path);
    if (old !== undefined) {
      await files.write(backup, old);
    }
  } catch (error) {
    return { kind: 'unchanged', error };
  }
  try {
    await files.write(path, text);
    if ((await files.read(path)) !== text) {
      throw new Error('What was read back is not what was written.');
    }
  } catch (error) {
    if (!(await restore(files, path, old))) {
      return { kind: 'backup', path: backup, error };
    }
    await rm(backup, { force: true });
    return { kind: 'unchanged', error };
  }
  // The file is written: a copy that cannot be removed is no reason to say otherwise.
  await rm(backup, { force: true }).catch(() => undefined);
  return { kind: 'replaced' };
}

async function restore(files: Files, path: string, old: string | undefined): Promise<boolean> {
  try {
    const now = await files.read(path);
    if (now === old) {
      return true;
    }
    if (old === undefined) {
      await rm(path, { force: true });
    } else {
      await files.write(path, old);
    }
    return (await files.read(path)) === old;
  } catch {
    return false;
  }
}
