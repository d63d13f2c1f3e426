/** Fields of a server `a`, without the braces; loaded or skipped by Claude Code 2.1.329. */
export interface EntryAgreement {
  readonly entry: string;
  readonly loads: boolean;
}

function rows(loads: boolean, entries: readonly string[]): readonly EntryAgreement[] {
  return entries.map((entry) => ({ entry, loads }));
}

const stdio = '"command":"x"';
const url = '"url":"https://h.example/mcp"';
const http = `"type":"http",${url}`;
const sse = `"type":"sse",${url}`;
const ws = `"type":"ws","url":"wss://h.example/ws"`;

/** `entry` with each of `fields`. */
function addEach(entry: string, fields: readonly string[]): readonly string[] {
  return fields.map((field) => `${entry},${field}`);
}

const commonBad = [
  '"timeout":"5000"',
  '"timeout":1.5',
  '"timeout":0',
  '"timeout":-1',
  '"timeout":null',
  '"timeout":true',
  '"alwaysLoad":"true"',
  '"alwaysLoad":1',
  '"alwaysLoad":null',
];
const commonGood = ['"timeout":1', '"timeout":5e3', '"alwaysLoad":false', '"unknown":{"x":[]}'];

const headersBad = [
  '"headers":[]',
  '"headers":"A: b"',
  '"headers":null',
  '"headers":{"A":1}',
  '"headers":{"A":true}',
  '"headers":{"A":null}',
  '"headers":{"A":["b"]}',
  '"headersHelper":{}',
  '"headersHelper":["x"]',
  '"headersHelper":null',
];
const headersGood = ['"headers":{}', '"headers":{"A":"b","B":""}', '"headersHelper":""'];

const oauthBad = [
  '"oauth":true',
  '"oauth":false',
  '"oauth":null',
  '"oauth":"x"',
  '"oauth":[]',
  '"oauth":{"clientId":1}',
  '"oauth":{"callbackPort":"8080"}',
  '"oauth":{"callbackPort":0}',
  '"oauth":{"callbackPort":1.5}',
  '"oauth":{"authServerMetadataUrl":"x"}',
  '"oauth":{"authServerMetadataUrl":""}',
  '"oauth":{"authServerMetadataUrl":"http://h.example/x"}',
  '"oauth":{"authServerMetadataUrl":"http://127.0.0.1/x"}',
  '"oauth":{"authServerMetadataUrl":"${X}"}',
  '"oauth":{"scopes":["a"]}',
  '"oauth":{"scopes":""}',
  '"oauth":{"scopes":null}',
  '"oauth":{"xaa":"true"}',
];
const oauthGood = [
  '"oauth":{}',
  '"oauth":{"clientId":"","callbackPort":70000,"scopes":"a b","xaa":true}',
  '"oauth":{"authServerMetadataUrl":"https://h.example/x"}',
  '"oauth":{"scope":1,"client_id":1,"clientSecret":1,"redirectUri":1,"resource":1}',
];

const toolsBad = [
  '"tools":["*"]',
  '"tools":"*"',
  '"tools":{}',
  '"tools":[{}]',
  '"tools":[{"name":1}]',
  '"tools":[{"name":"t","permission_policy":"always"}]',
  '"toolPermissions":[]',
  '"toolPermissions":{"t":"maybe"}',
  '"toolPermissions":{"t":true}',
];
const toolsGood = [
  '"tools":[]',
  '"tools":[{"name":"t"},{"name":"u","permission_policy":"always_deny"}]',
  '"toolPermissions":{"t":"allow","u":"ask","v":"blocked"}',
];

/** Keys that only the other kinds of server read, with values that these would refuse. */
const localKeys = ['"command":1', '"args":"x"', '"args":[1]', '"env":[]', '"env":{"A":1}'];
const remoteKeys = ['"url":1', '"headers":[]', '"headersHelper":{}', ...oauthBad, ...toolsBad];

