import ignore, { type Ignore } from 'ignore';
import { readFile, stat } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';

/** What one folder says is to be ignored below it. */
interface IgnoreLayer {
  readonly folder: string;
  readonly patterns: Ignore;
}

/** From the outermost folder to the innermost. */
export type IgnoreRules = readonly IgnoreLayer[];

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
    ...(isRepository ? [join(folder, '.git', 'info', 'exclude')] : []),
    ...(names.includes('.gitignore') ? [join(folder, '.gitignore')] : []),
  ];
  for (const file of files) {
    const text = await readFile(file, 'utf8').catch(() => '');
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

function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
