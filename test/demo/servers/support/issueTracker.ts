import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { type CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import { z } from 'zod';

/** The thing behind every demo server: a small issue tracker, reachable through MCP tools. */
export interface IssueTracker {
  /** One MCP server per connection or request; all of them share the issues. */
  createServer(): McpServer;
}

export function createIssueTracker(): IssueTracker {
  const issues = new Map([
    [1, 'The export button does nothing'],
    [2, 'Dates are shown in the wrong time zone'],
    [3, 'Add a dark theme'],
  ]);
  return { createServer: () => createIssueServer(issues) };
}

function createIssueServer(issues: Map<number, string>): McpServer {
  const server = new McpServer({ name: 'demo-issues', version: '1.0.0' });
  server.registerTool(
    'ping',
    { description: 'Answer pong.', annotations: { readOnlyHint: true } },
    () => text('pong'),
  );
  server.registerTool(
    'list_issues',
    { description: 'List all issues.', annotations: { readOnlyHint: true } },
    () => text([...issues].map(([id, title]) => `#${id} ${title}`).join('\n')),
  );
  server.registerTool(
    'create_issue',
    {
      description: 'Create an issue.',
      inputSchema: { title: z.string().min(1) },
      annotations: { readOnlyHint: false, destructiveHint: false },
    },
    ({ title }) => {
      const id = Math.max(0, ...issues.keys()) + 1;
      issues.set(id, title);
      return text(`Created #${id}`);
    },
  );
  server.registerTool(
    'delete_issue',
    {
      description: 'Delete an issue for good.',
      inputSchema: { id: z.number().int() },
      annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: true },
    },
    ({ id }) => text(issues.delete(id) ? `Deleted #${id}` : `There is no #${id}`),
  );
  return server;
}

function text(value: string): CallToolResult {
  return { content: [{ type: 'text', text: value }] };
}
