import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createDemoWorkspace } from './createDemoWorkspace';
import { type DemoServers, startDemoServers } from './servers/startDemoServers';

const usage = `Usage: node --import=tsx test/demo/main.ts [FOLDER] [-- COMMAND ARGS…]

Starts the demo servers until Ctrl-C.
  FOLDER    write the demo workspace there
  COMMAND   run this with the demo's variables, and stop when it ends`;

const separator = process.argv.indexOf('--');
const [folder, ...rest] = process.argv.slice(2, separator === -1 ? undefined : separator);
const [command, ...args] = separator === -1 ? [] : process.argv.slice(separator + 1);

async function main(): Promise<void> {
  if (rest.length > 0 || folder?.startsWith('-')) {
    console.error(usage);
    process.exitCode = 2;
    return;
  }
  const demo = await startDemoServers();
  try {
    printServers(demo);
    if (folder !== undefined) await createDemoWorkspace(folder, demo);
    await (command === undefined ? once(process, 'SIGINT') : run(command, args, demo.env));
  } finally {
    await demo.stop();
  }
}

/** Names and places only; the credentials go into the environment of the command. */
function printServers({ servers }: DemoServers): void {
  const width = Math.max(...servers.map(({ name }) => name.length));
  for (const { name, url, command, description } of servers) {
    const place = url ?? [command?.command, ...(command?.args ?? [])].join(' ');
    console.log(`${name.padEnd(width)}  ${place}\n${' '.repeat(width)}  ${description}`);
  }
}

async function run(
  file: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<void> {
  const child = spawn(file, args, { stdio: 'inherit', env: { ...process.env, ...env } });
  const [exitCode] = await once(child, 'exit');
  process.exitCode = exitCode ?? 1;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
