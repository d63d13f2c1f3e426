import { runProcess } from './processes';
import { installSystemPackages } from './systemPackages';

const everywhere = ['sh', 'bash'];
const installable = ['zsh', 'fish'];

/**
 * The shells of this machine that read POSIX syntax or their own: zsh and fish are installed where
 * that is possible, PowerShell is one where it is there.
 */
export async function findShells(): Promise<readonly string[]> {
  const isThere = async (shell: string) => (await runProcess(shell, ['-c', 'exit 0'])).code === 0;
  const missing: string[] = [];
  for (const shell of installable) {
    if (!(await isThere(shell))) {
      missing.push(shell);
    }
  }
  if (missing.length > 0) {
    await installSystemPackages(missing.join(' and '), missing);
  }
  const found: string[] = [];
  for (const shell of [...everywhere, 'dash', ...installable, 'pwsh']) {
    if (await isThere(shell)) {
      found.push(shell);
    }
  }
  return found;
}
