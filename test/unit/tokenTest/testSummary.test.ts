import assert from 'node:assert/strict';
import { formatTestSummary, type SummaryRow } from '../../../src/core/tokenTest/testSummary';

const accepted: SummaryRow = {
  server: 'tracker',
  file: '.mcp.json',
  result: { kind: 'tested', isAccepted: true, headline: 'Accepted.', next: 'n', durationMs: 1234 },
};

describe('the summary of all tests', () => {
  it('has a row for each server, in the order of the files', () => {
    const rejected: SummaryRow = {
      server: 'wiki',
      file: 'web/.mcp.json',
      result: {
        kind: 'tested',
        isAccepted: false,
        headline: 'Rejected (401).',
        next: 'Get a new token.',
        durationMs: 49,
      },
    };
    const left: SummaryRow = {
      server: '',
      file: '.mcp.json',
      result: { kind: 'not-tested', reason: 'API_TOKEN is not set' },
    };
    assert.deepEqual(formatTestSummary([accepted, rejected, left]).split('\n'), [
      '# Test of all servers',
      '',
      '**1 of 2 servers accepted. 1 server not tested.**',
      '',
      '| Server | File | Outcome | Next step | Duration |',
      '| --- | --- | --- | --- | ---: |',
      '| tracker | .mcp.json | Accepted. |  | 1.2 s |',
      '| wiki | web/.mcp.json | Rejected (401). | Get a new token. | 0.0 s |',
      '| (no name) | .mcp.json | Not tested: API\\_TOKEN is not set. |  |  |',
      '',
    ]);
  });

  it('leaves the file out where all servers are of one', () => {
    const lines = formatTestSummary([accepted, { ...accepted, server: 'wiki' }]).split('\n');
    assert.deepEqual(lines.slice(4, 8), [
      '| Server | Outcome | Next step | Duration |',
      '| --- | --- | --- | ---: |',
      '| tracker | Accepted. |  | 1.2 s |',
      '| wiki | Accepted. |  | 1.2 s |',
    ]);
  });

  it('keeps names and words of servers in their cells', () => {
    const headline = '| [go](command:x) <img src=x> @someone\n# big';
    const hostile: SummaryRow = {
      server: 'a|b\n| c |',
      file: '`x`',
      result: { kind: 'tested', isAccepted: false, headline, next: '', durationMs: 0 },
    };
    const lines = formatTestSummary([hostile, accepted]).split('\n');
    assert.equal(lines.length, 9);
    assert.doesNotMatch(lines[6] ?? '', /(?<!\\)\[|(?<!\\)<(?!!)|@s/);
  });
});
