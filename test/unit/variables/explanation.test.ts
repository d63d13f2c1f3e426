import assert from 'node:assert/strict';
import { parseMcpConfig } from '../../../src/core/config/parseMcpConfig';
import { places, type PlaceId } from '../../../src/core/config/place';
import { unknownFiles, type FileFacts } from '../../../src/core/diagnostics/fileFacts';
import {
  environmentOf,
  sourceOf,
  unknownEnvironment,
} from '../../../src/core/variables/environment';
import { explainServer, type ExplainedField } from '../../../src/core/variables/explainServer';
import { formatExplanation } from '../../../src/core/variables/explanationReport';

const values: Readonly<Record<string, string>> = {
  FOO: 'hunter-one',
  EMPTY: '',
  NEST: 'pre-${FOO}-hunter-two',
  NEST_UNSET: 'hunter-three${hunter_four}',
  NEST_DEFAULT: '${hunter_four:-hunter-five}',
  NPM_TOKEN: 'hunter-six',
  OTEL_X: 'hunter-seven',
  DB_TOKEN: 'hunter-eight',
};
const environment = environmentOf([
  sourceOf('the environment', 'always', values),
  sourceOf('.claude/settings.json', 'sessions', { IN_SESSION: 'hunter-nine' }),
  sourceOf('.env', 'never', { IN_ENV: 'hunter-ten' }),
]);
const lookup = (name: string) => values[name];
const context = { environment, lookup, files: unknownFiles };

const token = `ghp_${'a1B2c3D4e5F6'.repeat(3)}`;

function explain(
  entry: object,
  place: PlaceId = 'project',
  files: FileFacts = unknownFiles,
): readonly ExplainedField[] {
  const config = parseMcpConfig(JSON.stringify({ mcpServers: { a: entry } }), places[place]);
  const [server] = config.servers;
  assert.ok(server);
  return explainServer(config, server, { ...context, files });
}

const remote = (value: string) =>
  explain({ type: 'http', url: 'https://h.example', headers: { 'X-A': value } })[1];
const local = (value: string) => explain({ command: 'x', args: [value] })[1];

interface Row {
  readonly written: string;
  readonly becomes: string;
  readonly notes: readonly string[];
}

const inHeaders: readonly Row[] = [
  { written: 'plain', becomes: 'plain', notes: [] },
  { written: 'a ${FOO} b', becomes: 'a ••• b', notes: ['`FOO` is set in the environment.'] },
  {
    written: '${NO:-d}',
    becomes: 'd',
    notes: ['`NO` is not set, so its default is used.'],
  },
  {
    written: '${NO}',
    becomes: '${NO}',
    notes: [
      '`NO` is not set, so the server gets the text `${NO}`. Set it where Claude Code starts, or give it a default.',
    ],
  },
  {
    written: '${IN_ENV}',
    becomes: '${IN_ENV}',
    notes: [
      '`IN_ENV` is not set, so the server gets the text `${IN_ENV}`. It is in .env, which Claude Code does not read: load it where Claude Code starts.',
    ],
  },
  {
    written: '${IN_SESSION:-d}',
    becomes: 'd',
    notes: [
      'The default of `IN_SESSION` is used; `IN_SESSION` is set in .claude/settings.json, which a trusted interactive session reads.',
    ],
  },
  {
    written: '${EMPTY:-d}',
    becomes: '',
    notes: [
      '`EMPTY` is set in the environment but empty, so nothing stands in its place; a default is not used. Give it a value, or unset it.',
    ],
  },
  {
    written: '${NPM_TOKEN:-d}',
    becomes: '',
    notes: [
      '`NPM_TOKEN` always reads as empty here: Claude Code does not send it to remote servers. Use a variable of your own, such as `MCP_NPM_TOKEN`.',
    ],
  },
  {
    written: '${NEST}',
    becomes: '•••',
    notes: [
      '`NEST` is set in the environment.',
      'The value of `NEST` refers to `FOO`, which is expanded too.',
      '`FOO` is set in the environment.',
    ],
  },
  {
    written: '${NO:-${FOO}}',
    becomes: '•••',
    notes: ['`FOO` is set in the environment.'],
  },
  // Nothing of a value is shown, not even what looks like a name in it.
  {
    written: '${NEST_UNSET}',
    becomes: '•••',
    notes: [
      '`NEST_UNSET` is set in the environment.',
      'The value of `NEST_UNSET` refers to a variable that is not set: it stays as it is.',
    ],
  },
  {
    written: '${NEST_DEFAULT}',
    becomes: '•••',
    notes: [
      'The value of `NEST_DEFAULT` refers to a variable that is not set: its default is used.',
    ],
  },
  {
    written: '${env:FOO}',
    becomes: '${env:FOO}',
    notes: [
      'Claude Code expands `${NAME}` and `${NAME:-default}` alone; any other form stays as it is.',
    ],
  },
];

