import assert from 'node:assert/strict';
import { parseMcpConfig } from '../../../src/core/config/parseMcpConfig';
import { addToEnvExample, variablesForExample } from '../../../src/core/variables/envExample';
import { parseDotEnv } from '../../../src/core/variables/dotEnv';

const needed = (mcpServers: object) =>
  variablesForExample(parseMcpConfig(JSON.stringify({ mcpServers })), '/project');
const http = (url: string, headers = {}) => ({ type: 'http', url, headers });

const servers = {
  github: http('https://${GITHUB_HOST:-github.example}', { A: 'Bearer ${GITHUB_TOKEN}' }),
  docs: { command: 'npx', args: ['${DOCS_URL:-http://x}'], env: { T: '${GITHUB_TOKEN:-}' } },
};

describe('the variables that a configuration needs', () => {
  it('are those that it expands, each once, with the servers that need it', () => {
    assert.deepEqual(needed(servers), [
      { name: 'GITHUB_HOST', servers: ['github'], hasDefault: true },
      { name: 'GITHUB_TOKEN', servers: ['github', 'docs'], hasDefault: false },
      { name: 'DOCS_URL', servers: ['docs'], hasDefault: true },
    ]);
  });

  it('are not those of other programs, of a shell or of every machine', () => {
    const headersHelper = 'echo $HELPER ${HELPER_TWO}';
    const entry = { ...http('${env:A}/$B/${C-d}/${HOME}/${CLAUDE_PROJECT_DIR:-.}'), headersHelper };
    assert.deepEqual(needed({ a: entry, b: { command: 'x', headers: { D: '${E}' } } }), []);
  });

  it('are not those that Claude Code always reads as empty', () => {
    assert.deepEqual(needed({ a: http('https://h.example', { A: '${NPM_TOKEN}' }) }), []);
  });
});

interface Row {
  readonly title: string;
  readonly before: string;
  readonly after: string;
}

const github = '# For github, docs. Get it at https://github.com/settings/personal-access-tokens';
const rows: readonly Row[] = [
  {
    title: 'a new file',
    before: '',
    after: `# For github, which has a default for it.\n# GITHUB_HOST=\n\n${github}\nGITHUB_TOKEN=\n\n# For docs, which has a default for it.\n# DOCS_URL=\n`,
  },
  {
    title: 'lines, comments and order of a file, also without a last line break',
    before: '# ours\nB=1 # x\n\nGITHUB_HOST="a b"\nexport DOCS_URL = x',
    after: `# ours\nB=1 # x\n\nGITHUB_HOST="a b"\nexport DOCS_URL = x\n\n${github}\nGITHUB_TOKEN=\n`,
  },
  {
    title: 'the line breaks of Windows',
    before: 'GITHUB_HOST=\r\n#DOCS_URL=\r\n',
    after: `GITHUB_HOST=\r\n#DOCS_URL=\r\n\r\n${github}\r\nGITHUB_TOKEN=\r\n`,
  },
  {
    title: 'everything where all names are there, one of them in a comment',
    before: '\uFEFFGITHUB_TOKEN=\n # GITHUB_HOST=x\nDOCS_URL=',
    after: '\uFEFFGITHUB_TOKEN=\n # GITHUB_HOST=x\nDOCS_URL=',
  },
  {
    title: 'what only begins or ends like a name',
    before: 'MY_GITHUB_TOKEN=\nGITHUB_TOKEN_2=\nGITHUB_HOST=\nDOCS_URL=\n',
    after: `MY_GITHUB_TOKEN=\nGITHUB_TOKEN_2=\nGITHUB_HOST=\nDOCS_URL=\n\n${github}\nGITHUB_TOKEN=\n`,
  },
];

describe('.env.example', () => {
  for (const { title, before, after } of rows) {
    it(`keeps or has ${title}`, () => {
      const text = addToEnvExample(before, needed(servers));
      assert.equal(text, after);
      assert.equal(addToEnvExample(text, needed(servers)), text);
    });
  }

  it('has no line of its own for what a server is called', () => {
    const text = addToEnvExample('', needed({ 'a\nPWNED=1\r\nX=': { command: '${A}' } }));
    assert.deepEqual(parseDotEnv(text), [{ name: 'A', value: '' }]);
  });

  it('never has a value, not even a default', () => {
    const text = addToEnvExample(
      '',
      needed({ a: { command: '${A:-hunter-one}', args: ['${B}'] } }),
    );
    assert.doesNotMatch(text, /hunter/);
  });
});
