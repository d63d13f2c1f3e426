import assert from 'node:assert/strict';
import { parseMcpConfig } from '../../../src/core/config/parseMcpConfig';
import { places } from '../../../src/core/config/place';
import type { Occurrence } from '../../../src/core/variables/occurrence';
import { occurrencesInConfig } from '../../../src/core/variables/occurrencesInConfig';
import { occurrencesInDotEnv } from '../../../src/core/variables/occurrencesInDotEnv';
import { occurrencesInProse } from '../../../src/core/variables/occurrencesInProse';
import { occurrencesInScript } from '../../../src/core/variables/occurrencesInScript';
import { occurrencesInSettings } from '../../../src/core/variables/occurrencesInSettings';
import { referenceSpotAt } from '../../../src/core/variables/referenceSpot';

/** Each occurrence between «», with what it is there for: `«NAME»expanded`. */
function drawn(text: string, occurrences: readonly Occurrence[]): string {
  let result = '';
  let behind = 0;
  for (const { name, range, use } of occurrences) {
    const end = range.offset + range.length;
    assert.equal(text.slice(range.offset, end), name);
    result += `${text.slice(behind, range.offset)}«${name}»${use.kind}`;
    behind = end;
  }
  return result + text.slice(behind);
}

function readConfig(text: string, place: keyof typeof places = 'project') {
  return parseMcpConfig(text, places[place]);
}

const remote = (fields: string) =>
  `{"mcpServers": {"a": {"type": "http", "url": "https://h.example", ${fields}}}}`;

describe('the variables of a configuration', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ['in a header', '"headers": {"A": "Bearer ${T}"}', '"headers": {"A": "Bearer ${«T»expanded}"}'],
    [
      'with a default',
      '"headers": {"A": "${T:-d} ${U:-}"}',
      '"headers": {"A": "${«T»expanded:-d} ${«U»expanded:-}"}',
    ],
    [
      'within a default of a header, which is expanded twice',
      '"headers": {"A": "x ${T:-${U}}"}',
      '"headers": {"A": "x ${«T»expanded:-${«U»expanded}}"}',
    ],
    [
      'behind escapes and characters outside of ASCII',
      '"headers": {"A": "\\"ä\\u00e9😀\\t${T}"}',
      '"headers": {"A": "\\"ä\\u00e9😀\\t${«T»expanded}"}',
    ],
    [
      'as it is not expanded',
      '"oauth": {"clientId": "${T}"}',
      '"oauth": {"clientId": "${«T»literal}"}',
    ],
    ['of a field that is not read', '"args": ["${T}"]', '"args": ["${«T»literal}"]'],
    [
      'that its helper reads',
      '"headersHelper": "printf \\"$A ${B:-x} $(cat \\\\\\"$C\\\\\\")\\" \'$D\'"',
      '"headersHelper": "printf \\"$«A»helper ${«B»helper:-x} $(cat \\\\\\"$«C»helper\\\\\\")\\" \'$D\'"',
    ],
    [
      'in no other syntax',
      '"headers": {"A": "$T ${T-d} ${env:T} %T%"}',
      '"headers": {"A": "$T ${T-d} ${env:T} %T%"}',
    ],
  ];
  for (const [title, text, expected] of cases) {
    it(title, () => {
      const whole = remote(text);
      assert.equal(drawn(whole, occurrencesInConfig(readConfig(whole))), remote(expected));
    });
  }

  it('with line ends of Windows and a byte order mark', () => {
    const text = '\uFEFF{\r\n"mcpServers": {"a": {\r\n"command": "x", "env": {"T": "${T}"}}}}\r\n';
    assert.equal(
      drawn(text, occurrencesInConfig(readConfig(text))),
      text.replace('${T}', '${«T»expanded}'),
    );
  });

  it('of a text that is not complete', () => {
    const text = '{"mcpServers": {"a": {"command": "x", "args": ["${T}", "${';
    assert.match(drawn(text, occurrencesInConfig(readConfig(text))), /«T»expanded/);
  });
});

describe('the reference that is being written', () => {
  /** `|` is the cursor; the answer is what would be replaced, and whether `}` is missing. */
  const cases: readonly (readonly [string, string])[] = [
    ['"headers": {"A": "Bearer ${|"}', 'header "" open'],
    ['"headers": {"A": "Bearer ${|}"}', 'header "" closed'],
    ['"headers": {"A": "${FO|O}"}', 'header "FOO" closed'],
    ['"headers": {"A": "${FO|O:-d}"}', 'header "FOO" closed'],
    ['"headers": {"A": "${FO|O-d}"}', 'header "FOO" open'],
    ['"headers": {"A": "\\"\\\\${F| x"}', 'header "F" open'],
    ['"headers": {"A": "${A:-${B|}"}', 'header "B" closed'],
    ['"headers": {"A": "$|{"}', 'none'],
    ['"headers": {"A": "${A}|"}', 'none'],
    ['"headers": {"A": "${A:-|}"}', 'none'],
    ['"headers": {"${|": "x"}', 'none'],
    ['"oauth": {"clientId": "${|}"}', 'none'],
    ['"headersHelper": "echo ${|}"', 'none'],
    ['"timeout": "${|}"', 'none'],
  ];
  for (const [text, expected] of cases) {
    it(text, () => {
      const marked = remote(text);
      const offset = marked.indexOf('|');
      const config = readConfig(marked.replace('|', ''));
      const spot = referenceSpotAt(config, offset);
      const { offset: start = 0, length = 0 } = spot?.whole ?? {};
      assert.equal(
        spot
          ? `${spot.target} "${config.text.slice(start, start + length)}" ${spot.isOpen ? 'open' : 'closed'}`
          : 'none',
        expected,
      );
    });
  }

  it('within the default of an argument is none: it is not expanded there', () => {
    const text = '{"mcpServers": {"a": {"command": "x", "args": ["${A:-${}"]}}}';
    assert.equal(referenceSpotAt(readConfig(text), text.lastIndexOf('${') + 2), undefined);
  });
});

