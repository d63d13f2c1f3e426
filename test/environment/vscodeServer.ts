import { createServer } from 'node:net';
import { once } from 'node:events';
import type { InstalledHost } from './hosts';
import { startProcess } from './processes';

export interface ServerOptions {
  readonly userDataDir: string;
  readonly extensionsDir: string;
  /** Default: any free port. */
  readonly port?: number;
  /** Added to the environment of this process; extensions see it. */
  readonly env?: NodeJS.ProcessEnv;
  /**
   * Whether a window may load an extension from its sources. A window that may shows only urgent
   * notifications, so it is for tests in the extension host, not for a person. Default: no.
   */
  readonly isForDevelopment?: boolean;
  /** Default: yes. Otherwise a folder opens in Restricted Mode, as settings have it. */
  readonly isTrusted?: boolean;
}

export interface VscodeServer {
  readonly port: number;
  /** Rejects when the server ends without being told to. */
  readonly failed: Promise<never>;
  /** Ends the server and whatever it started. */
  stop(): Promise<void>;
}

/**
 * Starts the server of a VS Code on 127.0.0.1 and settles when it answers.
 * @throws Error with a sentence for the person at the keyboard
 */
export async function startVscodeServer(
  host: InstalledHost,
  options: ServerOptions,
): Promise<VscodeServer> {
  if (options.port !== undefined) {
    await expectFree(options.port);
  }
  const running = startProcess(host.node, serverArguments(host, options), {
    env: { ...withoutEditorVariables(process.env), EXTENSIONS_GALLERY: '{}', ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const failed = running.exited.then((code) => {
    throw new Error(`VS Code ${host.vscode} ended with code ${code}:\n${output.slice(-2000)}`);
  });
  failed.catch(() => undefined);
  const listening = new Promise<number>((resolve) => {
    const read = (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-20_000);
      const port = /Extension host agent listening on (\d+)/.exec(output)?.[1];
      if (port !== undefined) {
        resolve(Number(port));
      }
    };
    running.child.stdout?.on('data', read);
    running.child.stderr?.on('data', read);
  });
  try {
    const port = await Promise.race([listening, failed, deadline(host, 60)]);
    return { port, failed, stop: running.stop };
  } catch (error) {
    await running.stop();
    throw error;
  }
}

export interface WindowOptions {
  /** A folder or a `.code-workspace` file. Default: an empty window. */
  readonly workspace?: string | undefined;
  /** The folder of an extension to load from its sources. */
  readonly extensionDevelopmentPath?: string | undefined;
  /** A module whose `run` is called in the extension host. */
  readonly extensionTestsPath?: string | undefined;
}

/** The address of a window, for a browser. */
export function windowAddress({ port }: VscodeServer, options: WindowOptions): string {
  const address = new URL(`http://127.0.0.1:${port}/`);
  const { workspace } = options;
  if (workspace === undefined) {
    address.searchParams.set('ew', 'true');
  } else {
    address.searchParams.set(
      workspace.endsWith('.code-workspace') ? 'workspace' : 'folder',
      workspace,
    );
  }
  const payload = (['extensionDevelopmentPath', 'extensionTestsPath'] as const).flatMap((name) => {
    const path = options[name];
    return path === undefined ? [] : [[name, `vscode-remote://${address.host}${encodeURI(path)}`]];
  });
  if (payload.length > 0) {
    address.searchParams.set('payload', JSON.stringify(payload));
  }
  return address.href;
}

function serverArguments(host: InstalledHost, options: ServerOptions): readonly string[] {
  return [
    '--import',
    new URL('endWithParent.mjs', import.meta.url).href,
    host.serverMain,
    '--host=127.0.0.1',
    `--port=${options.port ?? 0}`,
    '--without-connection-token',
    '--accept-server-license-terms',
    '--telemetry-level=off',
    // A released build loads an extension from its sources only with this switch.
    ...(options.isForDevelopment === true ? ['--enable-smoke-test-driver'] : []),
    `--user-data-dir=${options.userDataDir}`,
    `--extensions-dir=${options.extensionsDir}`,
    ...(options.isTrusted === false ? [] : ['--disable-workspace-trust']),
  ];
}

/** The terminal of a VS Code tells its programs where that VS Code is; this is another one. */
function withoutEditorVariables(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !/^(VSCODE_(?!HOST)|ELECTRON_)/.test(name)),
  );
}

async function expectFree(port: number): Promise<void> {
  const probe = createServer();
  try {
    const listening = once(probe, 'listening');
    probe.listen(port, '127.0.0.1');
    await listening;
  } catch {
    throw new Error(`Port ${port} is not free. Name another with --port, or leave it out.`);
  } finally {
    probe.close();
  }
}

function deadline(host: InstalledHost, seconds: number): Promise<never> {
  return new Promise((_, reject) => {
    const error = new Error(`VS Code ${host.vscode} did not answer within ${seconds} seconds.`);
    setTimeout(() => reject(error), seconds * 1000).unref();
  });
}
