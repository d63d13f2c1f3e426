/**
 * How Claude Code reads what looks like a variable, row by row, as observed in 2.1.329. The names
 * `FOO`, `A1`, `lower` and `_U` are set, `EMPTY` is set and empty, no other name is.
 */
export interface ExpansionRow {
  readonly written: string;
  /** The variables that the client calls missing; it sends their references as they stand. */
  readonly missing: readonly string[];
  /** Nothing in it is expanded, and the client says nothing about it. */
  readonly isLiteral?: boolean;
}

export const environment = { FOO: 'x', A1: 'x', lower: 'x', _U: 'x', EMPTY: '' };

export const expansionTable: readonly ExpansionRow[] = [
  ...rows(
    [],
    ['${FOO}', '${lower}', '${_U}', '${A1}', 'pre-${FOO}-post', '${FOO}${A1}', '${FOO:-d}'],
    ['${UNSET:-d}', '${UNSET:-}', '${UNSET:-a:-b}', '${UNSET:-http://x/y}', '${UNSET:- d }'],
    ['${UNSET:-a}b}', '${EMPTY}', '${EMPTY:-d}', '${UNSET:-${FOO}}', '$${FOO}', '\\${FOO}'],
  ),
  ...rows(['UNSET'], ['${UNSET}', 'pre-${UNSET}', '${UNSET}${FOO}', '$${UNSET}', '\\${UNSET}']),
  ...rows(['foo'], ['${foo}']),
  ...rows(['workspaceFolder'], ['${workspaceFolder}']),
  ...rows(['CLAUDE_PROJECT_DIR'], ['${CLAUDE_PROJECT_DIR}']),
  ...rows(['CLAUDE_PLUGIN_ROOT'], ['${CLAUDE_PLUGIN_ROOT}']),
  ...[
    ...['$FOO', '$$FOO', '%FOO%', '{{FOO}}', '$env:FOO', '$(cmd)', '`cmd`', '~/x'],
    ...['${env:FOO}', '${input:x}', '${user_config.x}', '${FOO-d}', '${FOO:=d}', '${FOO:?e}'],
    ...['${FOO:+a}', '${ FOO }', '${1X}', '${A-B}', '${A.B}', '${a b}', '${É}', '${}', '${:-d}'],
    ...['${FOO', '${FOO:0:2}', '${#FOO}', '${!FOO}'],
  ].map((written) => ({ written, missing: [], isLiteral: true })),
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

function rows(
  missing: readonly string[],
  ...written: readonly (readonly string[])[]
): readonly ExpansionRow[] {
  return written.flat().map((text) => ({ written: text, missing }));
}
