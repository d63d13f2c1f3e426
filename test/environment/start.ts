import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { createDemoWorkspace } from '../demo/createDemoWorkspace';
import { startDemoServers } from '../demo/servers/startDemoServers';
import { atEnd, end, endWithParent } from './ending';
import { installHost, newestHost } from './hosts';
import { installExtension } from './installExtension';
import { root, vsix } from './paths';
import { runProcess, startProcess } from './processes';
import { writeUserSettings } from './settings';
import { createTemporaryFolder } from './temporaryFolder';
import { startVscodeServer, windowAddress } from './vscodeServer';

/** Where and as what the editor opens. */
interface Profile {
  readonly workspace: string;
  readonly userDataDir: string;
  readonly extensionsDir: string;
  readonly env: NodeJS.ProcessEnv;
}

async function main(args: string[]): Promise<void> {
  endWithParent();
  const { values } = parseArgs({
    args,
    options: {
      desktop: { type: 'boolean', default: false },
      port: { type: 'string' },
      'no-open': { type: 'boolean', default: false },
    },
  });
  const port = values.port === undefined ? undefined : readPort(values.port);
  await packageExtension();
  const profile = await createProfile();
  await (values.desktop ? openDesktop(profile) : openInBrowser(profile, port, !values['no-open']));
}

function readPort(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new Error(`--port ${text} is not a port. Give a number from 1 to 65535.`);
  }
  return port;
}

/** The package, as a person installs it. */
async function packageExtension(): Promise<void> {
  console.log('Packaging the extension …');
  const { code, output } = await runProcess(
    'npm',
    ['run', '--silent', 'package', '--', `--out=${vsix}`],
    { cwd: root, shell: process.platform === 'win32' },
  );
  if (code !== 0) {
    throw new Error(`The extension could not be packaged:\n${output}`);
  }
}

/** A throw-away profile, and in it a copy of the demo workspace whose servers are running. */
async function createProfile(): Promise<Profile> {
  const demo = await startDemoServers();
  atEnd(demo.stop);
  const folder = createTemporaryFolder();
  const workspace = join(folder, 'corner-shop');
  await mkdir(workspace);
  await createDemoWorkspace(workspace, demo);
  const userDataDir = join(folder, 'user-data');
  await writeUserSettings(userDataDir, {});
  return { workspace, userDataDir, extensionsDir: join(folder, 'extensions'), env: demo.env };
}

async function openInBrowser(
  profile: Profile,
  port: number | undefined,
  isShown: boolean,
): Promise<void> {
  const host = await installHost(newestHost);
  const server = await startVscodeServer(host, {
    ...profile,
    extensionsDir: await installExtension(host, dirname(profile.userDataDir)),
    ...(port !== undefined && { port }),
  });
  const address = windowAddress(server, profile);
  console.log(`\nVS Code ${host.vscode} with the extension is at\n\n  ${address}\n\n${whatNext}`);
  if (isShown) {
    showInBrowser(address);
  }
  await server.failed;
}

const whatNext = `The plug in the activity bar shows the servers of a demo workspace; open its .mcp.json for the
problems, test a server with the button in its row. What you change there is thrown away.
Ctrl-C ends the editor and the demo servers.
`;

function showInBrowser(address: string): void {
  const hasScreen = Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']);
  const openers: Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>> = {
    darwin: ['open', address],
    // `start` is cmd's own, and & parts commands there.
    win32: ['rundll32', 'url.dll,FileProtocolHandler', address],
    ...(hasScreen && { linux: ['xdg-open', address] }),
  };
  const [command, ...args] = openers[process.platform] ?? [];
  if (command !== undefined) {
    const opener = spawn(command, args, { stdio: 'ignore', detached: true });
    opener.on('error', () => console.log(`${command} did not open it; copy the address instead.`));
    opener.unref();
  }
}

async function openDesktop(profile: Profile): Promise<void> {
  const code = desktopPaths().find((path) => existsSync(path));
  if (code === undefined) {
    throw new Error(
      'No desktop VS Code was found. Put its `code` command on the PATH, or leave out --desktop.',
    );
  }
  console.log(`\nOpening ${code}.\n\n${whatNext}`);
  const running = startProcess(
    code,
    [
      '--wait',
      '--new-window',
      '--disable-workspace-trust',
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      `--extensionDevelopmentPath=${root}`,
      `--user-data-dir=${profile.userDataDir}`,
      `--extensions-dir=${profile.extensionsDir}`,
      profile.workspace,
    ],
    {
      env: { ...process.env, ...profile.env },
      stdio: 'inherit',
      shell: process.platform === 'win32',
    },
  );
  await end(await running.exited);
}

function desktopPaths(): readonly string[] {
  const names = process.platform === 'win32' ? ['code.cmd'] : ['code', 'codium'];
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return [
    ...folders.flatMap((folder) => names.map((name) => join(folder, name))),
    '/Applications/Visual Studio Code.app/Contents/Resources/app/bin/code',
    join(process.env['LOCALAPPDATA'] ?? '', 'Programs/Microsoft VS Code/bin/code.cmd'),
    '/usr/share/code/bin/code',
  ];
}

main(process.argv.slice(2)).catch(async (error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  await end(1);
});
