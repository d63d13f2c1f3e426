import { readdirSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { installNode } from '../environment/nodeRuntime';
import { root } from '../environment/paths';
import { runProcess } from '../environment/processes';
import { createTemporaryFolder } from '../environment/temporaryFolder';

/** What the suite says of one thing that it looked at. */
export interface Check {
  readonly id: string;
  readonly status: 'SUCCESS' | 'FAILURE' | 'WARNING' | 'INFO' | 'SKIPPED';
  readonly description: string;
  readonly errorMessage?: string;
}

export interface ScenarioResult {
  readonly checks: readonly Check[];
  /** Of the suite, which also judges how the client ended. */
  readonly code: number;
  readonly output: string;
}

const program = 'node_modules/@modelcontextprotocol/conformance/dist/index.js';

/** The suite needs a newer Node than the extension does. */
const major = 24;

/** The names of the scenarios for clients that the suite has. */
export async function listScenarios(): Promise<readonly string[]> {
  const { output } = await runSuite(['list', '--client']);
  return [...output.matchAll(/^\s*- (\S+)/gm)].map(([, name = '']) => name);
}

/** Has the suite judge the client that `npm run build:conformance` built. */
export async function runScenario(scenario: string, wire: string): Promise<ScenarioResult> {
  const folder = createTemporaryFolder();
  const { code, output } = await runSuite([
    'client',
    // The suite takes the command apart at spaces; this finds the Node beside its own.
    ...['--command', 'node out/conformance-client.mjs'],
    ...['--scenario', scenario, '--spec-version', wire, '--force', '-o', folder],
  ]);
  const file = readdirSync(folder, { recursive: true, encoding: 'utf8' }).find((name) =>
    name.endsWith('checks.json'),
  );
  const checks = file === undefined ? '[]' : readFileSync(join(folder, file), 'utf8');
  return { checks: JSON.parse(checks) as readonly Check[], code, output };
}

async function runSuite(
  args: readonly string[],
): Promise<{ readonly code: number; readonly output: string }> {
  const node = await installNode(major);
  const path = `${dirname(node)}${delimiter}${process.env['PATH'] ?? ''}`;
  const env = { ...process.env, PATH: path };
  return runProcess(node, [program, ...args], { cwd: root, env, seconds: 60 });
}
