import { downloadAndUnzipVSCode, runTests } from '@vscode/test-electron';
import { build } from 'esbuild';
import { cp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { suites, type HostSuite } from '../host/suites';
import { hosts } from './hosts';
import { out, root } from './paths';
import { writeUserSettings } from './settings';
import { createTemporaryFolder } from './temporaryFolder';
import { fulfilOrder } from './testProcess';
import { addResults, noResults, oneFailure, readResults, type TestResults } from './testResults';

const vscodeHost = fileURLToPath(new URL('vscodeHost.mjs', import.meta.url));

void fulfilOrder(async ({ args, versions, isDesktop }) => {
  let results = noResults;
  for (const version of versions ?? hosts.map((host) => host.vscode)) {
    for (const suite of suites) {
      console.log(`\nVS Code ${version}, ${suite.name}`);
      results = addResults(results, await runSuite(suite, version, args, isDesktop));
    }
  }
  return results;
});

/** What one suite came to in one version; a window that fails counts as a failed test. */
async function runSuite(
  suite: HostSuite,
  version: string,
  args: readonly string[],
  isDesktop: boolean,
): Promise<TestResults> {
  if (isDesktop && suite.isUntrusted) {
    console.log('Left out: @vscode/test-electron has the desktop trust every folder.');
    return noResults;
  }
  const folder = createTemporaryFolder();
  const userDataDir = join(folder, 'user-data');
  const resultsFile = join(folder, 'results.json');
  const logFile = join(out, 'host', `${suite.name}-${version}.log`);
  let failure: unknown;
  try {
    await rm(logFile, { force: true });
    await writeUserSettings(userDataDir, suite.settings ?? {});
    await runTests({
      vscodeExecutablePath: isDesktop ? await downloadAndUnzipVSCode({ version }) : vscodeHost,
      extensionDevelopmentPath: root,
      extensionTestsPath: await bundle(suite),
      launchArgs: [
        ...(await copyWorkspace(suite, folder)),
        `--user-data-dir=${userDataDir}`,
        `--extensions-dir=${join(folder, 'extensions')}`,
      ],
      extensionTestsEnv: {
        VSCODE_HOST: version,
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
  if (failure === undefined || (results && results.failed > 0)) {
    return results ?? noResults;
  }
  console.error(`VS Code ${version}, ${suite.name}: ${String(failure)} See ${logFile}.`);
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
