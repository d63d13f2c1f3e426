import ignore, { type Ignore } from 'ignore';
import { realpath, stat } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { readTextFile } from './readTextFile';

/** What one folder says is to be ignored below it. */
interface IgnoreLayer {
  readonly folder: string;
  readonly patterns: Ignore;
}

/** From the outermost folder to the innermost. */
export type IgnoreRules = readonly IgnoreLayer[];

/** Longer than anybody writes by hand. */
const maxPatternBytes = 1024 * 1024;

/** As git compares names: on Linux case counts. */
const ignorecase = process.platform === 'win32' || process.platform === 'darwin';

/** What the folders above `folder` say, up to the top of its repository; nothing outside of one. */
export async function rulesAbove(folder: string): Promise<IgnoreRules> {
  const above: string[] = [];
  let current = folder;
  while (!(await exists(join(current, '.git')))) {
    const parent = dirname(current);
    if (parent === current) {
      return [];
    }
    above.unshift(parent);
    current = parent;
  }
  let rules: IgnoreRules = [];
  for (const parent of above) {
    rules = await addRulesOf(parent, ['.git', '.gitignore'], rules);
  }
  // Whoever names a folder that is ignored wants it looked into all the same.
  return isIgnored(rules, folder, true) ? [] : rules;
}

/** `rules` with those of `folder`. @param names what stands in it */
export async function addRulesOf(
  folder: string,
  names: readonly string[],
  rules: IgnoreRules,
): Promise<IgnoreRules> {
  const isRepository = names.includes('.git');
  // A repository within another, such as a submodule, has only its own rules.
  const layers = isRepository ? [] : [...rules];
  const files = [
    ...(isRepository ? [join('.git', 'info', 'exclude')] : []),
    ...(names.includes('.gitignore') ? ['.gitignore'] : []),
  ];
  for (const file of files) {
    const text = await readPatterns(folder, file);
    if (text !== '') {
      layers.push({ folder, patterns: ignore({ ignorecase }).add(text) });
    }
  }
  return layers;
}

/** Whether `rules` leave out `path`; the innermost that has an opinion decides. */
export function isIgnored(rules: IgnoreRules, path: string, isFolder: boolean): boolean {
  for (const { folder, patterns } of rules.toReversed()) {
    const name = relative(folder, path).split(sep).join('/');
    const { ignored, unignored } = patterns.test(isFolder ? `${name}/` : name);
    if (ignored || unignored) {
      return ignored;
    }
  }
  return false;
}

/**
 * Whether git, by the ignore files between `root` and `path`, leaves `path` alone. Nothing outside
 * of `root` is read, and nothing is started. `undefined` where no repository begins in between.
 * @param path of a file somewhere in `root`
 */
export async function isIgnoredWithin(root: string, path: string): Promise<boolean | undefined> {
  let rules: IgnoreRules = [];
  let ignored: boolean | undefined;
  for (const folder of foldersBetween(root, dirname(path))) {
    if (await exists(join(folder, '.git'))) {
      ignored = false;
      rules = await addRulesOf(folder, ['.git', '.gitignore'], rules);
    } else if (ignored === false) {
      // What is in a folder that is ignored cannot be taken in again.
      ignored = isIgnored(rules, folder, true);
      rules = await addRulesOf(folder, ['.gitignore'], rules);
    }
  }
  return ignored === false ? isIgnored(rules, path, false) : ignored;
}

/** `top`, then each folder on the way down to `bottom`, which is in it. */
function foldersBetween(top: string, bottom: string): readonly string[] {
  const names = relative(top, bottom).split(sep).filter(Boolean);
  return [top, ...names.map((_, index) => join(top, ...names.slice(0, index + 1)))];
}

/** Of an ignore file that is what it seems: git follows no link there, and one may lead anywhere. */
async function readPatterns(folder: string, name: string): Promise<string> {
  const path = join(folder, name);
  try {
    const isPlain = (await realpath(path)) === join(await realpath(folder), name);
    return isPlain ? ((await readTextFile(path, maxPatternBytes)) ?? '') : '';
  } catch {
    return '';
  }
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
