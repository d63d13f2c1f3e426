import assert from 'node:assert/strict';
import {
  endsComparison,
  judgeComparison,
  planComparison,
  type ComparedRun,
} from '../../../src/core/tokenTest/compareCredentials';
import { describeComparison, formatComparison } from '../../../src/core/tokenTest/comparisonReport';
import type { TokenTestOutcome } from '../../../src/core/tokenTest/tokenTestOutcome';
import type { RemoteTarget, TargetHeader } from '../../../src/core/tokenTest/tokenTestTarget';
import { createRedactor } from '../../../src/core/tokenTest/redaction';
import { remoteTarget, secret } from './targets';

const header = (name: string, secretNames: readonly string[] = ['V']): TargetHeader => ({
  name,
  value: 'value',
  secretNames,
});

const targetWith = (...names: readonly string[]): RemoteTarget => ({
  ...remoteTarget,
  headers: [...names.map((name) => header(name)), header('X-Tenant', [])],
});

const credential = { headers: [], variables: [], authorizationScheme: undefined };
const open: TokenTestOutcome = {
  kind: 'accepted',
  serverName: 'tracker',
  protocolVersion: '2025-06-18',
  toolCount: 2,
  hasMoreTools: false,
};
const protectedCall: TokenTestOutcome = { ...open, toolCall: { kind: 'protected', status: 401 } };
const openCall: TokenTestOutcome = { ...open, toolCall: { kind: 'open' } };
const unclearCall: TokenTestOutcome = { ...open, toolCall: { kind: 'unclear' } };
const refused: TokenTestOutcome = {
  kind: 'rejected',
  status: 401,
  step: 'initialize',
  reason: { kind: 'no-challenge' },
  credential,
  offeredSchemes: [],
};
const refusedStateless: TokenTestOutcome = {
  ...refused,
  step: 'tools/list',
  passed: ['server/discover'],
};
const forbidden: TokenTestOutcome = {
  kind: 'forbidden',
  status: 403,
  step: 'initialize',
  scopeNeeded: undefined,
  detail: undefined,
  credential,
};
const away: TokenTestOutcome = { kind: 'redirected', status: 302, location: undefined };
const limited: TokenTestOutcome = {
  kind: 'rate-limited',
  status: 429,
  step: 'initialize',
  retryAfter: undefined,
};

/** The runs of a plan with these outcomes, in its order. */
function runsOf(target: RemoteTarget, ...outcomes: readonly TokenTestOutcome[]): ComparedRun[] {
  return planComparison(target)
    .slice(0, outcomes.length)
    .map((run, index) => ({
      run,
      result: { serverName: 'tracker', outcome: outcomes[index] ?? limited, steps: [] },
    }));
}

describe('the plan of a comparison', () => {
  const plans: readonly (readonly [situation: string, target: RemoteTarget, sent: string[]])[] = [
    ['no credential: nothing to compare', targetWith(), []],
    ['one header', targetWith('Authorization'), ['Authorization X-Tenant', 'X-Tenant']],
    [
      'two headers',
      targetWith('X-API-Key', 'X-API-Secret'),
      [
        'X-API-Key X-API-Secret X-Tenant',
        'X-Tenant',
        'X-API-Secret X-Tenant',
        'X-API-Key X-Tenant',
      ],
    ],
    [
      'one header in two spellings',
      targetWith('Authorization', 'authorization'),
      ['Authorization authorization X-Tenant', 'X-Tenant'],
    ],
  ];
  for (const [situation, target, sent] of plans) {
    it(situation, () => {
      assert.deepEqual(
        planComparison(target).map((run) => run.target.headers.map(({ name }) => name).join(' ')),
        sent,
      );
    });
  }

  it('ends early where no further run would tell more', () => {
    const ends = [open, refused, away, limited, { kind: 'cancelled' } as const].map((outcome) =>
      endsComparison({ serverName: '', outcome, steps: [] }),
    );
    assert.deepEqual(ends, [false, false, false, true, true]);
  });
});

