import type { Transport } from './mcpConfig';

/** A field of an entry that Claude Code reads, for completion, hover and whoever asks. */
export interface Field {
  readonly key: string;
  /** Where it is read; for any other transport it is ignored. */
  readonly transports: readonly Transport[];
  readonly isRequired?: boolean;
  readonly value: FieldValue;
  /** In Markdown: what to write, and what Claude Code does with it. */
  readonly description: string;
}

export type FieldValue =
  | { readonly kind: 'string'; readonly examples?: readonly Example[] }
  | { readonly kind: 'choice'; readonly choices: readonly Choice[] }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'positive-integer'; readonly examples?: readonly Example[] }
  | { readonly kind: 'list'; readonly items: FieldValue }
  | { readonly kind: 'map'; readonly values: FieldValue; readonly known?: readonly KnownKey[] }
  | { readonly kind: 'object'; readonly fields: readonly Omit<Field, 'transports'>[] };

export interface Choice {
  readonly value: string;
  /** Absent where nobody has said what it does. */
  readonly description?: string;
}

/** A text to start from, in the syntax of snippets. */
export interface Example {
  readonly label: string;
  readonly snippet: string;
  readonly description: string;
}

/** A key that people often need in a map that takes any. */
export interface KnownKey {
  readonly key: string;
  readonly description: string;
  readonly examples: readonly Example[];
}

const every: readonly Transport[] = ['stdio', 'http', 'sse', 'ws'];
const remote: readonly Transport[] = ['http', 'sse', 'ws'];
const overHttp: readonly Transport[] = ['http', 'sse'];
const stdio: readonly Transport[] = ['stdio'];

const string = { kind: 'string' } as const;
const expands = 'Claude Code expands `${NAME}` and `${NAME:-default}` here.';
const undocumented = 'Claude Code reads it without documenting it.';

/**
 * Every field that Claude Code reads, in the order in which people write them. Any other is
 * ignored without a word.
 */