describe('the variables of a .env', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['A=1\nB=2', '«A»definition=1\n«B»definition=2'],
    [
      '\uFEFF export e = x\r\nexport  B=$e\r\n',
      '\uFEFF export «e»definition = x\r\nexport  «B»definition=$«e»value\r\n',
    ],
    ['A="${B}-$C \\$D"\n', '«A»definition="${«B»value}-$«C»value \\$D"\n'],
    ["A='$B'\nC=A\n", "«A»definition='$B'\n«C»definition=A\n"],
    ['# A=1\n#B=\n# about C = x\n', '# «A»mention=1\n#«B»mention=\n# about C = x\n'],
    ['A=1 # B=2\nC="x\n# D=1\n"\n', '«A»definition=1 # B=2\n«C»definition="x\n# D=1\n"\n'],
    ['Ä=1\nA=ä\n', 'Ä=1\n«A»definition=ä\n'],
  ];
  for (const [text, expected] of cases) {
    it(JSON.stringify(text), () => assert.equal(drawn(text, occurrencesInDotEnv(text)), expected));
  }
});

describe('the variables of settings', () => {
  const cases: readonly (readonly [string, string])[] = [
    [
      '{"env": {"A": "1", "B": 2}, "x": {"env": {"C": ""}}}',
      '{"env": {"«A»definition": "1", "«B»definition": 2}, "x": {"env": {"C": ""}}}',
    ],
    [
      '// ours\r\n{"env": {"ä": "", "A": "",}}',
      '// ours\r\n{"env": {"«ä»definition": "", "«A»definition": "",}}',
    ],
    ['{"env": ["A"]}', '{"env": ["A"]}'],
    ['', ''],
  ];
  for (const [text, expected] of cases) {
    it(JSON.stringify(text), () =>
      assert.equal(drawn(text, occurrencesInSettings(text)), expected),
    );
  }
});

describe('the variables that a script has from its environment', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ['every way to read', 'x.sh', 'echo "$A" ${B} ${C:-x} ${#D} $1 \'$E\' \\$F'],
    ['what is set here is its own', 'x.sh', 'T=$(cat f)\necho "$T"'],
    ['what is read first is not', 'x.sh', 'A=${A:-x}\nexport A\necho "$A"'],
    ['nor what is exported', 'x.sh', 'export A\nexport B="$B"\nunset C'],
    ['before a command it is the command’s', 'x.sh', 'GH_TOKEN="$T" gh auth token'],
    [
      'loops and read set names',
      'x.sh',
      'for f in *; do echo $f; done\nread -r line; echo $line $A',
    ],
    ['here-documents', 'x.sh', 'cat <<E\n{"A": "$A"}\nE\ncat <<\'E\'\n$B\nE\n'],
    [
      'Python',
      'x.py',
      'import os\na = os.environ["A"] + os.environ.get(\'B\', "d") + os.getenv("C")\nif "D" in os.environ: pass # os.getenv("E")\nprint("os.environ[F]")',
    ],
    [
      'JavaScript',
      'x.mjs',
      'const a = process.env.A ?? process.env["B"] + process.env?.C; // process.env.D\nconst { E, F: f, G = "x" } = process.env;\nconst { H } = process.env.I;',
    ],
    ['another language', 'x.rb', 'ENV["A"]'],
  ];
  const found: readonly string[] = [
    'A B C D',
    '',
    'A A A A',
    'A B B C',
    'T',
    'A',
    'A',
    'A B C D',
    'A B C E F G I',
    '',
  ];
  cases.forEach(([title, fileName, text], index) => {
    it(title, () => {
      const occurrences = occurrencesInScript(text, fileName);
      drawn(text, occurrences);
      assert.equal(occurrences.map(({ name }) => name).join(' '), found[index]);
    });
  });

  it('a constant of the same name keeps it', () => {
    const text = 'const { E, F: f, G = "x" } = process.env;';
    assert.deepEqual(
      occurrencesInScript(text, 'x.mjs').map(({ name, isShorthand = false }) => [
        name,
        isShorthand,
      ]),
      [
        ['E', true],
        ['F', false],
        ['G', true],
      ],
    );
  });
});

describe('the variables of a README', () => {
  const names = new Set(['MY_TOKEN', 'TOKEN', 'token']);
  const cases: readonly (readonly [string, string])[] = [
    ['Set MY_TOKEN. MY_TOKEN_2, XMY_TOKEN', 'Set «MY_TOKEN»mention. MY_TOKEN_2, XMY_TOKEN'],
    ['A token is a TOKEN.', 'A token is a TOKEN.'],
    [
      '`TOKEN` $token ${TOKEN} TOKEN=x',
      '`«TOKEN»mention` $«token»mention ${«TOKEN»mention} «TOKEN»mention=x',
    ],
    ['OTHER_NAME', 'OTHER_NAME'],
  ];
  for (const [text, expected] of cases) {
    it(text, () => assert.equal(drawn(text, occurrencesInProse(text, names)), expected));
  }
});
