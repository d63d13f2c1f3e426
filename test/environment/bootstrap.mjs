/**
 * The way in for `npm test` and `npm start`, from a bare checkout: needs Node and nothing else,
 * brings the packages, then hands over to runTests.ts or start.ts.
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';

const scripts = new Map([
  ['test', 'runTests.ts'],
  ['start', 'start.ts'],
  ['client', '../client/compareWithClient.ts'],
]);
const quick = [
  '--no-audit',
  '--no-fund',
  '--loglevel=error',
  '--fetch-retry-mintimeout=1000',
  '--fetch-retry-maxtimeout=5000',
];
const root = new URL('../../', import.meta.url);
const lockfile = new URL('package-lock.json', root);
const stamp = new URL('node_modules/.installed-package-lock', root);

/** @type {import('node:child_process').ChildProcess | undefined} */
let running;
let isEnding = false;
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  process.on(signal, () => {
    // From the keyboard it reached the child as well, which heeds the first only.
    isEnding = true;
    running?.kill(signal);
  });
}

if (process.env.npm_lifecycle_event) {
  // npm, told to end, ends the shell between us and leaves us running.
  const shell = process.ppid;
  setInterval(() => process.ppid === shell || process.emit('SIGTERM'), 500).unref();
}

process.exitCode = await main(process.argv.slice(2));

/**
 * @param {readonly string[]} args
 * @returns {Promise<number>}
 */
async function main([command = '', ...args]) {
  const script = scripts.get(command);
  if (script === undefined) {
    return fail(`Say what to do: ${[...scripts.keys()].join(' or ')}.`);
  }
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    return fail(`Node 20.19 or newer is needed; this is ${process.versions.node}.`);
  }
  if (!isInstalled()) {
    console.log('Installing the packages of package-lock.json (npm ci, about a minute) …');
    const code = await run('npm', ['ci', ...quick]);
    if (code !== 0 || isEnding) {
      return isEnding
        ? code
        : fail('The packages could not be installed. Connect to the npm registry and try again.');
    }
    writeFileSync(stamp, readFileSync(lockfile));
  }
  const module = fileURLToPath(new URL(script, import.meta.url));
  return run(process.execPath, ['--import=tsx', module, ...args]);
}

/** The stamp is a copy, not a time: a checkout gives every file a new one. */
function isInstalled() {
  return existsSync(stamp) && readFileSync(stamp).equals(readFileSync(lockfile));
}

/**
 * @param {string} command
 * @param {readonly string[]} args
 * @returns {Promise<number>} the exit code
 */
function run(command, args) {
  const shell = process.platform === 'win32' && command === 'npm';
  const child = spawn(command, args, { cwd: root, stdio: 'inherit', shell });
  running = child;
  return new Promise((resolve) => {
    child.on('error', () => resolve(127));
    child.on('exit', (code, signal) =>
      resolve(code ?? 128 + constants.signals[signal ?? 'SIGTERM']),
    );
  });
}

/** @param {string} sentence */
function fail(sentence) {
  console.error(sentence);
  return 1;
}