describe('the verdict of a comparison', () => {
  const one = targetWith('Authorization');
  const two = targetWith('X-API-Key', 'X-Trace-Token');
  const verdicts: readonly (readonly [
    situation: string,
    runs: readonly ComparedRun[],
    overall: string,
    headers: readonly string[],
  ])[] = [
    ['open either way', runsOf(one, open, open), 'open', ['not needed']],
    ['refused without it', runsOf(one, open, refused), 'matters', ['needed']],
    ['forbidden without it', runsOf(one, open, forbidden), 'matters', ['needed']],
    ['sent to sign in without it', runsOf(one, open, away), 'matters', ['needed']],
    ['a call refused without it', runsOf(one, open, protectedCall), 'matters', ['needed']],
    ['a call taken with it alone', runsOf(one, openCall, protectedCall), 'matters', ['needed']],
    [
      'a call refused with it as well',
      runsOf(one, protectedCall, protectedCall),
      'refused-anyway',
      ['unclear'],
    ],
    [
      'a call refused with it alone',
      runsOf(one, protectedCall, openCall),
      'in-the-way',
      ['unclear'],
    ],
    ['taken up to a call', runsOf(one, protectedCall, refused), 'matters', ['needed']],
    [
      'a call without it that tells nothing',
      runsOf(one, openCall, unclearCall),
      'open',
      ['unclear'],
    ],
    ['refused either way', runsOf(one, refused, refused), 'refused-anyway', ['unclear']],
    ['refused with it alone', runsOf(one, refused, open), 'in-the-way', ['unclear']],
    ['refused in different ways', runsOf(one, forbidden, refused), 'unclear', ['unclear']],
    ['stopped by a limit', runsOf(one, open, limited), 'unclear', ['unclear']],
    ['stopped at the first run', runsOf(one, limited), 'unclear', []],
    [
      'one of two matters',
      runsOf(two, open, refused, refused, open),
      'matters',
      ['needed', 'not needed'],
    ],
    [
      'either of two will do',
      runsOf(two, open, refused, open, open),
      'matters',
      ['not needed', 'not needed'],
    ],
    [
      'stopped before the last',
      runsOf(two, open, refused, refused),
      'matters',
      ['needed', 'unclear'],
    ],
  ];
  for (const [situation, runs, overall, headers] of verdicts) {
    it(`${situation}: ${overall}`, () => {
      const comparison = judgeComparison(runs);
      assert.deepEqual(
        [comparison.overall.kind, comparison.headers.map(({ verdict }) => verdict)],
        [overall, headers],
      );
    });
  }

  it('names the step that wants the credential, and the headers that matter', () => {
    const later = { ...refused, step: 'tools/list' } as const;
    assert.deepEqual(
      [
        runsOf(one, open, later),
        runsOf(one, open, protectedCall),
        runsOf(one, open, open),
        runsOf(one, open, { ...open, toolCall: { kind: 'open' } }),
        runsOf(two, open, refused, refused, open),
        runsOf(two, open, refused, open, open),
        runsOf(one, protectedCall, protectedCall),
        runsOf(one, open, refusedStateless),
        runsOf(one, open, { ...protectedCall, isStateless: true } as TokenTestOutcome),
      ].map((runs) => describeComparison(judgeComparison(runs))),
      [
        'The credential matters: initialize is open, and tools/list wants it.',
        'The credential matters: initialize and tools/list are open, and tools/call wants it.',
        'The server answers without a credential as well: initialize and tools/list are open. A call of a tool may still want one.',
        'The server answers without a credential as well: initialize and tools/list are open, and so are calls of tools.',
        'The credential matters: the server takes it, and answers nothing without it. Needed: X-API-Key. Not needed: X-Trace-Token.',
        'The credential matters: the server takes it, and answers nothing without it. X-API-Key or X-Trace-Token alone is enough.',
        'Calls of tools are refused with and without the credential, while initialize and tools/list are open: the server may not know it, or not read it at all.',
        'The credential matters: server/discover is open, and tools/list wants it.',
        'The credential matters: server/discover and tools/list are open, and tools/call wants it.',
      ],
    );
  });

  it('is a section of the report with a row for each run and each header', () => {
    const text = formatComparison(judgeComparison(runsOf(two, open, refused, refused, open)));
    assert.deepEqual(
      text.split('\n').filter((line) => line.startsWith('| ')),
      [
        '| Sent | Outcome | Duration |',
        '| --- | --- | --- |',
        '| every header | Accepted: the server lists 2 tools. | 0 ms |',
        '| no credential | Rejected (401): the server does not accept the value of . | 0 ms |',
        '| without X-API-Key | Rejected (401): the server does not accept the value of . | 0 ms |',
        '| without X-Trace-Token | Accepted: the server lists 2 tools. | 0 ms |',
        '| Header | Verdict |',
        '| --- | --- |',
        '| `X-API-Key` | needed |',
        '| `X-Trace-Token` | not needed |',
      ],
    );
  });

  it('keeps hostile names of headers in their cells', () => {
    const hostile = targetWith('X|[a](command:b)', 'X-Token');
    const text = formatComparison(judgeComparison(runsOf(hostile, open, refused, refused, open)));
    assert.doesNotMatch(text, /[^\\]\|\[a\]/);
  });
});

describe('each run of a comparison', () => {
  it('keeps the values of the headers that it leaves out from what is recorded', () => {
    const shown = planComparison(remoteTarget).map(({ target }) =>
      createRedactor(target).text(`expected ${secret.slice(0, 12)} ${secret}`),
    );
    assert.deepEqual(shown, Array(2).fill(`expected ${secret.slice(0, 12)} •••`));
  });
});
