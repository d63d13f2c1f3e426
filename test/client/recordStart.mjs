/** A local server that only writes down how it was started: to the file `RECORD_TO`. */
import { writeFileSync } from 'node:fs';

const { argv, env } = process;
writeFileSync(
  env.RECORD_TO ?? '',
  JSON.stringify({ args: argv.slice(2), env, cwd: process.cwd() }),
);
