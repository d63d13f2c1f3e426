import { createEntrySchema, type Schema } from './entrySchema';

const entry = { $ref: '#/definitions/entry' };

/** Keys at the top that are no server; a truth value for a schema is not offered. */
const otherKeys = { $schema: true, servers: true, inputs: true };

/**
 * The schemas for completion and hover, by file name. Everything stands under an `if` without a
 * `then`: editors look into it for what to offer and what to say, and it never makes a problem.
 * What is wrong with a file, the rules say. VS Code itself has a
 * schema for `.vscode/mcp.json` alone, also in 1.139, so that nothing is offered twice.
 */
export function createConfigSchemas(): Readonly<Record<string, Schema>> {
  return {
    'mcp.schema.json': schemaOf('MCP servers of Claude Code', {
      ...serversObject(),
      // The file of a plugin may hold the servers at the top.
      if: { required: ['mcpServers'] },
      else: { properties: otherKeys, additionalProperties: entry },
    }),
    'plugin.schema.json': schemaOf('MCP servers of a plugin of Claude Code', {
      properties: {
        mcpServers: {
          ...serversMap(),
          markdownDescription:
            'MCP servers by their names, the path of a file with them, or a list of both.',
        },
      },
    }),
    'user.schema.json': schemaOf('MCP servers of a user of Claude Code', {
      ...serversObject(),
      properties: {
        mcpServers: serversMap(),
        projects: {
          additionalProperties: {
            properties: {
              mcpServers: {
                ...serversMap(),
                markdownDescription: 'Servers for you alone, in this folder alone.',
              },
            },
          },
        },
      },
    }),
  };
}

function schemaOf(title: string, file: Schema): Schema {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title,
    ...('required' in file ? { defaultSnippets: [emptyFile] } : {}),
    if: file,
    definitions: { entry: createEntrySchema() },
  };
}

const emptyFile = {
  label: '{ "mcpServers": … }',
  description: 'A configuration with one remote server.',
  body: { mcpServers: { '${1:name}': { type: 'http', url: 'https://${2:mcp.example.com}/mcp' } } },
};

function serversObject(): Schema {
  return { type: 'object', required: ['mcpServers'], properties: { mcpServers: serversMap() } };
}

function serversMap(): Schema {
  return {
    type: 'object',
    markdownDescription: 'The MCP servers, each under the name that Claude Code shows.',
    additionalProperties: entry,
  };
}
