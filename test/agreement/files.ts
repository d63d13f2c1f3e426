import type { PlaceId } from '../../src/core/config/place';

/** What Claude Code does with one text: `isRead` is false where it drops the whole file. */
export interface Agreement {
  readonly title: string;
  readonly text: string;
  /** A project's `.mcp.json` where it is left out. */
  readonly place?: PlaceId;
  readonly isRead?: false;
  /** Each server, and whether it is loaded. */
  readonly loads: Readonly<Record<string, boolean>>;
}

const a = '"a":{"command":"x"}';
const file = `{"mcpServers":{${a}}}`;
const maxBytes = 2 * 1024 * 1024;

/** Bytes of UTF-16 as a program sees them that expects UTF-8. */
function misread(text: string): string {
  return new TextDecoder().decode(Buffer.from(text, 'utf16le'));
}

function dropped(title: string, text: string): Agreement {
  return { title, text, isRead: false, loads: {} };
}

/** Whole files, observed in Claude Code 2.1.329. */
export const files: readonly Agreement[] = [
  { title: 'the wrapper', text: file, loads: { a: true } },
  {
    title: 'other keys beside the wrapper, servers among them',
    text: `{"$schema":"s","inputs":[],"mcpServers":{${a}},"b":{"command":"y"}}`,
    loads: { a: true, b: false },
  },
  { title: 'an empty wrapper', text: '{"mcpServers":{}}', loads: {} },
  { title: 'nothing', text: '', loads: {} },
  { title: 'white space', text: ' \r\n\t', loads: {} },
  dropped('a bare map', `{${a}}`),
  dropped('an empty object', '{}'),
  dropped('McpServers', `{"McpServers":{${a}}}`),
  dropped('mcp_servers', `{"mcp_servers":{${a}}}`),
  dropped('servers', `{"servers":{${a}}}`),
  dropped('context_servers', `{"context_servers":{${a}}}`),
  dropped('servers under mcp', `{"mcp":{"servers":{${a}}}}`),
  dropped('a wrapper that is null', '{"mcpServers":null}'),
  dropped('a wrapper that is a list', `{"mcpServers":[{${a}}]}`),
  dropped('a wrapper that is a string', '{"mcpServers":"./mcp.json"}'),
  dropped('a wrapper that is a number', '{"mcpServers":1}'),
  dropped('a list', '[]'),
  dropped('a string', '"x"'),
  dropped('a number', '3'),
  dropped('a truth value', 'true'),
  dropped('null', 'null'),

  dropped('a comment', `${file} // x`),
  dropped('a block comment', `{/* x */"mcpServers":{${a}}}`),
  dropped('a trailing comma', `{"mcpServers":{${a}},}`),
  dropped('a trailing comma among the servers', `{"mcpServers":{${a},}}`),
  dropped('single quotes', file.replaceAll('"', "'")),
  dropped('a key without quotes', `{mcpServers:{${a}}}`),
  dropped('a missing brace', file.slice(0, -1)),
  dropped('a missing comma', `{"mcpServers":{${a} "b":{"command":"y"}}}`),
  dropped('text behind the end', `${file} x`),
  dropped('a tab within a string', '{"mcpServers":{"a":{"command":"x\ty"}}}'),
  dropped('a line break within a string', '{"mcpServers":{"a":{"command":"x\ny"}}}'),
  dropped('NaN', '{"mcpServers":{"a":{"command":"x","timeout":NaN}}}'),

  { title: 'a byte order mark', text: `\uFEFF${file}`, loads: { a: true } },
  dropped('UTF-16', misread(file)),
  dropped('UTF-16 with a byte order mark', misread(`\uFEFF${file}`)),
  {
    title: 'a byte that is no UTF-8 and is replaced',
    text: '{"mcpServers":{"a":{"command":"x\uFFFD"}}}',
    loads: { a: true },
  },
  { title: 'CRLF', text: file.replaceAll('{', '{\r\n'), loads: { a: true } },
  { title: '2 MiB', text: file.padEnd(maxBytes), loads: { a: true } },
  dropped('2 MiB and one byte', file.padEnd(maxBytes + 1)),
  dropped('2 MiB of characters, one of two bytes', `${file.slice(0, -1)},"é":1}`.padEnd(maxBytes)),
  {
    title: '2 MiB of bytes, with one character of two',
    text: `${file.slice(0, -1)},"é":1}`.padEnd(maxBytes - 1),
    loads: { a: true },
  },

  {
    title: 'a server twice: the last one counts',
    text: `{"mcpServers":{"a":{"command":""},${a}}}`,
    loads: { a: true },
  },
  {
    title: 'a server twice, the last one bad',
    text: `{"mcpServers":{${a},"a":{"command":""}}}`,
    loads: { a: false },
  },
  {
    title: 'a field twice',
    text: '{"mcpServers":{"a":{"command":1,"command":"x"},"b":{"command":"x","command":1}}}',
    loads: { a: true, b: false },
  },
  {
    title: 'the wrapper twice',
    text: `{"mcpServers":{"b":{"command":"y"}},"mcpServers":{${a}}}`,
    loads: { a: true, b: false },
  },
  { ...dropped('the wrapper twice, the last one bad', `{"mcpServers":{${a}},"mcpServers":[]}`) },
  {
    title: 'the wrapper twice, the first one bad',
    text: `{"mcpServers":[],"mcpServers":{${a}}}`,
    loads: { a: true },
  },
  {
    title: 'a bad entry is skipped alone',
    text: `{"mcpServers":{"b":null,${a},"c":{"url":"https://h.example"}}}`,
    loads: { a: true, b: false, c: false },
  },

  { title: 'a plugin with a bare map', place: 'plugin', text: `{${a}}`, loads: { a: true } },
  { title: 'a plugin with the wrapper', place: 'plugin', text: file, loads: { a: true } },
  {
    title: 'a manifest with its servers',
    place: 'pluginManifest',
    text: `{"name":"p","mcpServers":{${a}}}`,
    loads: { a: true },
  },
  {
    title: 'a manifest that names a file',
    place: 'pluginManifest',
    text: '{"name":"p","mcpServers":"./mcp.json"}',
    loads: {},
  },
  {
    title: 'a manifest with files and servers',
    place: 'pluginManifest',
    text: `{"name":"p","mcpServers":["./mcp.json",{${a}},{"b":{"command":""}}]}`,
    loads: { a: true, b: false },
  },
  {
    title: 'a manifest without servers is no bare map',
    place: 'pluginManifest',
    text: '{"name":"p","author":{"command":"x"}}',
    loads: { author: false },
  },
  {
    title: 'the user and a project',
    place: 'user',
    text: `{"mcpServers":{${a}},"projects":{"/p":{"mcpServers":{"b":{"command":"y"},"c":{}}}}}`,
    loads: { a: true, b: true, c: false },
  },
  {
    title: 'a project alone',
    place: 'user',
    text: `{"projects":{"/p":{"mcpServers":{${a}}},"/q":{}}}`,
    loads: { a: true },
  },
  { title: 'the user without servers', place: 'user', text: '{"numStartups":1}', loads: {} },
  { title: 'an administrator', place: 'managed', text: file, loads: { a: true } },
  { ...dropped('a bare map of an administrator', `{${a}}`), place: 'managed' },
];
