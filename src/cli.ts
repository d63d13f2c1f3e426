#!/usr/bin/env node
import { run } from './cli/run';

// A reader that stops early, such as `head`, closes the pipe: there is nobody left to tell.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? 2 : 1);
});

run(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    process.stderr.write(`mcp-auth: ${reason}\n`);
    process.exitCode = 2;
  },
);