describe('what a value becomes', () => {
  for (const { written, becomes, notes } of inHeaders) {
    it(`in a header: ${written}`, () => {
      const field = remote(written);
      assert.deepEqual(
        { becomes: field?.becomes, notes: field?.notes, written: field?.written },
        { becomes, notes, written },
      );
    });
  }

  it('in an argument: expanded once, and other names are kept back', () => {
    assert.deepEqual(
      ['${NO:-${FOO}}', '${NPM_TOKEN}', '${OTEL_X:-d}'].map((it) => [
        local(it)?.becomes,
        local(it)?.notes,
      ]),
      [
        ['${FOO}', ['`NO` is not set, so its default is used.']],
        ['•••', ['`NPM_TOKEN` is set in the environment.']],
        [
          '',
          [
            '`OTEL_X` reads as empty here: Claude Code keeps it for itself. Use a variable of your own, such as `MCP_OTEL_X`.',
          ],
        ],
      ],
    );
  });

  it('is masked where the file itself holds a credential, also as a default', () => {
    for (const written of [`Bearer ${token}`, `Bearer \${NO:-${token}}`]) {
      const [, field] = explain({
        type: 'http',
        url: 'https://h.example',
        headers: { Authorization: written },
      });
      assert.equal(field?.becomes, 'Bearer •••');
      assert.ok(!JSON.stringify(field).includes(token));
      assert.match(field?.notes.join() ?? '', /credential stands in the file/);
    }
  });

  it('of a headersHelper is left to its shell, which does not get every variable', () => {
    const headersHelper = 'sh ./get.sh $FOO ${DB_TOKEN} $CLAUDE_CODE_MCP_SERVER_URL';
    const script = { kind: 'file', text: 'curl "$NO" "${FOO:-x}"' } as const;
    const files = { look: (path: string) => (path === 'get.sh' ? script : undefined) };
    const entry = { type: 'http', url: 'https://h.example', headersHelper };
    const notesAt = (place: PlaceId) => explain(entry, place, files).at(-1)?.notes;
    assert.deepEqual(notesAt('project'), [
      'Claude Code expands nothing here: a shell runs it.',
      '`FOO` is set in the environment.',
      '`DB_TOKEN` is taken out of its environment, so it is empty here. Let the helper fetch the credential itself.',
      '`CLAUDE_CODE_MCP_SERVER_URL` is given by Claude Code.',
      '`NO` is not set, so it is empty here.',
    ]);
    assert.ok(notesAt('user')?.includes('`DB_TOKEN` is set in the environment.'));
  });

  it('of a headersHelper says the same as the hover of each variable', () => {
    const headersHelper = 'x $OTEL_X $CLAUDE_PLUGIN_ROOT';
    const entry = { type: 'http', url: 'https://h.example', headersHelper };
    const notesAt = (place: PlaceId) => explain(entry, place).at(-1)?.notes.slice(1);
    const isTaken = '`OTEL_X` is taken out of its environment, so it is empty here.';
    assert.deepEqual(notesAt('plugin'), [isTaken, '`CLAUDE_PLUGIN_ROOT` is given by Claude Code.']);
    assert.deepEqual(notesAt('user'), [
      isTaken,
      '`CLAUDE_PLUGIN_ROOT` is not set, so it is empty here.',
    ]);
  });

  it('names every field that Claude Code expands, and no other', () => {
    const fields = explain({
      command: 'x',
      args: ['a'],
      env: { A: '1' },
      headers: { B: '2' },
      url: 'x',
      cwd: 'c',
    });
    assert.deepEqual(
      fields.map(({ field }) => field),
      ['command', 'args[0]', 'env.A'],
    );
    const sent = explain({ type: 'sse', url: '${EMPTY}', headers: { B: '2' }, env: { A: '1' } });
    assert.deepEqual(
      sent.map(({ field }) => field),
      ['url', 'headers.B'],
    );
    assert.match(sent[0]?.notes.join(' ') ?? '', /does not connect/);
  });

  it('is not known where nothing can be told', () => {
    const config = parseMcpConfig('{"mcpServers":{"a":{"command":"${A}","args":["${B:-d}"]}}}');
    const [server] = config.servers;
    assert.ok(server);
    const nothing = {
      environment: unknownEnvironment,
      lookup: () => undefined,
      files: unknownFiles,
    };
    assert.deepEqual(
      explainServer(config, server, nothing).map(({ notes }) => notes),
      [
        ['Whether `A` is set is not known; unset, the server gets the text `${A}`.'],
        ['Whether `B` is set is not known; unset, its default is used.'],
      ],
    );
  });
});

