import assert from 'node:assert/strict';
import type { Log } from 'sarif';
import manifest from '../../package.json';
import { allRules } from '../../src/core/diagnostics/rules/allRules';
import { bad, configOf, folderWith, runCli } from './cliProcess';

const formats = ['text', 'json', 'sarif', 'github'];

/** Credentials of many kinds, in places that rules report and in places that they do not. */
const canaries = [
  'ghp_Zk3vQ9mTnB7xWc2LdR8sYh5JpA4gFe6uKo1N',
  'hunter2Tq9vLm',
  'Xw7Rk2Pz9Qm4Vt8Ln3Bs',
  'sk-ant-api03-Qk8vZ2mXp4Lr7Tn9Ws3Yd6Bf1Hg5Jc0Ve',
  'k9X2mQ7pL4vR8tW3',
];
const [github = '', password = '', key = '', anthropic = '', query = ''] = canaries;

describe('the output of mcp-auth check', () => {
  it('in text shows each problem with its line', () => {
    const cwd = folderWith({ 'web/.mcp.json': bad });
    const { stdout } = runCli(['check'], { cwd });
    assert.equal(
      stdout,
      [
        'web/.mcp.json',
        '  3:5  error  This server will not load: it has a url but no type. Add "type": "http".  server-type-missing',
        '  3 │     "docs": {',
        '    │     ^^^^^^',
        '',
        '1 problem in 1 file: 1 error. "mcp-auth fix" repairs 1.',
        '',
      ].join('\n'),
    );
  });

  it('in text is coloured where that is asked for', () => {
    const cwd = folderWith({ '.mcp.json': bad });
    const isColoured = (env: Readonly<Record<string, string>>) =>
      runCli(['check'], { cwd, env }).stdout.includes('\u001b[31merror');
    assert.deepEqual(
      [isColoured({}), isColoured({ FORCE_COLOR: '1' }), isColoured({ FORCE_COLOR: '0' })],
      [false, true, false],
    );
  });

  it('in JSON is what programs rely on', () => {
    const cwd = folderWith({
      '.mcp.json':
        '{ "mcpServers": {\r\n  "a": { "url": "https://x.example" },\r\n  "b": { "type": "http", "url": "https://x.example/${PATH_OF_B}" } } }',
    });
    const { stdout } = runCli(['check', '--format', 'json'], { cwd });
    assert.deepEqual(JSON.parse(stdout), {
      version: 1,
      files: [
        {
          path: '.mcp.json',
          place: 'project',
          servers: [
            { name: 'a', transport: 'http', method: 'OAuth', loads: false },
            { name: 'b', transport: 'http', method: 'OAuth', loads: true },
          ],
          findings: [
            {
              rule: 'server-type-missing',
              category: 'loading',
              severity: 'error',
              message: 'This server will not load: it has a url but no type. Add "type": "http".',
              server: 'a',
              variables: [],
              jsonPath: ['mcpServers', 'a'],
              start: { line: 1, character: 2 },
              end: { line: 1, character: 5 },
              fixable: true,
            },
            {
              rule: 'variable-unset',
              category: 'variables',
              severity: 'warning',
              message:
                'PATH_OF_B is not set in the environment of this command; unless its own settings set it, Claude Code does not expand ${PATH_OF_B} and sends the text as it is. Set it before Claude Code starts, or add a default: ${PATH_OF_B:-…}.',
              server: 'b',
              variables: ['PATH_OF_B'],
              jsonPath: ['mcpServers', 'b', 'url'],
              start: { line: 2, character: 51 },
              end: { line: 2, character: 63 },
              fixable: false,
            },
          ],
        },
      ],
    });
  });

  it('in SARIF says where and how to repair it, relative to the folder', () => {
    const cwd = folderWith({ 'a b/ü,#.json': bad });
    const { code, stdout } = runCli(['check', '--format', 'sarif', 'a b/ü,#.json'], { cwd });
    const log = JSON.parse(stdout) as Log;
    const [run] = log.runs;
    const descriptors = run?.tool.driver.rules ?? [];
    const artifactLocation = { uri: 'a%20b/%C3%BC%2C%23.json', uriBaseId: '%SRCROOT%' };
    assert.equal(code, 1);
    assert.deepEqual(
      { version: log.version, columnKind: run?.columnKind, invocations: run?.invocations },
      {
        version: '2.1.0',
        columnKind: 'utf16CodeUnits',
        invocations: [{ executionSuccessful: true, toolExecutionNotifications: [] }],
      },
    );
    assert.equal(run?.tool.driver.semanticVersion, manifest.version);
    assert.deepEqual(
      descriptors.map(({ id }) => id),
      allRules.map(({ id }) => id),
    );
    assert.deepEqual(
      descriptors.filter(
        ({ help, shortDescription }) => !help?.markdown || !shortDescription?.text,
      ),
      [],
    );
    const [result] = run?.results ?? [];
    assert.equal(descriptors[result?.ruleIndex ?? -1]?.id, result?.ruleId);
    assert.deepEqual(
      { ...result, ruleIndex: undefined, partialFingerprints: undefined },
      {
        ruleId: 'server-type-missing',
        ruleIndex: undefined,
        level: 'error',
        message: {
          text: 'This server will not load: it has a url but no type. Add "type": "http".',
        },
        locations: [
          {
            physicalLocation: {
              artifactLocation,
              region: { startLine: 3, startColumn: 5, endLine: 3, endColumn: 11 },
            },
            logicalLocations: [{ name: 'docs', fullyQualifiedName: '/mcpServers/docs' }],
          },
        ],
        partialFingerprints: undefined,
        fixes: [
          {
            description: { text: 'Add "type": "http"' },
            artifactChanges: [
              {
                artifactLocation,
                replacements: [
                  {
                    deletedRegion: { startLine: 4, startColumn: 7, endLine: 4, endColumn: 7 },
                    insertedContent: { text: '"type": "http",\n      ' },
                  },
                ],
              },
            ],
          },
        ],
      },
    );
  });

  it('in SARIF has a fingerprint that stays when the file changes around it', () => {
    const fingerprintsOf = (text: string) => {
      const cwd = folderWith({ '.mcp.json': text });
      const log = JSON.parse(runCli(['check', '--format', 'sarif'], { cwd }).stdout) as Log;
      return log.runs[0]?.results?.map(({ partialFingerprints }) => partialFingerprints);
    };
    const withToken = (token: string) =>
      configOf({
        docs: { type: 'http', url: 'https://x.example', headers: { 'X-Api-Key': token } },
      });
    assert.deepEqual(
      fingerprintsOf(withToken(github)),
      fingerprintsOf(`\n\n${withToken(anthropic)}`),
    );
    assert.notDeepEqual(fingerprintsOf(withToken(github)), fingerprintsOf(bad));
  });

  it('in SARIF says what could not be checked', () => {
    const cwd = folderWith({ '.mcp.json': bad });
    const { code, stdout } = runCli(['check', '--format', 'sarif', 'gone', '.'], { cwd });
    const [run] = (JSON.parse(stdout) as Log).runs;
    assert.deepEqual(
      { code, results: run?.results?.length, invocations: run?.invocations },
      {
        code: 2,
        results: 1,
        invocations: [
          {
            executionSuccessful: false,
            toolExecutionNotifications: [
              {
                level: 'error',
                message: { text: '"gone" cannot be looked at: it is not there.' },
              },
            ],
          },
        ],
      },
    );
  });

  it('for GitHub is workflow commands, whatever the names are', () => {
    const cwd = folderWith({
      'a,b: 100%.json': configOf({ '50%\r\n::stop': { type: 'nope', url: 'https://x.example' } }),
      'long.json': '{ "servers": {} }',
    });
    const { stdout } = runCli(['check', '--format', 'github', 'a,b: 100%.json', 'long.json'], {
      cwd,
    });
    const lines = stdout.trimEnd().split('\n');
    assert.match(
      lines.find((line) => line.startsWith('::error')) ?? '',
      /^::error file=a%2Cb%3A 100%25\.json,line=4,endLine=4,col=15,endColumn=21,title=server-type-unknown::[^\r\n]+$/,
    );
    assert.match(
      lines.at(-1) ?? '',
      /^::error file=long\.json,line=1,endLine=1,col=3,endColumn=12,title=servers-key-missing::/,
    );
    assert.equal(lines.length, 3);
  });

  it('never holds a credential, wherever it stands', () => {
    const text = configOf({
      [github]: { url: `https://user:${password}@x.example/?api_key=${query}` },
      docs: {
        type: 'http',
        url: `https://x.example/\${${github}}`,
        headers: { Authorization: `Bearer ${key}`, [anthropic]: '$TOKEN' },
      },
      local: {
        command: 'npx',
        args: ['-y', 'server', '--token', key, `--password=${password}`],
        env: { PASSWORD: password, URL: `http://x.example/?token=${query}` },
        token: anthropic,
        cwd: 1,
      },
    });
    const parsed = JSON.parse(text) as Readonly<Record<string, unknown>>;
    const cwd = folderWith({
      'pretty.json': text,
      'minified.json': JSON.stringify({ apiKey: anthropic, ...parsed, password }),
      'broken.json': `// token: ${github}\n${text.replace('"Authorization":', "'Authorization' ")}`,
      'unquoted.json': text.replace(`"${password}"`, password).replaceAll('"', "'"),
      'cut.json': text.slice(0, text.lastIndexOf(anthropic) + anthropic.length),
    });
    const files = ['pretty', 'minified', 'broken', 'unquoted', 'cut'].map((name) => `${name}.json`);
    const runs = [
      ...formats.map((format) => ['check', '--format', format]),
      ['fix', '--dry-run'],
      ['fix'],
    ];
    for (const args of runs) {
      const { stdout, stderr } = runCli([...args, ...files], { cwd });
      const leaks = canaries.filter((canary) => `${stdout}${stderr}`.includes(canary));
      assert.deepEqual({ args, leaks }, { args, leaks: [] });
      assert.ok(stdout.length > 1000, args.join(' '));
    }
  });

  it('controls no terminal', () => {
    const cwd = folderWith({
      'a\u001b[2J\u202e.json': configOf({
        'x\u001b]0;title\u0007\u009b31m\u202e\u2066\u200b': { type: '\u001b[31m\u202e' },
      }).replace(/\\u001b/g, '\u001b'),
    });
    for (const format of formats) {
      const { stdout } = runCli(['check', '--format', format, '.', 'a\u001b[2J\u202e.json'], {
        cwd,
      });
      assert.ok(stdout.length > 50);
      assert.doesNotMatch(
        stdout,
        /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\u200b]/,
      );
    }
  });
});