export const fields: readonly Field[] = [
  {
    key: 'type',
    transports: every,
    value: {
      kind: 'choice',
      choices: [
        { value: 'http', description: 'A remote server over streamable HTTP. The usual choice.' },
        { value: 'stdio', description: 'A local program. The same as leaving `type` out.' },
        {
          value: 'sse',
          description: 'A remote server over server-sent events, the older transport.',
        },
        { value: 'ws', description: 'A remote server over a WebSocket. There is no OAuth for it.' },
        { value: 'streamable-http', description: 'Another name for `http`.' },
      ],
    },
    description:
      'How Claude Code talks to the server. Without it the server is a local program; an entry with a `url` and no `type` is skipped. Exact lower case.',
  },
  {
    key: 'command',
    transports: stdio,
    isRequired: true,
    value: {
      kind: 'string',
      examples: ['npx', 'uvx', 'node', 'docker'].map((name) => ({
        label: `"${name}"`,
        snippet: `"${name}"`,
        description: `Runs the server with ${name}.`,
      })),
    },
    description: `The program to start, from \`PATH\` or by its path. No shell reads it: arguments belong in \`args\`. It runs in the folder where Claude Code was started. ${expands}`,
  },
  {
    key: 'args',
    transports: stdio,
    value: { kind: 'list', items: string },
    description: `The arguments, one string each. Every process of this machine can see them, so a token belongs in \`env\`. ${expands}`,
  },
  {
    key: 'env',
    transports: stdio,
    value: { kind: 'map', values: string },
    description: `Environment variables for the program, beside those that Claude Code has itself. Values are strings. ${expands}`,
  },
  {
    key: 'url',
    transports: remote,
    isRequired: true,
    value: {
      kind: 'string',
      examples: [
        {
          label: '"https://…/mcp"',
          snippet: '"https://${1:mcp.example.com}/mcp"',
          description: 'An encrypted address.',
        },
        {
          label: '"http://localhost:…/mcp"',
          snippet: '"http://localhost:${1:3000}/mcp"',
          description: 'A server on this machine.',
        },
      ],
    },
    description: `The address of the server. It ends up in logs, so a token belongs in \`headers\`. ${expands}`,
  },
  {
    key: 'headers',
    transports: remote,
    value: {
      kind: 'map',
      values: string,
      known: [
        {
          key: 'Authorization',
          description:
            'Signs in with a fixed credential. With this header, even an empty one, Claude Code does no OAuth for the server.',
          examples: [
            {
              label: '"Bearer ${…}"',
              snippet: '"Bearer \\${${1:API_TOKEN}}"',
              description: 'A token from a variable.',
            },
          ],
        },
        {
          key: 'X-API-Key',
          description: 'Signs in with an API key. OAuth stays possible.',
          examples: [
            {
              label: '"${…}"',
              snippet: '"\\${${1:API_KEY}}"',
              description: 'A key from a variable.',
            },
          ],
        },
      ],
    },
    description: `Headers for every request. ${expands} It does so in values, not in names; some names of credentials, such as \`NPM_TOKEN\`, always read as empty.`,
  },
  {
    key: 'headersHelper',
    transports: remote,
    value: string,
    description:
      'A command that prints headers as one JSON object of strings. A shell runs it for each connection, for at most 10 seconds; in a project, only once Claude Code trusts the workspace. When it fails, the server is asked without its headers, and nothing is said. Claude Code expands no variable here; the shell does.',
  },
  {
    key: 'oauth',
    transports: overHttp,
    value: {
      kind: 'object',
      fields: [
        {
          key: 'clientId',
          value: string,
          description:
            'The client that you registered with the authorization server. Without it Claude Code registers one by itself. Variables are not expanded.',
        },
        {
          key: 'callbackPort',
          value: {
            kind: 'positive-integer',
            examples: [
              {
                label: '48765',
                snippet: '${1:48765}',
                description: 'A port that is rarely taken.',
              },
            ],
          },
          description:
            'The port of the redirect address, `http://localhost:PORT/callback`, up to 65535. Without it Claude Code chooses one.',
        },
        {
          key: 'authServerMetadataUrl',
          value: {
            kind: 'string',
            examples: [
              {
                label: '"https://…/.well-known/openid-configuration"',
                snippet: '"https://${1:login.example.com}/.well-known/openid-configuration"',
                description: 'The document of an OpenID provider.',
              },
            ],
          },
          description:
            'Where the authorization server describes itself, instead of where Claude Code would look. It starts with `https://`. Variables are not expanded.',
        },
        {
          key: 'scopes',
          value: {
            kind: 'string',
            examples: [
              { label: '"read write"', snippet: '"${1:read write}"', description: 'Two scopes.' },
            ],
          },
          description:
            'The scopes to ask for, as one string with spaces between them. Without it, those that the server names.',
        },
        {
          key: 'xaa',
          value: { kind: 'boolean' },
          description: `\`true\` or \`false\`. ${undocumented}`,
        },
      ],
    },
    description:
      'How to sign in, where the server needs more than its address. A client secret does not belong here: `claude mcp add --client-secret` keeps it.',
  },
  {
    key: 'timeout',
    transports: every,
    value: {
      kind: 'positive-integer',
      examples: [{ label: '60000', snippet: '${1:60000}', description: 'One minute.' }],
    },
    description:
      'How long one call of a tool may take, in milliseconds; less than 1000 is ignored. The time to connect is `MCP_TIMEOUT` in the environment of Claude Code.',
  },
  {
    key: 'alwaysLoad',
    transports: every,
    value: { kind: 'boolean' },
    description:
      '`true` loads the tools of this server at the start, instead of when they are searched for.',
  },
  {
    key: 'tools',
    transports: overHttp,
    value: {
      kind: 'list',
      items: {
        kind: 'object',
        fields: [
          { key: 'name', isRequired: true, value: string, description: 'The name of the tool.' },
          {
            key: 'permission_policy',
            value: {
              kind: 'choice',
              choices: [
                { value: 'always_allow' },
                { value: 'always_ask' },
                { value: 'always_deny' },
              ],
            },
            description: '`always_allow`, `always_ask` or `always_deny`.',
          },
        ],
      },
    },
    description: `Tools, each an object with a \`name\`. A list of names, as other clients have it, keeps the server from loading. ${undocumented}`,
  },
  {
    key: 'toolPermissions',
    transports: overHttp,
    value: {
      kind: 'map',
      values: {
        kind: 'choice',
        choices: [{ value: 'allow' }, { value: 'ask' }, { value: 'blocked' }],
      },
    },
    description: `By the name of a tool: \`allow\`, \`ask\` or \`blocked\`. ${undocumented}`,
  },
];
