import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, watch, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse } from 'dotenv';
import { createTemporaryFolder } from '../environment/temporaryFolder';
import { runningProcesses } from '../support/processes';
import { token } from './support/project';
import { openWindow } from './support/window';
import type { Workbench } from './support/workbench';

describe('an editor that dies while a credential moves', () => {
  let window: Workbench;

  before(async function () {
    this.timeout(180_000);
    const folder = join(createTemporaryFolder(), 'corner-shop');
    mkdirSync(folder);
    execFileSync('git', ['init', '--quiet', folder]);
    const headers = { Authorization: `Bearer ${token}` };
    const github = { type: 'http', url: 'https://mcp.example.com/mcp', headers };
    const text = `${JSON.stringify({ mcpServers: { github } }, null, 2)}\n`;
    writeFileSync(join(folder, '.mcp.json'), text);
    window = await openWindow({
      workspace: folder,
      settings: { 'editor.codeLens': false, 'editor.stickyScroll.enabled': false },
    });
    await window.openFile('.mcp.json');
    await window.squiggles('error').first().waitFor();
  });
  after(() => window.close());

  /** Kills every process that was started for this window, as a loss of power would. */
  function killHosts(): number {
    const profile = dirname(window.folder);
    const isOurs = ({ pid, commandLine, environment }: (typeof all)[number]) =>
      pid !== String(process.pid) &&
      (commandLine.includes(profile) || environment.includes(`HOME=${join(profile, 'home')}\0`));
    const all = runningProcesses();
    return all.filter(isOurs).filter(({ pid }) => {
      try {
        return process.kill(Number(pid), 'SIGKILL');
      } catch {
        // Gone with another one.
        return false;
      }
    }).length;
  }

  it('leaves the value in the configuration or in .env', async () => {
    const dotEnv = join(window.folder, '.env');
    const killed = new Promise<number>((resolve) => {
      const watcher = watch(window.folder, () => {
        if (existsSync(dotEnv)) {
          watcher.close();
          resolve(killHosts());
        }
      });
    });
    await window.takeLightbulb(token, 'keep the value in .env');
    assert.ok((await killed) > 0);
    const config = readFileSync(join(window.folder, '.mcp.json'), 'utf8');
    const { GITHUB_TOKEN } = parse(readFileSync(dotEnv));
    // The file is made whole beside its place: where it stands, the value is in it.
    assert.equal(GITHUB_TOKEN, token);
    execFileSync('git', ['check-ignore', '--quiet', '.env'], { cwd: window.folder });
    assert.ok(config.includes(`Bearer ${token}`) || config.includes('Bearer ${GITHUB_TOKEN}'));
  });
});
