import { fields, type Example, type Field, type FieldValue } from '../../src/core/config/fields';
import type { Transport } from '../../src/core/config/mcpConfig';

export type Schema = Readonly<Record<string, unknown>>;

/** What an entry may hold, by its transport, from the table of fields. */
export function createEntrySchema(): Schema {
  const common = fields.filter(({ transports }) => transports.length === 4);
  const own = (transport: Transport) =>
    objectOf(
      fields.filter((field) => !common.includes(field) && field.transports.includes(transport)),
    );
  return {
    type: 'object',
    markdownDescription:
      'An MCP server: a local program with a `command`, or a remote server with a `type` and a `url`.',
    defaultSnippets: serverSnippets,
    allOf: [
      objectOf(common),
      {
        if: { required: ['type'], properties: { type: { pattern: '^ws$' } } },
        then: own('ws'),
        else: { if: isOverHttp, then: own('http'), else: own('stdio') },
      },
    ],
  };
}

/** Patterns, because a list of values would be offered a second time, without a word on each. */
const isOverHttp = {
  anyOf: [
    { required: ['type'], properties: { type: { pattern: '^(?!stdio$)' } } },
    { required: ['url'], not: { anyOf: [{ required: ['type'] }, { required: ['command'] }] } },
  ],
};

const serverSnippets = [
  {
    label: 'remote server, OAuth',
    description: 'A remote server that signs in by OAuth. Nothing secret is in the file.',
    body: { type: 'http', url: 'https://${1:mcp.example.com}/mcp' },
  },
  {
    label: 'remote server, bearer token',
    description: 'A remote server with a token from a variable.',
    body: {
      type: 'http',
      url: 'https://${1:mcp.example.com}/mcp',
      headers: { Authorization: '^"Bearer \\${${2:API_TOKEN}}"' },
    },
  },
  {
    label: 'local server',
    description: 'A program on this machine, with a variable for its credential.',
    body: {
      command: '${1:npx}',
      args: ['-y', '${2:package}'],
      env: { '${3:API_KEY}': '^"\\${${3:API_KEY}}"' },
    },
  },
  {
    label: 'remote server, server-sent events',
    description: 'A server that has no streamable HTTP yet.',
    body: { type: 'sse', url: 'https://${1:mcp.example.com}/sse' },
  },
  {
    label: 'remote server, WebSocket',
    description: 'A server behind a WebSocket. There is no OAuth for it.',
    body: { type: 'ws', url: 'wss://${1:mcp.example.com}/mcp' },
  },
];

type OwnField = Omit<Field, 'transports'>;

function objectOf(own: readonly OwnField[]): Schema {
  const required = own.filter(({ isRequired }) => isRequired).map(({ key }) => key);
  return {
    type: 'object',
    ...(required.length > 0 ? { required } : {}),
    properties: Object.fromEntries(
      own.map(({ key, value, description }) => [
        key,
        { markdownDescription: description, ...valueSchema(value) },
      ]),
    ),
  };
}

function valueSchema(value: FieldValue): Schema {
  switch (value.kind) {
    case 'string':
      return { type: 'string', ...snippetsOf(value.examples) };
    case 'boolean':
      return { type: 'boolean' };
    case 'positive-integer':
      return { type: 'integer', minimum: 1, ...snippetsOf(value.examples) };
    case 'choice':
      return {
        type: 'string',
        enum: value.choices.map((choice) => choice.value),
        ...(value.choices.every(({ description }) => description)
          ? { markdownEnumDescriptions: value.choices.map(({ description }) => description) }
          : {}),
      };
    case 'list':
      return { type: 'array', items: valueSchema(value.items) };
    case 'map':
      return {
        type: 'object',
        properties: Object.fromEntries(
          (value.known ?? []).map(({ key, description, examples }) => [
            key,
            {
              ...valueSchema(value.values),
              markdownDescription: description,
              ...snippetsOf(examples),
            },
          ]),
        ),
        additionalProperties: valueSchema(value.values),
      };
    case 'object':
      return objectOf(value.fields);
  }
}

/** `^` has editors take the text as it is: JSON's own escapes would break those of the snippet. */
function snippetsOf(examples: readonly Example[] = []): Schema {
  return examples.length === 0
    ? {}
    : {
        defaultSnippets: examples.map(({ label, snippet, description }) => ({
          label,
          description,
          body: `^${snippet}`,
        })),
      };
}
