import type { Dirent, Stats } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { placeOf, places, type Place } from '../core/config/place';
import type { Inputs } from './commandLine';
import { addRulesOf, isIgnored, rulesAbove, type IgnoreRules } from '../node/ignoreRules';
import { describeError } from './describeError';

export interface FoundFile {
  /** As it is reported: relative where the search started with a relative path. */
  readonly path: string;
  readonly place: Place;
  readonly isStdin: boolean;
}

export interface FoundFiles {
  readonly files: readonly FoundFile[];
  /** What could not be looked at, as sentences. */
  readonly problems: readonly string[];
}

const skippedFolders = new Set(['node_modules', '.git']);

/**
 * The configuration files at the paths of `inputs`, each once: a file that is named counts whatever
 * its name, a folder is searched in the order of its names.
 */
export async function findConfigFiles(inputs: Inputs): Promise<FoundFiles> {
  const found: FoundFiles[] = [];
  for (const path of inputs.paths) {
    found.push(path === '-' ? await findStdin(inputs.stdinName) : await findAt(path));
  }
  const byPath = new Map<string, FoundFile>();
  for (const file of found.flatMap(({ files }) => files)) {
    const key = file.isStdin ? '-' : resolve(file.path);
    if (!byPath.has(key)) {
      byPath.set(key, { ...file, place: choosePlace(file.place, inputs.place) });
    }
  }
  const problems = new Set(found.flatMap((part) => part.problems));
  return { files: [...byPath.values()], problems: [...problems] };
}

/** A plugin's manifest is one, also where everything is said to be a plugin's. */
function choosePlace(detected: Place, wanted: Inputs['place']): Place {
  const isManifest = wanted === 'plugin' && detected === places.pluginManifest;
  return wanted === 'auto' || isManifest ? detected : places[wanted];
}

async function findStdin(name = '<stdin>'): Promise<FoundFiles> {
  return oneFile({ path: name, place: await placeOfNamed(name), isStdin: true });
}

async function findAt(path: string): Promise<FoundFiles> {
  let status: Stats;
  try {
    status = await stat(path);
  } catch (error) {
    return problem(`"${path}" cannot be looked at: ${describeError(error)}.`);
  }
  if (!status.isDirectory()) {
    return oneFile({ path, place: await placeOfNamed(path), isStdin: false });
  }
  const isConfig = placeOf(resolve(path), false) !== undefined;
  return isConfig ? problem(notAFile(path)) : search(path, await rulesAbove(resolve(path)));
}

async function search(folder: string, above: IgnoreRules): Promise<FoundFiles> {
  let entries: Dirent[];
  try {
    entries = await readdir(folder, { withFileTypes: true });
  } catch (error) {
    return problem(`the folder "${folder}" cannot be read: ${describeError(error)}.`);
  }
  const names = entries.map(({ name }) => name);
  const isPlugin = names.includes('.claude-plugin');
  const rules = await addRulesOf(resolve(folder), names, above);
  const parts = entries
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(async (entry): Promise<FoundFiles> => {
      const path = join(folder, entry.name);
      const place = placeOf(resolve(path), isPlugin);
      const isFolder = entry.isDirectory();
      if (place === undefined && (!isFolder || skippedFolders.has(entry.name))) {
        return nothing;
      }
      if (isIgnored(rules, resolve(path), isFolder)) {
        return nothing;
      }
      return place === undefined ? search(path, rules) : findConfig(path, place, entry);
    });
  return concat(await Promise.all(parts));
}

/** A link to a file is followed, as Claude Code does; one to nothing configures nothing. */
async function findConfig(path: string, place: Place, entry: Dirent): Promise<FoundFiles> {
  const status = entry.isSymbolicLink() ? await stat(path).catch(() => undefined) : entry;
  if (status === undefined) {
    return nothing;
  }
  return status.isFile() ? oneFile({ path, place, isStdin: false }) : problem(notAFile(path));
}

async function placeOfNamed(path: string): Promise<Place> {
  const absolute = resolve(path);
  const plugin = await stat(join(dirname(absolute), '.claude-plugin')).catch(() => undefined);
  const place = placeOf(absolute, plugin?.isDirectory() ?? false);
  // Of another client, and often taken for one of Claude Code; under any other name it may be given
  // to it by hand.
  const other = basename(absolute) === 'mcp.json' ? places.unread : places.project;
  return place ?? other;
}

function notAFile(path: string): string {
  return `"${path}" is not a regular file, so Claude Code does not read it.`;
}

const nothing: FoundFiles = { files: [], problems: [] };

function oneFile(file: FoundFile): FoundFiles {
  return { files: [file], problems: [] };
}

function problem(sentence: string): FoundFiles {
  return { files: [], problems: [sentence] };
}

function concat(parts: readonly FoundFiles[]): FoundFiles {
  return {
    files: parts.flatMap(({ files }) => files),
    problems: parts.flatMap(({ problems }) => problems),
  };
}
