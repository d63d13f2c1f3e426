import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { HistoryProgress } from '../../src/core/secrets/secretHistory';
import { findCommits } from '../../src/node/gitHistory';

const token = `ghp_${'a1B2c3D4e5F6'.repeat(3)}`;
const other = '7c1e5a90b3d24f68a1c9e7b2d4f60835';

describe('the history of a repository', () => {
  let folder = '';
  let root = '';
  /** Each commit is a day later, so that their order is certain. */
  let day = 0;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'mcp-auth-'));
    root = join(folder, 'repo');
    mkdirSync(root);
    day = 0;
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const dayOf = (number: number) => new Date(Date.UTC(2026, 0, number)).toISOString();
  const git = (...args: readonly string[]) => {
    const user = ['-c', 'user.name=a', '-c', 'user.email=a@example.com'];
    const safe = ['-c', 'commit.gpgsign=false', '-c', 'protocol.file.allow=always'];
    const date = dayOf(day);
    return execFileSync('git', [...user, ...safe, ...args], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'ignore'],
      env: { ...process.env, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date },
    })
      .toString()
      .trim();
  };
  const write = (name: string, text: string | Buffer) => {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  };
  const commit = (name: string, text: string | Buffer) => {
    day++;
    write(name, text);
    git('--literal-pathspecs', 'add', '--force', '--', name);
    git('commit', '--quiet', '-m', 'x');
    return git('rev-parse', 'HEAD');
  };
  const begin = () => git('init', '--quiet', '-b', 'main');
  const search = (values: readonly string[] = [token], signal?: AbortSignal) =>
    findCommits(join(root, '.mcp.json'), values, signal);
  /** `day path`, the newest first. */
  const found = async (value = token) => {
    const result = await search([value]);
    assert.ok(result);
    return (result.commits.get(value) ?? []).map(
      ({ date, path }) => `${new Date(date).getUTCDate()} ${path}`,
    );
  };

  it('says which commits write a value into any file, the newest first', async () => {
    begin();
    const first = commit('.mcp.json', `{"a": "${token}"}`);
    commit('.mcp.json', '{}');
    commit('docs/setup.md', `Use ${token} here.`);
    const last = commit('.env', `A=${token}\nB=${other}\n`);
    commit('README.md', 'nothing');
    write('not-committed', 'not-committed-at-all');
    const result = await search([token, other, 'not-committed-at-all']);
    assert.deepEqual(result, {
      commits: new Map([
        [
          token,
          [
            { hash: last, date: dayOf(4), path: '.env' },
            { hash: git('rev-parse', 'HEAD~2'), date: dayOf(3), path: 'docs/setup.md' },
            { hash: first, date: dayOf(1), path: '.mcp.json' },
          ],
        ],
        [other, [{ hash: last, date: dayOf(4), path: '.env' }]],
      ]),
      searched: 5,
      isComplete: true,
      isShallow: false,
    });
  });

  it('has other branches, merges and stashes in it', async () => {
    begin();
    commit('a', 'a');
    git('checkout', '--quiet', '-b', 'side');
    commit('side.txt', `${'x'.repeat(200_000)}${token}`);
    git('checkout', '--quiet', 'main');
    commit('b', 'b');
    day++;
    git('merge', '--quiet', '--no-ff', '-m', 'm', 'side');
    // A merge that brings what no parent has.
    git('checkout', '--quiet', '-b', 'evil', 'HEAD~1');
    day++;
    git('merge', '--quiet', '--no-commit', '--no-ff', 'side');
    write('b', `in the merge ${other}`);
    git('add', 'b');
    git('commit', '--quiet', '-m', 'm');
    assert.deepEqual(await found(), ['2 side.txt']);
    assert.deepEqual(await found(other), ['5 b']);
    write('a', 'stashed-value');
    git('stash', '--quiet');
    git('checkout', '--quiet', '--detach');
    commit('a', 'detached-value');
    assert.equal((await found('stashed-value')).length, 1);
    assert.equal((await found('detached-value')).length, 1);
  });

  it('has files that were renamed or deleted, whoever asks', async () => {
    begin();
    commit('old.json', token);
    day++;
    git('mv', 'old.json', 'new.json');
    git('commit', '--quiet', '-m', 'x');
    day++;
    git('rm', '--quiet', 'new.json');
    git('commit', '--quiet', '-m', 'x');
    assert.deepEqual(await found(), ['2 new.json', '1 old.json']);
  });

  it('is searched in binary files, and not in those beyond 1 MiB', async () => {
    begin();
    commit(
      'a.bin',
      Buffer.concat([Buffer.from([0, 255, 0]), Buffer.from(token), Buffer.from([0])]),
    );
    const fill = (size: number) => 'y'.repeat(size - other.length) + other;
    commit('fits', fill(1024 * 1024));
    commit('huge', fill(1024 * 1024 + 1));
    assert.deepEqual([await found(), await found(other)], [['1 a.bin'], ['2 fits']]);
  });

  it('counts a short value in versions of the configuration alone', async () => {
    begin();
    commit('words.txt', 'hunter2');
    commit('sub/.mcp.json', 'hunter2');
    commit('.mcp.json', 'hunter2');
    assert.deepEqual(await found('hunter2'), ['3 .mcp.json']);
    const below = await findCommits(join(root, 'sub', '.mcp.json'), ['hunter2']);
    assert.deepEqual(
      below?.commits.get('hunter2')?.map(({ path }) => path),
      ['sub/.mcp.json'],
    );
  });

  it('is read from packs, and the same as before', async () => {
    begin();
    for (let version = 0; version < 20; version++) {
      commit('.mcp.json', `${'line\n'.repeat(50)}${version}\n${token}`);
    }
    const before = await search();
    git('gc', '--quiet', '--aggressive', '--prune=now');
    assert.deepEqual(await search(), before);
    assert.equal(before?.commits.get(token)?.length, 20);
  });

  it('is told to be shallow where it is', async () => {
    begin();
    commit('.mcp.json', token);
    commit('b', 'b');
    const clone = join(folder, 'clone');
    git('clone', '--quiet', '--depth=1', `file://${root}`, clone);
    const result = await findCommits(join(clone, '.mcp.json'), [token]);
    assert.deepEqual(
      [result?.isShallow, result?.searched, result?.commits.get(token)?.length],
      [true, 1, 1],
    );
  });

  it('asks no server for what a partial clone does not have', async () => {
    begin();
    commit('.mcp.json', token);
    commit('.mcp.json', '{}');
    git('config', 'uploadpack.allowFilter', 'true');
    const clone = join(folder, 'clone');
    git('clone', '--quiet', '--filter=blob:none', `file://${root}`, clone);
    const result = await findCommits(join(clone, '.mcp.json'), [token]);
    assert.equal(result?.isComplete, false);
    assert.equal(result.commits.size, 0);
  });

  it('is found from the worktree of a bare repository', async () => {
    begin();
    commit('.mcp.json', token);
    const bare = join(folder, 'bare.git');
    git('clone', '--quiet', '--bare', root, bare);
    const tree = join(folder, 'tree');
    execFileSync('git', ['worktree', 'add', '--quiet', tree, 'main'], {
      cwd: bare,
      stdio: 'ignore',
    });
    const result = await findCommits(join(tree, '.mcp.json'), [token]);
    assert.equal(result?.commits.get(token)?.length, 1);
  });

  it('is nothing outside a repository, empty without a commit, and not told when cancelled', async () => {
    write('.mcp.json', token);
    assert.equal(await search(), undefined);
    begin();
    assert.deepEqual(await search(), {
      commits: new Map(),
      searched: 0,
      isComplete: true,
      isShallow: false,
    });
    commit('.mcp.json', token);
    assert.equal(await search([token], AbortSignal.abort()), undefined);
  });

  it('names files whatever their names are', async () => {
    begin();
    const names = [
      'line\nbreak',
      'tab\tand "quotes"',
      '-rf',
      '--all',
      ':(glob)**',
      'ünïcode-日本-🔑',
      '*.json',
      `${'0'.repeat(40)}`,
      ':100644 100644 a b M',
      '$(touch pwned)',
    ];
    names.forEach((name) => commit(name, `${token} ${name}`));
    const result = await search();
    const paths = result?.commits.get(token)?.map(({ path }) => path);
    assert.deepEqual(paths, names.toReversed());
    const own = await findCommits(join(root, '--all'), ['--all']);
    assert.deepEqual(
      own?.commits.get('--all')?.map(({ path }) => path),
      ['--all'],
    );
  });

  it('is searched without running what a repository configures, and without a value in sight', async () => {
    begin();
    commit('.mcp.json', token);
    const trace = join(folder, 'ran');
    const seen = join(folder, 'seen');
    const script = join(folder, 'script');
    writeFileSync(script, `#!/bin/sh\ntouch '${trace}'\ncat\n`, { mode: 0o755 });
    write('.gitattributes', '* diff=x filter=x\n');
    for (const key of ['diff.x.textconv', 'diff.x.command', 'filter.x.smudge', 'filter.x.clean']) {
      git('config', key, script);
    }
    for (const key of ['core.fsmonitor', 'core.pager', 'gpg.program', 'diff.external']) {
      git('config', key, script);
    }
    git('config', 'log.showSignature', 'true');
    // What git itself notes of its arguments and environment.
    const before = process.env.GIT_TRACE2_EVENT;
    process.env.GIT_TRACE2_EVENT = seen;
    try {
      assert.equal((await found()).length, 1);
    } finally {
      if (before === undefined) {
        delete process.env.GIT_TRACE2_EVENT;
      } else {
        process.env.GIT_TRACE2_EVENT = before;
      }
    }
    assert.ok(!readdirSync(folder).includes('ran'));
    const noted = execFileSync('cat', [seen]).toString();
    assert.match(noted, /"argv"/);
    assert.ok(!noted.includes(token));
  });

  describe('of 2,000 commits', () => {
    /** Quicker than so many commits one by one. */
    const fill = (count: number) => {
      begin();
      const stream = Array.from({ length: count }, (_, number) => {
        const text = `version ${number}${number === 3 ? ` ${token}` : ''}`;
        return [
          'commit refs/heads/main',
          `committer a <a@example.com> ${1_700_000_000 + number * 60} +0000`,
          'data 1\nx',
          `M 100644 inline f${number % 50}/.env`,
          `data ${text.length}\n${text}\n`,
        ].join('\n');
      });
      execFileSync('git', ['fast-import', '--quiet'], { cwd: root, input: stream.join('') });
    };

    it('is searched, and says how far it is', async () => {
      fill(2000);
      const progress: HistoryProgress[] = [];
      const result = await findCommits(join(root, '.mcp.json'), [token], undefined, (it) =>
        progress.push(it),
      );
      assert.deepEqual(
        result?.commits.get(token)?.map(({ path }) => path),
        ['f3/.env'],
      );
      assert.equal(result?.searched, 2000);
      assert.deepEqual(progress.at(0), { done: 0, total: 2000 });
      assert.deepEqual(progress.at(-1), { done: 2000, total: 2000 });
      assert.ok(progress.length > 3);
    }).timeout(60_000);

    it('can be left in the middle, and no process stays', async () => {
      fill(2000);
      const controller = new AbortController();
      let calls = 0;
      const result = await findCommits(
        join(root, '.mcp.json'),
        [token],
        controller.signal,
        ({ done }) => {
          calls++;
          if (done > 0) {
            // Once the next git runs.
            setImmediate(() => controller.abort());
          }
        },
      );
      assert.equal(result, undefined);
      assert.equal(calls, 2);
      // Only Linux says where a process runs.
      const processes = process.platform === 'linux' ? readdirSync('/proc') : [];
      const running = processes.filter((pid) => {
        try {
          return /^\d+$/.test(pid) && readlinkSync(`/proc/${pid}/cwd`).startsWith(root);
        } catch {
          return false;
        }
      });
      assert.deepEqual(running, []);
    }).timeout(60_000);
  });
});
