import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { runProcess, startProcess } from './processes';
import { installSystemPackages } from './systemPackages';

/** A keychain of a desktop that is not there, with an environment that leads to it. */
export interface Keyring {
  readonly env: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

const programs = ['dbus-daemon', 'gnome-keyring-daemon', 'secret-tool'];
const packages = ['dbus', 'gnome-keyring', 'libsecret-tools'];

/**
 * Starts an empty keyring, unlocked with a password of its own, that keeps everything in `folder`.
 * @throws Error with a sentence for the person at the keyboard
 */
export async function startKeyring(folder: string): Promise<Keyring> {
  if (!(await areThere())) {
    await installSystemPackages('a keyring', packages);
  }
  if (!(await areThere())) {
    throw new Error(`Tests of the keychain need ${packages.join(', ')}. Install them, run again.`);
  }
  const runtime = join(folder, 'runtime');
  mkdirSync(runtime, { mode: 0o700 });
  const own = { HOME: folder, XDG_RUNTIME_DIR: runtime, XDG_DATA_HOME: join(folder, 'data') };
  const bus = startProcess('dbus-daemon', ['--session', '--nofork', '--print-address'], {
    env: { ...process.env, ...own },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [address] = (await once(bus.child.stdout!, 'data')) as [Buffer];
  const env = { ...own, DBUS_SESSION_BUS_ADDRESS: address.toString().trim() };
  // It answers when the daemon that it leaves behind listens; that one ends with the bus.
  const unlocking = startProcess('gnome-keyring-daemon', ['--unlock', '--components=secrets'], {
    env: { ...process.env, ...env },
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  unlocking.child.stdin?.end('a password');
  await unlocking.exited;
  return { env, stop: () => bus.stop() };
}

async function areThere(): Promise<boolean> {
  for (const program of programs) {
    const { code } = await runProcess('sh', ['-c', `command -v ${program}`]);
    if (code !== 0) {
      return false;
    }
  }
  return true;
}
