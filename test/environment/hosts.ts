import { existsSync } from 'node:fs';
import { chmod, copyFile, mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { exclusively } from './exclusively';
import { installNode } from './nodeRuntime';
import { npmInstall, npmRebuild } from './npm';
import { downloads } from './paths';
import { runProcess } from './processes';
import { installSystemPackages } from './systemPackages';

/** A version of VS Code, and where on npm its server, workbench and extension host are. */
export interface Host {
  readonly vscode: string;
  readonly packages: readonly string[];
  /** The major version of Node that it runs on. */
  readonly node: number;
  readonly size: string;
}

export interface InstalledHost {
  readonly vscode: string;
  /** The Node executable that runs it. */
  readonly node: string;
  /** The script that starts the server. */
  readonly serverMain: string;
}

/** The one that UI tests and `npm start` use. */
export const newestHost: Host = {
  vscode: '1.139.1',
  packages: ['code-server@4.139.1'],
  node: 24,
  size: '600 MB, about a minute',
};

/** The lowest version that `engines.vscode` admits, then the newest. */
export const hosts: readonly Host[] = [
  {
    vscode: '1.100.3',
    packages: ['code-server@4.100.3', '@vscode/ripgrep-universal@1.18.0'],
    node: 20,
    size: '400 MB, about a minute',
  },
  newestHost,
];

export function findHost(vscode: string): Host {
  const host = hosts.find((candidate) => candidate.vscode === vscode);
  if (!host) {
    const known = hosts.map((candidate) => candidate.vscode).join(', ');
    throw new Error(`There is no host for VS Code ${vscode}. Choose one of ${known}.`);
  }
  return host;
}

/**
 * The host, downloaded if it is not there yet.
 * @throws Error with a sentence for the person at the keyboard
 */
export async function installHost(host: Host): Promise<InstalledHost> {
  const node = await installNode(host.node);
  const folder = join(downloads, 'hosts', host.vscode);
  await exclusively(folder, async () => {
    if (!existsSync(folder)) {
      console.log(`Installing VS Code ${host.vscode} into .vscode-test (${host.size}) …`);
      await install(host, folder, node);
    }
  });
  return { vscode: host.vscode, node, serverMain: join(folder, server, 'out/server-main.js') };
}

const server = 'node_modules/code-server/lib/vscode';

/** Installs beside `folder` and renames at the end: an interrupted install is never taken for one. */
async function install(host: Host, folder: string, node: string): Promise<void> {
  const unfinished = `${folder}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  const vscode = join(unfinished, server);
  await npmInstall(unfinished, host.packages, `VS Code ${host.vscode}`);
  await npmInstall(vscode, [], `VS Code ${host.vscode}`);
  await buildNativeParts(host, vscode, node);
  await provideRipgrep(unfinished);
  await rename(unfinished, folder);
}

/** Parts with native code: log files, file watching, terminals. Some come compiled, some do not. */
const nativeParts = ['@vscode/spdlog', '@parcel/watcher', 'node-pty'];

async function buildNativeParts(host: Host, vscode: string, node: string): Promise<void> {
  const missing = async () => {
    const loaded = await Promise.all(nativeParts.map((part) => loads(part, vscode, node)));
    return nativeParts.filter((_, index) => loaded[index] === false);
  };
  const steps = [
    async () => npmRebuild(vscode, await missing()),
    () => installSystemPackages('a C++ compiler', ['g++', 'make', 'python3']),
    async () => npmRebuild(vscode, await missing()),
  ];
  for (const step of steps) {
    if ((await missing()).length === 0) {
      return;
    }
    await step();
  }
  const left = await missing();
  if (left.length > 0) {
    console.warn(
      `VS Code ${host.vscode} will run without ${left.join(', ')} (log files, terminals), which could ` +
        'not be compiled. To have them, install g++, make and python3, delete ' +
        `.vscode-test/hosts/${host.vscode} and run the command again.`,
    );
  }
}

async function loads(part: string, vscode: string, node: string): Promise<boolean> {
  const code = `require(${JSON.stringify(part)})`;
  const args = ['--input-type=commonjs', '--eval', code];
  return (await runProcess(node, args, { cwd: vscode, seconds: 30 })).code === 0;
}

/** Older servers download ripgrep in an install script; the package with all binaries spares that. */
async function provideRipgrep(folder: string): Promise<void> {
  const target = join(folder, server, 'node_modules/@vscode/ripgrep/bin/rg');
  if (!existsSync(dirname(dirname(target)))) {
    return;
  }
  const binaries = join(folder, 'node_modules/@vscode/ripgrep-universal/bin');
  await mkdir(dirname(target), { recursive: true });
  await copyFile(join(binaries, `${process.platform}-${process.arch}`, 'rg'), target);
  await chmod(target, 0o755);
}
