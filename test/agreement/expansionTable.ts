/**
 * How Claude Code reads what looks like a variable, row by row, as observed in 2.1.329, in the
 * environment below. No other name is set.
 */
export interface ExpansionRow {
  readonly written: string;
  /** The variables that the client calls missing; it sends their references as they stand. */
  readonly missing: readonly string[];
  /** Nothing in it is expanded, and the client says nothing about it. */
  readonly isLiteral?: boolean;
  /** What it becomes in an argument or in `env` of a local server, and in a url. */
  readonly once: string;
  /** What it becomes in a header, which is expanded twice. */
  readonly twice: string;
}

export const environment = {
  FOO: 'fooval',
  A1: 'a1val',
  lower: 'lowerval',
  _U: 'uval',
  EMPTY: '',
  NEST: '${FOO}',
  NEST_AMID: 'pre-${FOO}-post',
  NEST_UNSET: '${UNSET}',
  NEST_DEFAULT: '${UNSET:-inner}',
  NEST_TWICE: '${NEST}',
  NAME_OF_FOO: 'FOO',
};

export const expansionTable: readonly ExpansionRow[] = [
  ...becomes('fooval', ['${FOO}', '${FOO:-d}', '${FOO:-}']),
  ...becomes('lowerval', ['${lower}']),
  ...becomes('uval', ['${_U}']),
  ...becomes('a1val', ['${A1}']),
  ...becomes('pre-fooval-post', ['pre-${FOO}-post']),
  ...becomes('fooval a1val', ['${FOO} ${A1}']),
  ...becomes('foovala1val', ['${FOO}${A1}']),
  ...becomes('d', ['${UNSET:-d}']),
  ...becomes('', ['${UNSET:-}', '${EMPTY}', '${EMPTY:-d}', '${EMPTY}${UNSET:-}']),
  ...becomes('a:-b', ['${UNSET:-a:-b}']),
  ...becomes('http://x/y', ['${UNSET:-http://x/y}']),
  ...becomes('[ d ]', ['[${UNSET:- d }]']),
  ...becomes('ab}', ['${UNSET:-a}b}']),
  ...becomes('$fooval', ['$${FOO}']),
  ...becomes('\\fooval', ['\\${FOO}']),
  { written: '${UNSET:-${FOO}}', missing: [], once: '${FOO}', twice: 'fooval' },
  { written: '${UNSET:-${UNSET:-d}}', missing: [], once: '${UNSET:-d}', twice: 'd' },
  { written: '${NEST}', missing: [], once: '${FOO}', twice: 'fooval' },
  { written: '${NEST_AMID}', missing: [], once: 'pre-${FOO}-post', twice: 'pre-fooval-post' },
  { written: '${NEST_UNSET}', missing: [], once: '${UNSET}', twice: '${UNSET}' },
  { written: '${NEST_DEFAULT}', missing: [], once: '${UNSET:-inner}', twice: 'inner' },
  { written: '${NEST_TWICE}', missing: [], once: '${NEST}', twice: '${FOO}' },
  { written: '${${NAME_OF_FOO}}', missing: [], once: '${FOO}', twice: 'fooval' },
  ...rows(['UNSET'], ['${UNSET}', 'pre-${UNSET}', '$${UNSET}', '\\${UNSET}']),
  {
    written: '${UNSET}${FOO}',
    missing: ['UNSET'],
    once: '${UNSET}fooval',
    twice: '${UNSET}fooval',
  },
  ...rows(['foo'], ['${foo}']),
  ...rows(['workspaceFolder'], ['${workspaceFolder}']),
  ...rows(['CLAUDE_PROJECT_DIR'], ['${CLAUDE_PROJECT_DIR}']),
  ...rows(['CLAUDE_PLUGIN_ROOT'], ['${CLAUDE_PLUGIN_ROOT}']),
  ...becomes('.', ['${CLAUDE_PROJECT_DIR:-.}']),
  ...rows(
    [],
    ['$FOO', '$$FOO', '%FOO%', '{{FOO}}', '$env:FOO', '$(cmd)', '`cmd`', '~/x'],
    ['${env:FOO}', '${input:x}', '${user_config.x}', '${FOO-d}', '${FOO:=d}', '${FOO:?e}'],
    ['${FOO:+a}', '${ FOO }', '${1X}', '${A-B}', '${A.B}', '${a b}', '${É}', '${}', '${:-d}'],
    ['${FOO', '${FOO:0:2}', '${#FOO}', '${!FOO}'],
  ).map((row) => ({ ...row, isLiteral: true })),
];

/** A variable that Claude Code keeps from servers, and what becomes of it. */
export interface BlankedRow {
  readonly written: string;
  readonly local: string;
  readonly remote: string;
}

