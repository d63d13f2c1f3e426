#!/usr/bin/env node
import { run } from './cli/run';
import { say } from './cli/say';

// A reader that stops early, such as `head`, closes the pipe: there is nobody left to tell.
process.stdout.on('error', () => process.exit(2));
process.stderr.on('error', () => process.exit(2));

run(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    say(error instanceof Error ? error.message : String(error));
    process.exitCode = 2;
  },
);
