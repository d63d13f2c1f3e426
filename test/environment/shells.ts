import { findExecutable } from '../../src/node/findExecutable';
import { installSystemPackages } from './systemPackages';

/** Brings those of `names` that are not on PATH; a package is called as its shell. */
export async function installShells(names: readonly string[]): Promise<void> {
  const paths = await Promise.all(names.map((name) => findExecutable(name)));
  const missing = names.filter((_, index) => paths[index] === undefined);
  if (missing.length > 0) {
    await installSystemPackages(missing.join(' and '), missing);
  }
}
