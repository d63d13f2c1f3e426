import { downloadAndUnzipVSCode, runTests } from '@vscode/test-electron';
import { build } from 'esbuild';
import { cp, mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { suites, type HostSuite } from '../host/suites';
import { findChromium } from './chromium';
import { findHost, hosts, installHost } from './hosts';
import { out, root } from './paths';
import { writeUserSettings } from './settings';
import { createTemporaryFolder } from './temporaryFolder';
import { fulfilOrder } from './testProcess';
import { addResults, noResults, oneFailure, readResults, type TestResults } from './testResults';

void fulfilOrder(async ({ args, versions, isDesktop }) => {
  let results = noResults;
  for (const version of versions ?? hosts.map((host) => host.vscode)) {
    try {
      const editor = await (isDesktop ? bringDesktop(version) : bringHost(version));
      for (const suite of suites.filter((row) => !(isDesktop && row.isUntrusted))) {
        console.log(`\nVS Code ${version}, ${suite.name}`);
        results = addResults(results, await runSuite(suite, version, editor, args));
      }
    } catch (error) {
      console.error(`VS Code ${version}: ${error instanceof Error ? error.message : error}`);
      results = addResults(results, oneFailure);
    }
  }
  return results;
});

/** A program with the switches of VS Code, and the environment it needs. */
interface Editor {
  readonly executable: string;
  readonly env: Readonly<Record<string, string>>;
}

/** Brings everything here, where nothing waits for it with a time limit. */
async function bringHost(version: string): Promise<Editor> {
  await installHost(findHost(version));
  const env = { VSCODE_HOST: version, CHROMIUM_PATH: await findChromium() };
  return { executable: fileURLToPath(new URL('vscodeHost.mjs', import.meta.url)), env };
}

async function bringDesktop(version: string): Promise<Editor> {
  console.log('Without the suite `untrusted`: @vscode/test-electron trusts every folder there.');
  return { executable: await downloadAndUnzipVSCode({ version }), env: { VSCODE_HOST: version } };
}

/** What one suite came to in one version; a window that fails counts as a failed test. */
async function runSuite(
  suite: HostSuite,
  version: string,
  editor: Editor,
  args: readonly string[],
): Promise<TestResults> {
  const folder = createTemporaryFolder();
  const home = join(folder, 'home');
  const userDataDir = join(folder, 'user-data');
  const resultsFile = join(folder, 'results.json');
  const logFile = join(out, 'host', `${suite.name}-${version}.log`);
  let failure: unknown;
  try {
    // As where Claude Code has run: a folder that comes later is watched after some seconds only.
    await mkdir(join(home, '.claude'), { recursive: true });
    await rm(logFile, { force: true });
    await writeUserSettings(userDataDir, suite.settings ?? {});
    await runTests({
      vscodeExecutablePath: editor.executable,
      extensionDevelopmentPath: root,
      extensionTestsPath: await bundle(suite),
      launchArgs: [
        ...(await copyWorkspace(suite, folder)),
        `--user-data-dir=${userDataDir}`,
        `--extensions-dir=${join(folder, 'extensions')}`,
      ],
      extensionTestsEnv: {
        ...editor.env,
        // What Claude Code knows of the person at this machine is no part of a test.
        HOME: home,
        USERPROFILE: home,
        VSCODE_HOST_LOG: logFile,
        VSCODE_HOST_UNTRUSTED: suite.isUntrusted ? '1' : '0',
        TEST_ARGUMENTS: JSON.stringify(args),
        TEST_RESULTS: resultsFile,
      },
    });
  } catch (error) {
    failure = error;
  }
  const results = await readResults(resultsFile);
  if (results && (failure === undefined || results.failed > 0)) {
    return results;
  }
  const reason = failure ?? 'the window ended before the tests did.';
  console.error(`VS Code ${version}, ${suite.name}: ${String(reason)} See ${logFile}.`);
  return addResults(results ?? noResults, oneFailure);
}

/** @returns the folder or workspace file to open: a copy, so that tests may write */
async function copyWorkspace({ workspace }: HostSuite, folder: string): Promise<string[]> {
  if (workspace === undefined) {
    return [];
  }
  const [name = ''] = workspace.split('/');
  await cp(join(root, 'test/fixtures/workspaces', name), join(folder, name), { recursive: true });
  return [join(folder, workspace)];
}

/** @returns the module whose `run` runs the suite */
async function bundle({ name }: HostSuite): Promise<string> {
  const folder = join(root, 'test/host', name);
  const tests = (await readdir(folder)).filter((file) => file.endsWith('.test.ts'));
  if (tests.length === 0) {
    throw new Error(`${folder} has no tests.`);
  }
  await rm(join(out, 'host', name), { recursive: true, force: true });
  await build({
    entryPoints: [join(root, 'test/host/index.ts'), ...tests.map((file) => join(folder, file))],
    outdir: join(out, 'host', name),
    entryNames: '[name]',
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    mainFields: ['module', 'main'],
    external: ['vscode', 'mocha'],
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  return join(out, 'host', name, 'index.js');
}
