import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, watch, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createTemporaryFolder } from '../environment/temporaryFolder';
import { openWindow } from './support/window';
import type { Workbench } from './support/workbench';

const token = `ghp_${'a1B2c3D4e5F6'.repeat(3)}`;
const text = JSON.stringify({ mcpServers: { a: { command: 'x', env: { A_TOKEN: token } } } });

/** A git that never comes to an end with what commits write, and tells when it is ended. */
const slowGit = (real: string) => `#!/bin/sh
case " $* " in
  *" diff-tree "*)
    cat "$HELD/fifo" &
    trap 'kill $!; : > "$HELD/ended"; exit 1' TERM
    wait
    ;;
  *) exec ${real} "$@" ;;
esac
`;

describe('the search of the git history', () => {
  let window: Workbench;
  let held: string;

  before(async function () {
    this.timeout(180_000);
    const source = createTemporaryFolder();
    const folder = join(source, 'corner-shop');
    const programs = join(source, 'programs');
    held = join(source, 'held');
    [folder, programs, held].forEach((path) => mkdirSync(path));
    writeFileSync(join(folder, '.mcp.json'), text);
    const git = (...args: readonly string[]) => execFileSync('git', args, { cwd: folder });
    git('init', '--quiet');
    git('add', '.');
    const author = ['-c', 'user.name=a', '-c', 'user.email=a@a.example'];
    git(...author, '-c', 'commit.gpgsign=false', 'commit', '--quiet', '-m', 'x');
    execFileSync('mkfifo', [join(held, 'fifo')]);
    const real = execFileSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim();
    writeFileSync(join(programs, 'git'), slowGit(real));
    chmodSync(join(programs, 'git'), 0o755);
    // The server takes its PATH from a login shell, which begins with that of the system.
    writeFileSync(join(source, '.profile'), `PATH="${programs}:$PATH"\n`);
    window = await openWindow({
      workspace: folder,
      env: { HELD: held, HOME: source, SHELL: '/bin/sh' },
    });
    await window.openFile('.mcp.json');
    await window.squiggles('error').first().waitFor();
  });
  after(() => window.close());

  it('says how far it is, and Cancel ends git and says nothing more', async () => {
    await window.runCommand('MCP Auth: Look for Secrets in the Git History');
    const progress = await window.waitForNotification(/Looking for secrets .*0 of 1 commits/);
    await window.screenshot('history-progress');
    const watcher = watch(held);
    await progress.getByRole('button', { name: 'Cancel' }).click();
    while (!existsSync(join(held, 'ended'))) {
      await once(watcher, 'change');
    }
    watcher.close();
    await progress.waitFor({ state: 'detached' });
    // Whoever is told something is told before the next command answers.
    await window.runCommand('MCP Auth: Look for Secrets in the Git History');
    const again = await window.waitForNotification(/Looking for secrets .*0 of 1 commits/);
    const messages = window.page.locator('.notification-list-item-message');
    assert.deepEqual(
      (await messages.allInnerTexts()).filter((message) => /found|searched|answer/.test(message)),
      [],
    );
    await again.getByRole('button', { name: 'Cancel' }).click();
  });
});
