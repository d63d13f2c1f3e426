import { runProcess } from './processes';

/** How a system's own package manager is asked, in the order in which they are tried. */
const managers: readonly { readonly command: string; readonly prepare?: readonly string[] }[] = [
  { command: 'apt-get', prepare: ['update'] },
  { command: 'dnf' },
  { command: 'zypper' },
];

/**
 * Installs packages with the system's package manager, as root or with `sudo` where that asks for
 * no password. Failures are silent: the caller looks whether the thing is there now.
 * @param what the thing, in words, for the message that announces the installation
 */
export async function installSystemPackages(
  what: string,
  packages: readonly string[],
): Promise<void> {
  const become = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  for (const { command, prepare } of managers) {
    if ((await runProcess(command, ['--version'])).code !== 0) {
      continue;
    }
    console.log(`Installing ${what} with ${command} (about a minute) …`);
    const run = (args: readonly string[]) => {
      const [program = command, ...rest] = [...become, command, ...args];
      const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
      return runProcess(program, rest, { env, seconds: 600 });
    };
    const install = ['install', '-y', ...packages];
    if ((await run(install)).code !== 0 && prepare) {
      await run(prepare);
      await run(install);
    }
    return;
  }
}