describe('the document about it', () => {
  const format = (mcpServers: object, name?: string) => {
    const config = parseMcpConfig(JSON.stringify({ mcpServers }));
    const subject = { label: '.mcp.json', config, servers: config.servers };
    const whole = name === undefined ? subject : { ...subject, name };
    return formatExplanation(whole, context, () => 'It has no "type".');
  };

  it('has a table for each server, and the reason for one that does not load', () => {
    const text = format({
      a: { command: 'run', args: ['${FOO}'] },
      b: { url: 'https://h.example' },
    });
    assert.equal(
      text,
      [
        '# What the servers get',
        'From .mcp.json, as Claude Code would read it with the variables that are known here. Values of variables are hidden.',
        '## a',
        '| Field | As written | Becomes | Where it comes from |\n| --- | --- | --- | --- |\n| `command` | `run` | the same | The file. |\n| `args[0]` | `${FOO}` | `•••` | `FOO` is set in the environment. |',
        'The process also gets the environment of Claude Code, without `OTEL_*` and without tokens of Claude Code itself, and `CLAUDE_PROJECT_DIR` besides.',
        '## b',
        'Claude Code does not load this server. It has no "type".\n',
      ].join('\n\n'),
    );
  });

  it('is about one variable where one is named', () => {
    const servers = {
      a: { command: '${FOO}', args: ['${NO}'] },
      b: { command: 'y' },
      c: { type: 'http', url: 'https://h.example', headers: { A: '${NEST}' } },
    };
    const rows = format(servers, 'FOO')
      .split('\n')
      .filter((line) => line.startsWith('| `'));
    assert.deepEqual(
      rows.map((row) => row.split(' | ')[0]),
      ['| `command`', '| `headers.A`'],
    );
    assert.match(format(servers, 'OTHER'), /No server that loads refers to `OTHER`\.\n$/);
  });

  it('keeps hostile names and values in their cells', () => {
    const hostile = 'a|b`c``\n<img src=x>[l](command:x)$x$\u202e\\| https://evil.example';
    const text = format({
      [hostile]: { command: hostile, args: ['${NO:-`|}'], env: { [hostile]: '`' } },
    });
    const lines = text.split('\n');
    const rows = lines.filter((line) => line.startsWith('| '));
    // Between the bars of the table none is left without its backslash.
    assert.deepEqual(
      rows.map((row) => row.replace(/\\\|/g, '').split('|').length),
      rows.map(() => 6),
    );
    const code = rows
      .slice(2)
      .flatMap((row) => row.match(/(?<!`)(`+)(?!`)[^]*?(?<!`)\1(?!`)/g) ?? []);
    const outside = code.reduce((rest, span) => rest.replace(span, ''), rows.slice(2).join('\n'));
    assert.doesNotMatch(outside, /img|command:|evil|\u202e/);
    const title = lines.find((line) => line.startsWith('## '));
    assert.equal(
      title,
      '## a\\|b\\`c\\`\\` \\<img src=x>\\[l\\](command:x)\\$x\\$\\<U+202E>\\\\\\| https:/\\/evil.example',
    );
  });

  it('holds no value of any variable, whatever refers to what', () => {
    const names = [...Object.keys(values), 'IN_SESSION', 'IN_ENV'];
    const all = names.flatMap((name) => [
      `\${${name}}`,
      `\${${name}:-d}`,
      `\${NO:-\${${name}}}`,
      `x\${${name}}y\${FOO}`,
    ]);
    const headers = Object.fromEntries(all.map((value, index) => [`X-${index}`, value]));
    const text = format({
      a: { type: 'http', url: all.join(''), headers },
      b: { command: all.join(''), args: all, env: headers },
    });
    assert.doesNotMatch(text, /hunter/);
  });
});
