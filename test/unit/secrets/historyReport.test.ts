import assert from 'node:assert/strict';
import { formatHistoryReport, type SecretInHistory } from '../../../src/core/secrets/historyReport';
import { committedFact, mergeCommits } from '../../../src/core/secrets/secretHistory';
import { tokenPageOf } from '../../../src/core/secrets/tokenPages';

const commit = (number: number, path = '.mcp.json') => ({
  hash: `${number}`.repeat(40),
  date: `2026-01-0${number}T10:00:00.000Z`,
  path,
});

const secret: SecretInHistory = {
  what: 'GitHub token (ghp_…)',
  where: 'header "Authorization"',
  server: 'git|hub',
  file: '.mcp.json',
  commits: [commit(3), commit(2, '.env'), commit(2)],
  tokenPage: 'https://github.com/settings/tokens',
};
const whole = { searched: 7, isComplete: true, isShallow: false };

describe('the report of a history', () => {
  it('lists the commits of each credential, and where to replace it', () => {
    const lines = formatHistoryReport([secret], whole).split('\n\n').slice(3);
    assert.deepEqual(lines, [
      '## GitHub token (ghp\\_…)',
      'In header "Authorization" of git\\|hub, .mcp.json. It is in 2 commits, the first of 2026-01-02, the latest of 2026-01-03.',
      'Replace it at <https://github.com/settings/tokens>.',
      '| Commit | Date | File |\n| --- | --- | --- |\n| `3333333333` | 2026-01-03 | `.mcp.json` |\n| `2222222222` | 2026-01-02 | `.env` |\n| `2222222222` | 2026-01-02 | `.mcp.json` |\n',
    ]);
  });

  it('says that rewriting is not enough, and nothing of it where nothing was found', () => {
    assert.match(formatHistoryReport([secret], whole), /Rewriting the history is not enough/);
    assert.equal(
      formatHistoryReport([], { ...whole, searched: 1 }),
      '# Secrets in the git history\n\n1 commit was searched, on all branches; files larger than 1 MiB were not.\n\nNone of the secrets that stand in a configuration now was found.\n',
    );
  });

  it('says how far was looked', () => {
    const text = formatHistoryReport([], { searched: 9, isComplete: false, isShallow: true });
    assert.match(text, /more than could be searched[^]*git fetch --unshallow/);
  });

  it('keeps the names of files in their cells, and cuts a long list', () => {
    const path = 'a|b`c\n<img>\u202e';
    const commits = Array.from({ length: 60 }, () => commit(1, path));
    const text = formatHistoryReport([{ ...secret, commits }], whole);
    const row = '| `1111111111` | 2026-01-01 | ``a\\|b`c <img><U+202E>`` |';
    assert.equal(text.split('\n').filter((line) => line === row).length, 50);
    assert.match(text, /It is in one commit, of 2026-01-01\.[^]*\n10 more are not listed\.\n$/);
  });
});

describe('the commits of a credential', () => {
  it('are those of all its spellings, each once, the newest first', () => {
    const merged = mergeCommits([[commit(2)], [commit(3), commit(2), commit(2, '.env')]]);
    assert.deepEqual(merged, [commit(3), commit(2), commit(2, '.env')]);
    assert.deepEqual(committedFact(merged), { commits: 2, since: '2026-01-02' });
    assert.equal(committedFact([]), undefined);
  });

  it('lead to the page of the provider whose prefix it has', () => {
    assert.equal(
      tokenPageOf({ provider: 'GitHub', shownPrefix: 'ghp_' }),
      'https://github.com/settings/tokens',
    );
    assert.equal(tokenPageOf({}), undefined);
  });
});
