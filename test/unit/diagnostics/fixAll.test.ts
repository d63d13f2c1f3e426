import assert from 'node:assert/strict';
import { applyEdits, type TextEdit } from '../../../src/core/base/range';
import { composeEdits } from '../../../src/core/base/composeEdits';
import { places } from '../../../src/core/config/place';
import { fixAll } from '../../../src/core/diagnostics/fixAll';
import { fixtureEnvironment, readRuleFixtures } from '../../support/ruleFixtures';

function edit(offset: number, length: number, newText: string): TextEdit {
  return { range: { offset, length }, newText };
}

describe('several rounds of edits as one', () => {
  const cases: readonly [
    title: string,
    rounds: readonly (readonly TextEdit[])[],
    composed: readonly TextEdit[],
  ][] = [
    ['of none are none', [], []],
    ['of one are those', [[edit(2, 1, 'X')]], [edit(2, 1, 'X')]],
    [
      'apart stay apart',
      [[edit(0, 1, 'XY')], [edit(6, 1, '')]],
      [edit(0, 1, 'XY'), edit(5, 1, '')],
    ],
    ['within what came in', [[edit(2, 2, 'XYZ')], [edit(3, 1, '')]], [edit(2, 2, 'XZ')]],
    ['over an edge of it', [[edit(2, 0, 'XYZ')], [edit(4, 3, '-')]], [edit(2, 2, 'XY-')]],
    ['that take it away', [[edit(2, 0, 'XYZ')], [edit(2, 3, '')]], []],
    ['at the end', [[edit(8, 0, 'X')], [edit(9, 0, 'Y')]], [edit(8, 0, 'XY')]],
  ];
  for (const [title, rounds, composed] of cases) {
    it(title, () => {
      const text = 'abcdefgh';
      assert.deepEqual(composeEdits(text, rounds), composed);
      assert.equal(applyEdits(text, composed), rounds.reduce(applyEdits, text));
    });
  }
});

describe('fix all', () => {
  const options = { environment: fixtureEnvironment };

  it('gives edits that lead to its text, and leaves nothing that is safe to fix', () => {
    for (const { rule, name, text } of readRuleFixtures()) {
      const fixed = fixAll(text, places.project, options);
      assert.equal(applyEdits(text, fixed.edits), fixed.text, `${rule}/${name}`);
      const again = fixAll(fixed.text, places.project, options);
      assert.deepEqual([again.count, again.edits], [0, []], `${rule}/${name}`);
    }
  });

  it('repairs what a repair uncovers, and touches no other character', () => {
    const text =
      '{\r\n  "mcpServers": { "a": { "url": "https://h.example/mcp", "timeout": 5000, } }\r\n}';
    const fixed = fixAll(text, places.project);
    const expected = text.replace('5000,', '5000').replace('"url"', '"type": "http", "url"');
    assert.equal(fixed.text.replace(/\s/g, ''), expected.replace(/\s/g, ''));
    assert.ok(fixed.edits.every(({ range }) => range.length < 12));
  });

  it('keeps the comments that people wrote', () => {
    const text = '{\n  // ours\n  "mcpServers": { "a": { "url": "https://h.example/mcp" } }\n}';
    const fixed = fixAll(text, places.project);
    assert.equal(fixed.text, text.replace('"url"', '"type": "http", "url"'));
  });

  it('indents alike what comes in while the servers move', () => {
    const text = '{\n  "gh": {\n    "url": "https://h.example/mcp"\n  }\n}\n';
    assert.equal(
      fixAll(text, places.project).text,
      '{\n  "mcpServers": {\n    "gh": {\n      "type": "http",\n      "url": "https://h.example/mcp"\n    }\n  }\n}\n',
    );
  });

  it('of one rule leaves the others', () => {
    const text =
      '{"mcpServers": {"a": {"url": "https://h.example"}, "b": {"command": "x", "args": [1]}}}';
    const only = fixAll(text, places.project, { rule: 'field-type-wrong' });
    assert.deepEqual([only.text, only.count], [text.replace('[1]', '["1"]'), 1]);
    assert.match(fixAll(text, places.project).text, /"type".+\["1"\]/);
  });

  it('leaves what a person turned off or accepts', () => {
    const text = '{"mcpServers": {"a": {"url": "https://h.example"}}}';
    const off = { settings: { 'server-type-missing': 'off' } } as const;
    const accepted = { suppressions: [{ rule: 'server-type-missing', reason: 'r' }] };
    assert.equal(fixAll(text, places.project, off).text, text);
    assert.equal(fixAll(text, places.project, accepted).text, text);
  });
});