/** Set besides for the rows below. */
export const blankedEnvironment = {
  NPM_TOKEN: 'npmval',
  npm_token: 'lowernpmval',
  AWS_SECRET_ACCESS_KEY: 'awsval',
  VAULT_TOKEN: 'vaultval',
  CARGO_REGISTRIES_MINE_TOKEN: 'cargoval',
  BUNDLE_GEMS__EXAMPLE: 'bundleval',
  GIT_CONFIG_KEY_0: 'gitval',
  OTEL_RESOURCE_ATTRIBUTES: 'a=otelval',
  MCP_CLIENT_SECRET: 'clientval',
  NEST_NPM: '${NPM_TOKEN}',
  GITHUB_TOKEN: 'githubval',
  DATABASE_URL: 'postgres://u:p@db.example/x',
  OWN_BASE_URL: 'https://u:p@own.example',
  ANTHROPIC_VERTEX_BASE_URL: 'https://u:p@own.example',
  ANTHROPIC_AWS_BASE_URL: 'https://own.example/a@b',
};

export const blankedTable: readonly BlankedRow[] = [
  { written: '${NPM_TOKEN}', local: 'npmval', remote: '' },
  { written: '${NPM_TOKEN:-d}', local: 'npmval', remote: '' },
  { written: '[${NPM_TOKEN}]', local: '[npmval]', remote: '[]' },
  { written: '${npm_token}', local: 'lowernpmval', remote: '' },
  { written: '${AWS_SECRET_ACCESS_KEY}', local: 'awsval', remote: '' },
  { written: '${VAULT_TOKEN}', local: 'vaultval', remote: '' },
  { written: '${CARGO_REGISTRIES_MINE_TOKEN}', local: 'cargoval', remote: '' },
  { written: '${BUNDLE_GEMS__EXAMPLE}', local: 'bundleval', remote: '' },
  { written: '${GIT_CONFIG_KEY_0}', local: 'gitval', remote: '' },
  { written: '${OTEL_RESOURCE_ATTRIBUTES}', local: '', remote: '' },
  { written: '${OTEL_RESOURCE_ATTRIBUTES:-d}', local: '', remote: '' },
  { written: '${MCP_CLIENT_SECRET}', local: '', remote: '' },
  { written: '${SONAR_TOKEN}', local: '${SONAR_TOKEN}', remote: '' },
  { written: '${SONAR_TOKEN:-d}', local: 'd', remote: '' },
  { written: '${OTEL_NOT_SET}', local: '${OTEL_NOT_SET}', remote: '' },
  { written: '${OTEL_NOT_SET:-d}', local: 'd', remote: '' },
  { written: '${GITHUB_TOKEN}', local: 'githubval', remote: 'githubval' },
  {
    written: '${DATABASE_URL}',
    local: 'postgres://u:p@db.example/x',
    remote: 'postgres://u:p@db.example/x',
  },
  {
    written: '${OWN_BASE_URL}',
    local: 'https://u:p@own.example',
    remote: 'https://u:p@own.example',
  },
  // With a password in it, an address of the client's own is kept back.
  { written: '${ANTHROPIC_VERTEX_BASE_URL}', local: 'https://u:p@own.example', remote: '' },
  {
    written: '${ANTHROPIC_AWS_BASE_URL}',
    local: 'https://own.example/a@b',
    remote: 'https://own.example/a@b',
  },
];

/** The same in a header alone: what the second expansion finds is kept back as well. */
export const blankedInHeaders: readonly { readonly written: string; readonly header: string }[] = [
  { written: '${NEST_NPM}', header: '' },
  { written: '${UNSET:-${NPM_TOKEN}}', header: '' },
];
/** Where a variable may stand, as an entry with `written` there. */
export const expandedPlaces: Readonly<Record<string, (written: string) => object>> = {
  command: (written) => ({ command: `./${written}` }),
  argument: (written) => ({ command: 'x', args: ['a', written] }),
  env: (written) => ({ command: 'x', env: { NAME: written } }),
  url: (written) => ({ type: 'http', url: `https://h.example/${written}` }),
  header: (written) => ({ type: 'sse', url: 'https://h.example', headers: { 'X-Name': written } }),
};

/** Where one is left as it stands. */
export const literalPlaces: Readonly<Record<string, (written: string) => object>> = {
  'header name': (written) => ({
    type: 'http',
    url: 'https://h.example',
    headers: { [written]: 'x' },
  }),
  'env name': (written) => ({ command: 'x', env: { [written]: 'x' } }),
  type: (written) => ({ type: written, url: 'https://h.example' }),
  'oauth.clientId': (written) => ({
    type: 'http',
    url: 'https://h.example',
    oauth: { clientId: written },
  }),
  'oauth.scopes': (written) => ({
    type: 'http',
    url: 'https://h.example',
    oauth: { scopes: written },
  }),
  headersHelper: (written) => ({ type: 'http', url: 'https://h.example', headersHelper: written }),
  cwd: (written) => ({ command: 'x', cwd: written }),
  'headers of a local server': (written) => ({ command: 'x', headers: { 'X-Name': written } }),
  'env of a remote server': (written) => ({
    type: 'http',
    url: 'https://h.example',
    env: { NAME: written },
  }),
};

/** Rows that become the same, however often they are expanded. */
function becomes(value: string, written: readonly string[]): readonly ExpansionRow[] {
  return written.map((text) => ({ written: text, missing: [], once: value, twice: value }));
}

/** Rows that stay as they are written. */
function rows(
  missing: readonly string[],
  ...written: readonly (readonly string[])[]
): readonly ExpansionRow[] {
  return written.flat().map((text) => ({ written: text, missing, once: text, twice: text }));
}
