import assert from 'node:assert/strict';
import { parseMcpConfig } from '../../../src/core/config/parseMcpConfig';
import { places, type PlaceId } from '../../../src/core/config/place';
import { findFindings } from '../../../src/core/diagnostics/findFindings';
import type { FileFacts } from '../../../src/core/diagnostics/fileFacts';
import { referencedFiles } from '../../../src/core/diagnostics/referencedFiles';
import { readHelperCommand } from '../../../src/core/helperScript/helperCommand';

function configOf(place: PlaceId, headersHelper: string) {
  const docs = { type: 'http', url: 'https://h.example/mcp', headersHelper };
  return parseMcpConfig(JSON.stringify({ mcpServers: { docs } }), places[place]);
}

function helpersOf(place: PlaceId, headersHelper: string): readonly string[] {
  return referencedFiles(configOf(place, headersHelper))
    .filter(({ use }) => use === 'helper')
    .map(({ path }) => path);
}

function rulesOf(place: PlaceId, headersHelper: string, files: FileFacts): readonly string[] {
  return findFindings(configOf(place, headersHelper), { files }).map(({ rule }) => rule);
}

const missing: FileFacts = { look: () => ({ kind: 'missing' }) };

describe('the script of a headersHelper', () => {
  it('is told from programs, options and text', () => {
    const commands = [
      './a.sh',
      'exec ./a.sh',
      'docs-headers',
      '/usr/bin/env python3 a.py',
      'bash -c "./a.sh"',
      'python3 -m headers',
      'python3 -u tools/a.py --json',
      'cd tools && ./a.sh',
      'cat "$HOME/.headers.json"',
      './bin/*.sh',
      "echo './a.sh'",
      '',
    ];
    assert.deepEqual(
      commands.map((text) => readHelperCommand(text).file?.path),
      ['./a.sh', ...Array<undefined>(5), 'tools/a.py', ...Array<undefined>(5)],
    );
  });

  it('is looked for where the helper of each place runs', () => {
    const plugin = '"${CLAUDE_PLUGIN_ROOT}"/scripts/a.sh';
    const relative = './scripts/a.sh';
    const both = (place: PlaceId) => [helpersOf(place, plugin), helpersOf(place, relative)];
    assert.deepEqual(
      [both('project'), both('plugin'), both('pluginManifest'), both('user'), both('managed')],
      [
        [[], ['scripts/a.sh']],
        [['scripts/a.sh'], ['scripts/a.sh']],
        [['../scripts/a.sh'], ['../scripts/a.sh']],
        [[], []],
        [[], []],
      ],
    );
    assert.deepEqual(helpersOf('user', '/opt/a.sh'), ['/opt/a.sh']);
  });

  it('is not relative where the folder is certain', () => {
    assert.deepEqual(
      (['project', 'user', 'managed', 'plugin', 'pluginManifest'] as const).map((place) =>
        rulesOf(place, './a.sh', { look: () => undefined }),
      ),
      [['helper-relative'], ['helper-relative'], ['helper-relative'], [], []],
    );
  });

  it('is missed once: that it is relative then says nothing more', () => {
    assert.deepEqual(rulesOf('project', './a.sh', missing), ['helper-missing']);
    assert.deepEqual(rulesOf('plugin', '$CLAUDE_PLUGIN_ROOT/a.sh', missing), ['helper-missing']);
  });

  it("keeps a user's variables: only a project and a plugin lose them", () => {
    assert.deepEqual(
      (['project', 'plugin', 'pluginManifest', 'user', 'managed'] as const).map((place) =>
        rulesOf(place, 'printf "$MY_TOKEN"', missing),
      ),
      [
        ['helper-credential-removed'],
        ['helper-credential-removed'],
        ['helper-credential-removed'],
        [],
        [],
      ],
    );
  });

  it('reads variables in Python and JavaScript, unless it has another way', () => {
    const scripts: readonly [path: string, text: string, isTold: boolean][] = [
      ['a.py', 'import os\nprint(os.environ["MY_TOKEN"])', true],
      ['a.py', 'print(os.getenv("MY_TOKEN"))', true],
      ['a.py', 'print(os.getenv("MY_TOKEN", "none"))', false],
      ['a.py', 'print(os.environ.get("MY_TOKEN") or read())', false],
      ['a.py', 'load_dotenv()\nprint(os.environ["MY_TOKEN"])', false],
      ['a.py', '# os.environ["MY_TOKEN"]\n', false],
      ['a.py', 'print(os.environ["TENANT"])', false],
      ['a.mjs', 'console.log(process.env.MY_TOKEN)', true],
      ['a.mjs', "console.log(process.env['MY_TOKEN'])", true],
      ['a.mjs', 'console.log(process.env.MY_TOKEN ?? read())', false],
      ['a.mjs', "import 'dotenv/config';\nconsole.log(process.env.MY_TOKEN)", false],
      ['a.txt', '$MY_TOKEN', false],
    ];
    for (const [path, text, isTold] of scripts) {
      const files: FileFacts = { look: () => ({ kind: 'file', isExecutable: true, text }) };
      const rules = rulesOf('plugin', `\${CLAUDE_PLUGIN_ROOT}/${path}`, files);
      assert.deepEqual(rules, isTold ? ['helper-credential-removed'] : [], text);
    }
  });
});
