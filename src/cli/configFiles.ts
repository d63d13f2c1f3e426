import { readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { placeOf, places, type Place } from '../core/config/place';

export interface FoundFile {
  readonly path: string;
  readonly place: Place;
}

const skippedFolders = new Set(['node_modules', '.git']);

/**
 * The configuration files at `paths`: a file that is named counts whatever its name, a folder is
 * searched.
 * @throws Error whose message names a path that is not there
 */
export async function findConfigFiles(paths: readonly string[]): Promise<readonly FoundFile[]> {
  const found: FoundFile[] = [];
  for (const path of paths) {
    const status = await stat(path).catch(() => {
      throw new Error(`there is no file or folder "${path}".`);
    });
    if (status.isDirectory()) {
      for await (const file of search(path)) {
        found.push(file);
      }
    } else {
      found.push({
        path,
        place: placeOf(path, await isPluginRoot(dirname(path))) ?? places.project,
      });
    }
  }
  return found;
}

/** @throws Error whose message says which file could not be read */
export async function readConfigFile(path: string): Promise<string> {
  try {
    return new TextDecoder().decode(await readFile(path));
  } catch {
    throw new Error(`"${path}" could not be read.`);
  }
}

async function* search(folder: string): AsyncIterable<FoundFile> {
  const entries = await readdir(folder, { withFileTypes: true });
  const isPlugin = entries.some(({ name }) => name === '.claude-plugin');
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && !skippedFolders.has(entry.name)) {
      yield* search(path);
    } else if (entry.isFile()) {
      const place = placeOf(path, isPlugin);
      if (place !== undefined) {
        yield { path, place };
      }
    }
  }
}

async function isPluginRoot(folder: string): Promise<boolean> {
  return stat(join(folder, '.claude-plugin')).then(
    (status) => status.isDirectory(),
    () => false,
  );
}
