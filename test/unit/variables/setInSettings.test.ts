import assert from 'node:assert/strict';
import { setInSettings } from '../../../src/core/variables/setInSettings';

/** What it is about, the file, the file afterwards or the reason. */
const rows: readonly (readonly [string, string, string])[] = [
  ['nothing', '', '{\n  "env": {\n    "N": "v"\n  }\n}\n'],
  ['an empty object', '{}', '{\n  "env": {\n    "N": "v"\n  }\n}'],
  [
    'comments and order',
    '{\n  // ours\n  "model": "m",\n  "env": {\n    "B": "1" // one\n  },\n  "z": 1\n}\n',
    '{\n  // ours\n  "model": "m",\n  "env": {\n    "N": "v",\n    "B": "1" // one\n  },\n  "z": 1\n}\n',
  ],
  ['tabs', '{\n\t"env": {\n\t\t"N": "old"\n\t}\n}', '{\n\t"env": {\n\t\t"N": "v"\n\t}\n}'],
  [
    'a byte order mark, CRLF and four spaces',
    '\uFEFF{\r\n    "env": {\r\n        "B": "1"\r\n    }\r\n}\r\n',
    '\uFEFF{\r\n    "env": {\r\n        "B": "1",\r\n        "N": "v"\r\n    }\r\n}\r\n',
  ],
  ['text that is no JSON', '{"env": {', 'it is not valid JSON'],
  ['a list', '[]', 'it is not a JSON object'],
  ['null', 'null', 'it is not a JSON object'],
  ['an env that is a list', '{"env": []}', 'its "env" is not an object'],
  ['an env that is null', '{"env": null}', 'its "env" is not an object'],
  ['a key twice', '{"env": {"N": "1"}, "env": {"N": "2"}}', 'it has the same key twice'],
];

describe("setting a variable in Claude Code's settings", () => {
  for (const [what, before, after] of rows) {
    it(`meets ${what}`, () => {
      const edit = setInSettings(before, 'N', 'v');
      assert.equal(edit.kind === 'written' ? edit.text : edit.reason, after);
    });
  }

  it('writes any value as JSON', () => {
    const value = '"\\\n\u2028$& ü';
    const edit = setInSettings('{"env":{}}', 'N', value);
    assert.ok(edit.kind === 'written');
    assert.deepEqual(JSON.parse(edit.text), { env: { N: value } });
  });
});
