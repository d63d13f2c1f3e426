import assert from 'node:assert/strict';
import { chmodSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
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

interface JsonReport {
  readonly files: readonly {
    readonly path: string;
    readonly place: string;
    readonly servers: readonly { readonly name: string }[];
    readonly findings: readonly {
      readonly rule: string;
      readonly category: string;
      readonly server: string | null;
      readonly message: string;
      readonly fixable: boolean;
      readonly jsonPath: readonly unknown[];
      readonly start: { readonly line: number; readonly character: number };
    }[];
  }[];
}

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

  it('in JSON tells a credential outside of the servers, and lists no server there', () => {
    const cwd = folderWith({
      '.mcp.json': JSON.stringify({
        mcpServers: { a: { type: 'http', url: 'https://x.example' } },
        b: { command: 'npx', args: ['x', '--api-key', key] },
        notes: `the old one was ${github}`,
      }),
      '.claude-plugin/plugin.json': JSON.stringify({ name: 'p', description: github }),
      '.claude.json': JSON.stringify({ notes: github, mcpServers: {} }),
    });
    const { stdout } = runCli(['check', '--place', 'auto', '--format', 'json'], { cwd });
    const { files } = JSON.parse(stdout) as JsonReport;
    const literals = files.map(({ path, servers, findings }) => ({
      path,
      servers: servers.map(({ name }) => name),
      found: findings
        .filter(({ rule }) => rule === 'secret-literal')
        .map(({ message, server, jsonPath, fixable }) => [message, server, jsonPath, fixable]),
    }));
    const known = 'everyone with access to this file can use it.';
    const unused = `${known} Claude Code makes no use of this part of the file. Remove the value.`;
    assert.deepEqual(literals, [
      {
        path: '.claude-plugin/plugin.json',
        servers: [],
        found: [
          [
            `Literal GitHub token (ghp_…) in "description": ${known} Remove it from the file.`,
            null,
            ['description'],
            false,
          ],
        ],
      },
      { path: '.claude.json', servers: [], found: [] },
      {
        path: '.mcp.json',
        servers: ['a'],
        found: [
          [`Literal API key in argument "--api-key": ${unused}`, null, ['b', 'args', 2], false],
          [`Literal GitHub token (ghp_…) in "notes": ${unused}`, null, ['notes'], false],
        ],
      },
    ]);
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

  describe('about the script of a headersHelper', () => {
    const remote = (headersHelper: string) => ({
      type: 'http',
      url: 'https://mcp.example.com/mcp',
      headersHelper,
    });
    const source = '${CLAUDE_PROJECT_DIR:-.}';
    const script = [
      '#!/bin/sh',
      'set -eu',
      `token="${github}" # was ${password}`,
      `curl -sf --user "me:${password}" https://x.example/login`,
      'printf \'{"Authorization": "Bearer %s"}\' "$token"',
      '',
    ].join('\n');
    const cwd = () => {
      const folder = folderWith({
        '.mcp.json': configOf({ a: remote(`${source}/scripts/headers.sh`) }),
        'web/.mcp.json': configOf({ b: remote('/nowhere/else.sh') }),
        'scripts/headers.sh': script,
        'scripts/never-named.sh': script,
      });
      chmodSync(join(folder, 'scripts/headers.sh'), 0o755);
      return folder;
    };
    const expected = [
      ['helper-secret-literal', 2, 7],
      ['helper-network-without-timeout', 3, 0],
      ['helper-secret-literal', 3, 20],
    ];

    it('in JSON is a file of the place "helper", without servers', () => {
      const { code, stdout } = runCli(['check', '--format', 'json'], { cwd: cwd() });
      const { files } = JSON.parse(stdout) as JsonReport;
      assert.equal(code, 1);
      assert.deepEqual(
        files.map(({ path, place, servers }) => [path, place, servers.map(({ name }) => name)]),
        [
          ['.mcp.json', 'project', ['a']],
          ['web/.mcp.json', 'project', ['b']],
          ['scripts/headers.sh', 'helper', []],
        ],
      );
      assert.deepEqual(
        files[2]?.findings.map(({ rule, start }) => [rule, start.line, start.character]),
        expected,
      );
      assert.deepEqual(
        files[2]?.findings.map(({ category, server, jsonPath }) => [category, server, jsonPath]),
        expected.map(() => ['helper', null, []]),
      );
    });

    it('in text covers its credentials, also those of a rule that is off', () => {
      const folder = cwd();
      writeFileSync(
        join(folder, 'settings.json'),
        JSON.stringify({ 'mcpAuth.rules': { 'helper-secret-literal': 'off' } }),
      );
      const all = runCli(['check'], { cwd: folder }).stdout;
      const some = runCli(['check', '--settings', 'settings.json'], { cwd: folder }).stdout;
      assert.match(all, /^scripts\/headers\.sh\n {2}3:8 {2}error .*\n +3 │ token="•••" # was /m);
      assert.match(some, /\n +4 │ curl -sf --user "me:•••" https:\/\/x\.example\/login\n/);
      assert.deepEqual(
        canaries.filter((canary) => some.includes(canary)),
        [],
      );
    });

    it('in SARIF and for GitHub stands at its lines', () => {
      const folder = cwd();
      const log = JSON.parse(runCli(['check', '--format', 'sarif'], { cwd: folder }).stdout) as Log;
      const results = (log.runs[0]?.results ?? []).filter(
        ({ locations }) =>
          locations?.[0]?.physicalLocation?.artifactLocation?.uri === 'scripts/headers.sh',
      );
      assert.deepEqual(
        results.map(({ ruleId, locations }) => [
          ruleId,
          (locations?.[0]?.physicalLocation?.region?.startLine ?? 0) - 1,
          (locations?.[0]?.physicalLocation?.region?.startColumn ?? 0) - 1,
        ]),
        expected,
      );
      const fingerprints = results.map((result) => JSON.stringify(result.partialFingerprints));
      assert.equal(new Set(fingerprints).size, results.length);
      const { stdout } = runCli(['check', '--format', 'github'], { cwd: folder });
      assert.equal(stdout.split('file=scripts/headers.sh,').length - 1, expected.length);
    });

    it('is told once, and as the settings want it', () => {
      const folder = folderWith({
        'a/.mcp.json': configOf({ a: remote('${CLAUDE_PROJECT_DIR:-.}/h.sh') }),
        'b/.mcp.json': configOf({ b: remote('../a/h.sh') }),
        'a/h.sh': script,
        '.vscode/settings.json': JSON.stringify({
          'mcpAuth.rules': { 'helper-network-without-timeout': 'off' },
          'mcpAuth.suppressed': [
            { rule: 'helper-secret-literal', file: 'a/h.sh', reason: 'of a demo' },
          ],
        }),
      });
      const rulesOf = (args: readonly string[]) => {
        const { stdout } = runCli(['check', '--format', 'json', ...args], { cwd: folder });
        const { files } = JSON.parse(stdout) as JsonReport;
        return files
          .filter(({ place }) => place === 'helper')
          .map(({ path, findings }) => [path, ...findings.map(({ rule }) => rule)]);
      };
      assert.deepEqual(
        {
          plain: rulesOf([]),
          settled: rulesOf(['--settings', '.vscode/settings.json']),
          absolute: rulesOf([join(folder, 'a')]).map(([path]) => path),
        },
        {
          plain: [['a/h.sh', ...expected.map(([rule]) => rule)]],
          settled: [['a/h.sh']],
          absolute: [join(folder, 'a/h.sh')],
        },
      );
    });

    it('is not there for a script outside of the folder, or in no known language', () => {
      const folder = folderWith({
        'in/.mcp.json': configOf({
          a: remote('../out.sh'),
          b: remote('./program'),
          c: remote('./linked.sh'),
        }),
        'in/program': '\u007fELF',
        'out.sh': script,
      });
      symlinkSync(join(folder, 'out.sh'), join(folder, 'in/linked.sh'));
      const { stdout } = runCli(['check', '--format', 'json'], { cwd: join(folder, 'in') });
      assert.deepEqual(
        (JSON.parse(stdout) as JsonReport).files.map(({ path }) => path),
        ['.mcp.json'],
      );
    });
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