export const entries: readonly EntryAgreement[] = [
  ...rows(true, [stdio, `"type":"stdio",${stdio}`, http, sse, ws]),
  ...rows(true, [
    `"type":"streamable-http",${url}`,
    `${stdio},${url}`,
    `"type":"stdio",${stdio},${url}`,
  ]),
  ...rows(true, [
    '"command":" "',
    '"command":"${X}"',
    '"type":"http","url":""',
    '"type":"ws","url":"x"',
  ]),

  // No type, and nothing to start.
  ...rows(false, ['', '"serverUrl":"https://h.example"', '"httpUrl":"https://h.example"']),
  ...rows(false, ['"transport":{"type":"http"}', '"args":["x"]', '"env":{}']),
  ...rows(false, [
    url,
    '"url":null',
    '"url":1',
    `"transport":"http",${url}`,
    `"Type":"http",${url}`,
  ]),
  ...rows(false, ['"command":""', '"command":1', '"command":null', '"command":["x"]']),
  ...rows(false, [`"type":"stdio",${url}`, '"type":"stdio"', `"command":null,${url}`]),

  // Other words for a type.
  ...rows(
    false,
    ['HTTP', 'https', 'streamableHttp', 'websocket', 'remote', 'local', '', '${TY}', 'sse-ide'].map(
      (type) => `"type":"${type}",${url}`,
    ),
  ),
  ...rows(
    false,
    ['Http', 'SSE', 'http ', 'streamable_http', 'toString', 'sdk', 'claudeai-proxy'].map(
      (type) => `"type":"${type}",${url},${stdio}`,
    ),
  ),
  ...rows(false, [
    `"type":null,${url}`,
    `"type":1,${url}`,
    `"type":[],${url}`,
    `"type":null,${stdio}`,
  ]),

  // Without an address.
  ...rows(false, ['"type":"http"', '"type":"sse"', '"type":"ws"', `"type":"http",${stdio}`]),
  ...rows(false, ['"type":"http","url":null', '"type":"http","url":[]', '"type":"ws","url":1']),

  ...rows(false, addEach(stdio, ['"args":"x"', '"args":{}', '"args":null', '"args":["x",1]'])),
  ...rows(false, addEach(stdio, ['"args":[null]', '"args":[["x"]]', '"env":[]', '"env":"A=b"'])),
  ...rows(false, addEach(stdio, ['"env":null', '"env":{"A":1}', '"env":{"A":true}'])),
  ...rows(false, addEach(stdio, ['"env":{"A":null}', '"env":{"A":{}}', '"env":{"A":[]}'])),
  ...rows(
    true,
    addEach(stdio, ['"args":[]', '"args":["",""]', '"env":{}', '"env":{"A":"","":"b"}']),
  ),
  ...rows(true, addEach(stdio, ['"env":{"A":1,"A":"b"}', '"args":1,"args":[]'])),
  ...[stdio, http, sse, ws].flatMap((entry) => [
    ...rows(false, addEach(entry, commonBad)),
    ...rows(true, addEach(entry, commonGood)),
  ]),
  ...[http, sse, ws].flatMap((entry) => [
    ...rows(false, addEach(entry, headersBad)),
    ...rows(true, addEach(entry, headersGood)),
    ...rows(true, addEach(entry, localKeys)),
  ]),
  ...[http, sse].flatMap((entry) => [
    ...rows(false, addEach(entry, [...oauthBad, ...toolsBad])),
    ...rows(true, addEach(entry, [...oauthGood, ...toolsGood])),
  ]),
  ...rows(true, addEach(ws, [...oauthBad, ...toolsBad])),
  ...rows(true, addEach(stdio, remoteKeys)),

  // What other clients write beside it does nothing, whatever its type.
  ...rows(true, addEach(stdio, ['"disabled":true', '"enabled":false', '"cwd":1', '"envFile":1'])),
  ...rows(
    true,
    addEach(stdio, ['"transport":1', '"autoApprove":1', '"alwaysAllow":1', '"description":1']),
  ),
  ...rows(true, addEach(http, ['"serverUrl":1', '"auth":1', '"authorization_token":1'])),
  ...rows(true, addEach(http, ['"bearerTokenEnvVar":1'])),

  // White space is warned of, and used as it stands.
  ...rows(true, ['"command":" x "', '"command":"x","args":[" y"],"env":{"A":" b"}']),
  ...rows(true, ['"type":"http","url":" https://h.example "', `${http},"headers":{" A":"b "}`]),
  ...rows(true, [`${http},"headers":{"Authorization":"Bearer "}`]),
];

/** Entries that are no objects. */
export const otherValues: readonly string[] = ['null', '"x"', '1', '[]', 'true'];

/** Names of servers that load. */
export const freeNames: readonly string[] = [
  ...[
    'a b',
    'a.b',
    'a/b',
    'a:b',
    'ü',
    '日本',
    '',
    'x'.repeat(200),
    '${X}',
    '\u0001',
    '42',
    '-dash',
  ],
  ...['Workspace', 'WORKSPACE', 'Claude-in-chrome', 'CLAUDE.AI', 'claude_in_chrome'],
  ...['workspace_x', '_workspace', 'workspace-', 'workspaces', 'claude.ai.foo', '__proto___'],
  ...['computer_use', 'remote.devices', 'Claude Browser_x', ' workspace', 'work space'],
  'constructor',
];

/** Names that Claude Code keeps for itself. */
export const reservedNames: readonly string[] = [
  ...['workspace_', 'workspace__x', 'workspace.', 'workspaceé', 'claude_ai', 'claude ai'],
  ...['claude.ai_', 'claude_ai__x', 'Claude_in_Chrome', 'Claude Preview ', 'computer-use__a'],
  ...[
    'workspace',
    'workspace ',
    'claude.ai',
    'computer-use',
    'claude-in-chrome',
    'Claude in Chrome',
  ],
  ...['Claude Preview', 'Claude Browser', 'claude-code-remote', 'remote-devices', '__proto__'],
];
