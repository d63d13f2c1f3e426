import { findExecutable } from '../../src/node/findExecutable';
import { installSystemPackages } from './systemPackages';

const installable = ['zsh', 'fish'];

/** Nothing of the person's own start-up files. */
export const withoutStartFiles: Readonly<Record<string, readonly string[]>> = {
  bash: ['--norc'],
  zsh: ['-f'],
  fish: ['--no-config'],
  pwsh: ['-NoProfile', '-NonInteractive'],
};

/** Brings those of `names` that are not on PATH; a package is called as its shell. */
export async function installShells(names: readonly string[]): Promise<void> {
  const there = await findOnPath(names);
  const missing = names.filter((name) => !there.includes(name));
  if (missing.length > 0) {
    await installSystemPackages(missing.join(' and '), missing);
  }
}

/**
 * The shells of this machine that read POSIX syntax or their own: zsh and fish are installed where
 * that is possible, PowerShell is one where it is there.
 */
export async function findShells(): Promise<readonly string[]> {
  await installShells(installable);
  return findOnPath(['sh', 'bash', 'dash', ...installable, 'pwsh']);
}

async function findOnPath(names: readonly string[]): Promise<readonly string[]> {
  const paths = await Promise.all(names.map((name) => findExecutable(name)));
  return names.filter((_, index) => paths[index] !== undefined);
}
