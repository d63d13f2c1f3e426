import assert from 'node:assert/strict';
import {
  changesFor,
  describeChanges,
  planChoices,
  type ToolChoice,
} from '../../../src/core/denyTools/denyPlan';

function tools(...names: readonly string[]) {
  return names.map((name) => ({
    name,
    description: undefined,
    readOnlyHint: undefined,
    destructiveHint: undefined,
  }));
}

function preselected(choices: readonly ToolChoice[]): readonly string[] {
  return choices.filter((it) => it.isPreselected).map(({ rule }) => rule);
}

function changes(choices: readonly ToolChoice[], ...rules: readonly string[]) {
  return changesFor(choices, new Set(choices.filter(({ rule }) => rules.includes(rule))));
}

describe('the choice of tools to deny', () => {
  const all = tools('list', 'delete_issue', 'create', 'wipe');

  it('puts destructive tools first, and preselects them where nothing is denied yet', () => {
    const choices = planChoices('git.hub', all, ['mcp__other__wipe', 'Bash(rm:*)']);
    const order = ['delete_issue', 'wipe', 'list', 'create'].map((it) => `mcp__git_hub__${it}`);
    assert.deepEqual(
      choices.map(({ rule }) => rule),
      order,
    );
    assert.deepEqual(preselected(choices), order.slice(0, 2));
  });

  it('preselects what the file denies where it denies a tool of this server', () => {
    assert.deepEqual(preselected(planChoices('a', all, ['mcp__a__list'])), ['mcp__a__list']);
  });

  it('makes one rule of tools that Claude Code cannot tell apart', () => {
    const [choice, ...rest] = planChoices('a', tools('get.it', 'get it', 'get_it'), []);
    assert.deepEqual(
      [choice?.rule, choice?.names, rest],
      ['mcp__a__get_it', ['get.it', 'get it', 'get_it'], []],
    );
  });

  it('adds what is ticked, removes what is no longer, and leaves the rest alone', () => {
    const choices = planChoices('a', all, ['mcp__a__list', 'mcp__a__wipe', 'mcp__a__gone']);
    assert.deepEqual(changes(choices, 'mcp__a__wipe', 'mcp__a__create'), {
      add: ['mcp__a__create'],
      remove: ['mcp__a__list'],
    });
    assert.deepEqual(changes(choices, 'mcp__a__list', 'mcp__a__wipe'), { add: [], remove: [] });
  });

  for (const wide of ['mcp__a', 'mcp__a__*', 'mcp__*', 'mcp__a__l*']) {
    it(`neither doubles nor lifts what ${wide} denies`, () => {
      const choices = planChoices('a', tools('list'), [wide]);
      assert.deepEqual(
        choices.map(({ deniedBy, isPreselected }) => [deniedBy, isPreselected]),
        [[wide, true]],
      );
      assert.deepEqual(changes(choices, 'mcp__a__list'), { add: [], remove: [] });
      assert.deepEqual(changes(choices), { add: [], remove: [] });
    });
  }

  for (const other of ['mcp__ab', 'mcp__ab__*', 'mcp__a__m*', 'Bash(*)', '*', 'mcp__a.*']) {
    it(`takes ${other} for a rule about something else`, () => {
      const [choice] = planChoices('a', tools('list'), [other]);
      assert.equal(choice?.deniedBy, undefined);
    });
  }

  it('says what was done', () => {
    const file = '.claude/settings.json';
    const end = 'Claude Code sessions that start from now on go by it.';
    assert.deepEqual(
      [
        describeChanges({ add: ['a'], remove: [] }, file),
        describeChanges({ add: ['a', 'b'], remove: ['c'] }, file),
        describeChanges({ add: [], remove: ['a', 'b', 'c', 'd'] }, file),
      ],
      [
        `a is denied in ${file}. ${end}`,
        `a, b are denied in ${file}. c is no longer denied in ${file}. ${end}`,
        `4 tools are no longer denied in ${file}. ${end}`,
      ],
    );
  });
});
