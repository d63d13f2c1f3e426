import assert from 'node:assert/strict';
import { changeDenyRules, readDenyRules } from '../../../src/core/denyTools/changeDenyRules';

const lines = (...parts: readonly string[]) => `${parts.join('\n')}\n`;

/** What it is about, the file, what is added, what is removed, the file afterwards or the reason. */
const rows: readonly (readonly [string, string, string, string, string])[] = [
  [
    'no file',
    '',
    'a b',
    '',
    lines(
      '{',
      '  "permissions": {',
      '    "deny": [',
      '      "a",',
      '      "b"',
      '    ]',
      '  }',
      '}',
    ),
  ],
  [
    'permissions without deny',
    lines('{', '  "model": "m",', '  "permissions": {', '    "allow": ["x"]', '  }', '}'),
    'a',
    '',
    lines(
      '{',
      '  "model": "m",',
      '  "permissions": {',
      '    "allow": ["x"],',
      '    "deny": [',
      '      "a"',
      '    ]',
      '  }',
      '}',
    ),
  ],
  [
    'rules of others',
    lines('{', '\t"permissions": {', '\t\t"deny": [', '\t\t\t"x"', '\t\t]', '\t}', '}'),
    'a',
    '',
    lines(
      '{',
      '\t"permissions": {',
      '\t\t"deny": [',
      '\t\t\t"x",',
      '\t\t\t"a"',
      '\t\t]',
      '\t}',
      '}',
    ),
  ],
  [
    'a rule that is there',
    '{"permissions": {"deny": ["a"]}}',
    'a',
    '',
    '{"permissions": {"deny": ["a"]}}',
  ],
  [
    'comments, when something is added',
    lines('{', '  "permissions": {', '    "deny": [', '      "x" // why', '    ]', '  }', '}'),
    'a',
    '',
    lines(
      '{',
      '  "permissions": {',
      '    "deny": [',
      '      "a",',
      '      "x" // why',
      '    ]',
      '  }',
      '}',
    ),
  ],
  [
    'comments, when the last is removed',
    lines(
      '{',
      '  "permissions": {',
      '    "deny": [',
      '      "x", // why, x',
      '      "a"',
      '    ]',
      '  }',
      '}',
    ),
    '',
    'a',
    lines('{', '  "permissions": {', '    "deny": [', '      "x" // why, x', '    ]', '  }', '}'),
  ],
  [
    'comments, when the first is removed',
    lines(
      '{',
      '  "permissions": {',
      '    "deny": [',
      '      // ours',
      '      "a",',
      '      "x" // why',
      '    ]',
      '  }',
      '}',
    ),
    '',
    'a',
    lines(
      '{',
      '  "permissions": {',
      '    "deny": [',
      '      // ours',
      '      "x" // why',
      '    ]',
      '  }',
      '}',
    ),
  ],
  [
    'a comment of the rule itself, which stays',
    lines('{"permissions": {"deny": [', '  "a", // theirs', '  "x"', ']}}'),
    '',
    'a',
    lines('{"permissions": {"deny": [', '  // theirs', '  "x"', ']}}'),
  ],
  [
    'one line',
    '{"permissions": {"deny": ["x", "a", "y"]}}',
    '',
    'a',
    '{"permissions": {"deny": ["x", "y"]}}',
  ],
  [
    'the last on one line',
    '{"permissions": {"deny": ["x", "a"]}}',
    '',
    'a',
    '{"permissions": {"deny": ["x"]}}',
  ],
  ['the only one', '{"permissions": {"deny": ["a"]}}', '', 'a', '{"permissions": {"deny": []}}'],
  [
    'a rule that stands there twice',
    '{"permissions": {"deny": ["a", "x", "a"]}}',
    '',
    'a',
    '{"permissions": {"deny": ["x"]}}',
  ],
  [
    'several, and one in exchange',
    lines('{"permissions": {"deny": [', '  "a",', '  "x",', '  "b"', ']}}'),
    'c',
    'a b',
    lines('{"permissions": {"deny": [', '  "x",', '  "c"', ']}}'),
  ],
  [
    'a byte order mark and CRLF',
    '\uFEFF{\r\n  "permissions": {\r\n    "deny": [\r\n      "x",\r\n      "b"\r\n    ]\r\n  }\r\n}\r\n',
    'a',
    'b',
    '\uFEFF{\r\n  "permissions": {\r\n    "deny": [\r\n      "x",\r\n      "a"\r\n    ]\r\n  }\r\n}\r\n',
  ],
  ['text that is no JSON', '{"permissions": {', 'a', '', 'it is not valid JSON'],
  ['a list', '[]', 'a', '', 'it is not a JSON object'],
  [
    'permissions that are a list',
    '{"permissions": []}',
    'a',
    '',
    'its "permissions" is not an object',
  ],
  [
    'a deny that is text',
    '{"permissions": {"deny": "x"}}',
    'a',
    '',
    'its "permissions.deny" is not a list of strings',
  ],
  [
    'a deny with a number',
    '{"permissions": {"deny": [1]}}',
    'a',
    '',
    'its "permissions.deny" is not a list of strings',
  ],
  [
    'a key twice',
    '{"permissions": {"deny": ["x"]}, "permissions": {"deny": ["y"]}}',
    'a',
    '',
    'it has the same key twice',
  ],
];

describe("changing permissions.deny in Claude Code's settings", () => {
  const split = (rules: string) => rules.split(' ').filter((rule) => rule !== '');
  for (const [what, before, add, remove, after] of rows) {
    it(`meets ${what}`, () => {
      const edit = changeDenyRules(before, { add: split(add), remove: split(remove) });
      assert.equal(edit.kind === 'written' ? edit.text : edit.reason, after);
    });
  }

  it('reads the rules, and none where there is nothing', () => {
    assert.deepEqual(readDenyRules('\uFEFF{"permissions": {"deny": ["a", "b"]}}'), ['a', 'b']);
    assert.deepEqual([readDenyRules(''), readDenyRules('{"permissions": {}}')], [[], []]);
  });
});
