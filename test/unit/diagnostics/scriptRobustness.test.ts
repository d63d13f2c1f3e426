import assert from 'node:assert/strict';
import { applyEdits, rangeEnd } from '../../../src/core/base/range';
import { findScriptFindings } from '../../../src/core/diagnostics/findScriptFindings';
import { createRandom } from '../../support/random';
import { readScriptFixtures } from '../../support/ruleFixtures';

const names = ['a.sh', 'a.py', 'a.mjs'];

function walk(text: string, fileName: string): void {
  for (const { fixes, range } of findScriptFindings(text, { fileName })) {
    assert.ok(range.offset >= 0 && range.length > 0 && rangeEnd(range) <= text.length);
    fixes?.().forEach(({ edits }) => applyEdits(text, edits));
  }
}

describe('any script gives an answer', () => {
  const fixtures = readScriptFixtures();

  it('when it stops at any character', function () {
    this.timeout(60_000);
    for (const { text, fileName } of fixtures) {
      for (let end = 0; end <= text.length; end++) {
        walk(text.slice(0, end), fileName);
      }
    }
  });

  it('when characters are lost, doubled or exchanged', function () {
    this.timeout(60_000);
    const random = createRandom(1);
    const strange = [
      '"',
      "'",
      '`',
      '$(',
      '${',
      '<<E\n',
      '\\',
      '\n',
      ')',
      '}',
      '|',
      '\u0000',
      '\ud800',
    ];
    for (let round = 0; round < 2000; round++) {
      const { text = '', fileName = '' } = fixtures[random(fixtures.length)] ?? {};
      const at = random(text.length);
      const inserted = strange[random(strange.length)] ?? '';
      walk(text.slice(0, at) + inserted + text.slice(at + random(3)), fileName);
    }
  });

  it('in linear time, whatever comes again and again', function () {
    this.timeout(60_000);
    const parts = [
      ...[
        '{\n',
        '$(',
        '`',
        '"$(" ',
        '${a:-',
        'cat <<A <<B\n',
        'A=$(curl x)\n',
        'A=(',
        '$A ',
        'a|',
        'a && ',
      ],
      ...[
        'case a in\n',
        '(',
        ') ',
        'echo "$TOKEN" > /tmp/x\n',
        'echo \'{"a": 3}\'\n',
        'curl -x ',
        'set -x\n',
      ],
      ...[
        'print(',
        'print(json.dumps({"a": 3}))\n',
        'f"{token}',
        '"""',
        'os.environ["',
        'open("token","w")',
      ],
      ...[
        'console.log(',
        'fetch(',
        '/*',
        '`${',
        '= /',
        'const a = {',
        'process.env.',
        'setTimeout(',
      ],
    ];
    for (const part of parts) {
      for (const fileName of names) {
        walk(part.repeat(100_000 / part.length), fileName);
      }
    }
  });
});

describe('a finding of a script', () => {
  const text = '#!/bin/sh\nsleep 15\n';

  it('has the severity of its rule, or the one that was chosen', () => {
    const severities = [
      {},
      { 'helper-slower-than-limit': 'hint' },
      { 'helper-slower-than-limit': 'off' },
    ] as const;
    assert.deepEqual(
      severities.map((settings) =>
        findScriptFindings(text, { fileName: 'a', settings }).map(({ severity }) => severity),
      ),
      [['warning'], ['hint'], []],
    );
  });

  it('is gone when it is accepted', () => {
    const suppressions = [{ rule: 'helper-slower-than-limit', reason: 'a demo' }];
    assert.deepEqual(findScriptFindings(text, { fileName: 'a', suppressions }), []);
  });

  it('never shows the credential that it is about', () => {
    const secret = '3f9d2b7c81e64a05b6d7f0a2c9e8135d';
    const findings = findScriptFindings(`API_KEY=${secret}\n`, { fileName: 'a.sh' });
    assert.deepEqual(
      findings.map(({ rule, message }) => [rule, message.includes(secret.slice(0, 5))]),
      [['helper-secret-literal', false]],
    );
  });
});
