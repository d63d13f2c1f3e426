import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import manifest from '../../package.json';
import { allRules } from '../../src/core/diagnostics/rules/allRules';
import { bad, cli, configOf, folderWith, good, runCli } from './cliProcess';

const unset = configOf({
  docs: { type: 'http', url: 'https://mcp.example.com/${DOCS_PATH}' },
});

interface JsonReport {
  readonly version: number;
  readonly files: readonly {
    readonly path: string;
    readonly place: string;
    readonly findings: readonly { readonly rule: string; readonly message: string }[];
  }[];
}

function rulesIn(stdout: string): readonly string[] {
  const { files } = JSON.parse(stdout) as JsonReport;
  return files.flatMap(({ findings }) => findings.map(({ rule }) => rule));
}

describe('mcp-auth check', () => {
  it('exits with 0 where nothing is wrong, with 1 where something is', () => {
    const cwd = folderWith({ 'good/.mcp.json': good, 'bad/.mcp.json': bad });
    const codes = ['good', 'bad', 'good/.mcp.json', 'bad/.mcp.json', '.'].map(
      (path) => runCli(['check', path], { cwd }).code,
    );
    assert.deepEqual(codes, [0, 1, 0, 1, 1]);
  });

  it('fails from the chosen severity on', () => {
    const cwd = folderWith({ '.mcp.json': unset });
    const codes = ['error', 'warning', 'information', 'hint', 'never'].map(
      (level) => runCli(['check', '--fail-on', level], { cwd }).code,
    );
    assert.deepEqual(codes, [0, 1, 1, 1, 0]);
  });

  it('knows the variables of its process and of .env files, or says nothing of any', () => {
    const cwd = folderWith({ '.mcp.json': unset, 'ci.env': 'DOCS_PATH=mcp\n' });
    const found = (args: readonly string[], env = {}) =>
      rulesIn(runCli(['check', '--format', 'json', ...args], { cwd, env }).stdout);
    assert.deepEqual(
      {
        unset: found([]),
        set: found([], { DOCS_PATH: 'mcp' }),
        inFile: found(['--variables', 'ci.env']),
        inFileOfNode: found(['--env-file', 'ci.env']),
        unknown: found(['--no-env']),
      },
      { unset: ['variable-unset'], set: [], inFile: [], inFileOfNode: [], unknown: [] },
    );
  });

  it('says where it looked for a variable, which is not all that Claude Code reads', () => {
    const cwd = folderWith({ '.mcp.json': unset, 'ci.env': 'OTHER=1\n' });
    const { stdout } = runCli(['check', '--variables', 'ci.env'], { cwd });
    assert.match(stdout, /DOCS_PATH is not set in the environment of this command or in ci\.env; /);
    assert.match(stdout, /unless its own settings set it, /);
  });

  it('reads standard input under the name that it is given', () => {
    const cwd = folderWith({ 'plugin/.claude-plugin/plugin.json': '{}' });
    const check = (args: readonly string[], input: string) => {
      const { code, stdout } = runCli(['check', '--format', 'json', ...args, '-'], { cwd, input });
      const [file] = (JSON.parse(stdout) as JsonReport).files;
      return { code, path: file?.path, place: file?.place };
    };
    const bare = JSON.stringify({ docs: { type: 'http', url: 'https://mcp.example.com' } });
    assert.deepEqual(
      [
        check([], bad),
        check(['--stdin-filename', 'web/.mcp.json'], good),
        check(['--stdin-filename', 'plugin/.mcp.json'], bare),
        check(['--place', 'plugin'], bare),
      ],
      [
        { code: 1, path: '<stdin>', place: 'project' },
        { code: 0, path: 'web/.mcp.json', place: 'project' },
        { code: 0, path: 'plugin/.mcp.json', place: 'plugin' },
        { code: 0, path: '<stdin>', place: 'plugin' },
      ],
    );
  });

  it('reads standard input where it is given a name and nothing else is asked for', () => {
    const cwd = folderWith({});
    const args = ['check', '--stdin-filename', '.mcp.json'];
    assert.equal(runCli(args, { cwd, input: bad }).code, 1);
  });

  it('obeys nothing that a file of variables says to Node', () => {
    const cwd = folderWith({
      '.mcp.json': good,
      'ci.env': 'NODE_OPTIONS=--require ./taken.js\n',
      'taken.js': 'process.exit(7);',
    });
    assert.equal(runCli(['check', '--variables', 'ci.env'], { cwd }).code, 0);
  });

  it('takes severities and accepted problems from settings of VS Code', () => {
    const suppressed = [
      { file: 'a/.mcp.json', rule: 'server-type-missing', server: 'docs', reason: 'old client' },
    ];
    const cwd = folderWith({
      'a/.mcp.json': bad,
      'b/.mcp.json': bad,
      '.vscode/settings.json': `{ // a team's\n"mcpAuth.suppressed": ${JSON.stringify(suppressed)}, }`,
      'off.json': '{ "mcpAuth.rules": { "server-type-missing": "off" } }',
      'hint.json': '{ "mcpAuth.rules": { "server-type-missing": "hint" } }',
    });
    const check = (settings: string) => {
      const args = ['check', '--format', 'json', '--settings', settings];
      const { code, stdout } = runCli(args, { cwd });
      const { files } = JSON.parse(stdout) as JsonReport;
      return { code, counts: files.map(({ findings }) => findings.length) };
    };
    assert.deepEqual(
      [check('.vscode/settings.json'), check('off.json'), check('hint.json')],
      [
        { code: 1, counts: [0, 1] },
        { code: 0, counts: [0, 0] },
        { code: 0, counts: [1, 1] },
      ],
    );
  });
});

