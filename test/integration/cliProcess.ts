import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from '../environment/paths';
import { createTemporaryFolder } from '../environment/temporaryFolder';

/** The program as it is installed. */
export const cli = join(root, 'dist', 'cli.js');

export interface CliResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string | Uint8Array;
}

/** Runs the built command line as a process of its own, with no variables but those given. */
export function runCli(args: readonly string[], { cwd, env, input = '' }: CliOptions): CliResult {
  // As its first line starts it: without `--`, so that Node looks at the options first.
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], {
    cwd,
    input,
    env: { PATH: process.env['PATH'] ?? '', ...env },
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  return { code: status, stdout, stderr };
}

/** A new folder with these files in it. */
export function folderWith(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = createTemporaryFolder();
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

/** A configuration with these entries. */
export function configOf(servers: Readonly<Record<string, unknown>>): string {
  return `${JSON.stringify({ mcpServers: servers }, null, 2)}\n`;
}

export const good = configOf({ docs: { type: 'http', url: 'https://mcp.example.com/mcp' } });
/** One error, which has a safe repair. */
export const bad = configOf({ docs: { url: 'https://mcp.example.com/mcp' } });