describe('the command line', () => {
  const cases: readonly (readonly [args: readonly string[], sentence: RegExp])[] = [
    [[], /^mcp-auth: a command is missing: use check, fix, rules or explain, /],
    [['chekc'], /^mcp-auth: there is no command "chekc": use check, /],
    [['check', '--colour'], /^mcp-auth: there is no option "--colour"; see "mcp-auth --help"\.$/m],
    [['check', '-x'], /^mcp-auth: there is no option "-x"; /],
    [['check', '--format'], /^mcp-auth: --format needs a value; /],
    [['check', '--format', '--no-env'], /^mcp-auth: --format needs a value; /],
    [
      ['check', '--format', 'xml'],
      /^mcp-auth: --format is text, json, sarif or github, not "xml"\.$/m,
    ],
    [
      ['check', '--fail-on', 'all'],
      /^mcp-auth: --fail-on is error, warning, information, hint or never, not "all"\.$/m,
    ],
    [
      ['check', '--place', 'home'],
      /^mcp-auth: --place is auto, project, plugin or user, not "home"\.$/m,
    ],
    [['check', '--no-env=1'], /^mcp-auth: --no-env takes no value; /],
    [['fix', '--format', 'json'], /^mcp-auth: "mcp-auth fix" has no option --format; /],
    [['check', 'gone'], /^mcp-auth: "gone" cannot be looked at: it is not there\.$/m],
    [
      ['check', '--settings', 'gone'],
      /^mcp-auth: the settings "gone" could not be read: it is not there\.$/m,
    ],
    [
      ['check', '--settings', 'broken.json'],
      /^mcp-auth: the settings "broken\.json" are not a JSON object\.$/m,
    ],
    [['check', '--settings', 'typo.json'], /names "secret-litteral", which is no rule; /],
    [
      ['check', '--variables', 'gone'],
      /^mcp-auth: the variables of "gone" could not be read: it is not there\.$/m,
    ],
    [
      ['check', '--settings', 'accepted.json'],
      /mcpAuth\.suppressed .* names "secret-litteral", which is no rule; /,
    ],
    [
      ['check', '--stdin-filename', 'x', '.'],
      /^mcp-auth: --stdin-filename names standard input, which is not among the paths: add -\.$/m,
    ],
    [['rules', 'x'], /^mcp-auth: "mcp-auth rules" does not take "x"; /],
    [['explain', 'url-insecure', 'x'], /^mcp-auth: "mcp-auth explain" does not take "x"; /],
    [
      ['explain', 'secrets'],
      /^mcp-auth: there is no rule "secrets"; "mcp-auth rules" lists them\.$/m,
    ],
  ];
  const cwd = folderWith({
    'broken.json': '{',
    'typo.json': '{ "mcpAuth.rules": { "secret-litteral": "off" } }',
    'accepted.json': '{ "mcpAuth.suppressed": [{ "rule": "secret-litteral", "reason": "r" }] }',
  });
  for (const [args, sentence] of cases) {
    it(`answers "${args.join(' ')}" with a sentence and 2`, () => {
      const { code, stdout, stderr } = runCli(args, { cwd });
      assert.deepEqual(
        { code, stdout, lines: stderr.split('\n').length },
        { code: 2, stdout: '', lines: 2 },
      );
      assert.match(stderr, sentence);
    });
  }

  it('ends quietly with 2 when its reader has gone', function () {
    const folder = folderWith({
      '.mcp.json': configOf(
        Object.fromEntries(Array.from({ length: 2000 }, (_, index) => [`s${index}`, { url: 'x' }])),
      ),
    });
    for (const format of ['text', 'json']) {
      const command = `"$0" "$1" check --format ${format} | head -1`;
      const { status, stderr } = spawnSync(
        'bash',
        ['-o', 'pipefail', '-c', command, process.execPath, cli],
        { cwd: folder, encoding: 'utf8' },
      );
      assert.deepEqual({ format, status, stderr }, { format, status: 2, stderr: '' });
    }
  });

  it('tells its version, its options and its rules', () => {
    const outputs = [
      ['--version'],
      ['check', '--help'],
      ['rules'],
      ['explain', 'url-insecure'],
    ].map((args) => runCli(args, { cwd }));
    const [version, help, list, page] = outputs.map(({ stdout }) => stdout);
    assert.deepEqual(
      outputs.map(({ code, stderr }) => ({ code, stderr })),
      outputs.map(() => ({ code: 0, stderr: '' })),
    );
    assert.equal(version, `${manifest.version}\n`);
    assert.match(help ?? '', /^Usage: mcp-auth check/);
    assert.deepEqual(
      list
        ?.trim()
        .split('\n')
        .map((line) => line.split(' ')[0]),
      allRules.map(({ id }) => id),
    );
    assert.match(list ?? '', /^url-insecure +warning +fixable +The URL is not encrypted\.$/m);
    assert.match(page ?? '', /^# url-insecure\n/);
  });

  it('lists in its help every option that it has', () => {
    const { stdout } = runCli(['--help'], { cwd });
    const options = ['format', 'fail-on', 'place', 'variables', 'no-env', 'settings', 'dry-run'];
    assert.deepEqual(
      [...options, 'stdin-filename', 'version'].filter((name) => !stdout.includes(`--${name}`)),
      [],
    );
  });
});
