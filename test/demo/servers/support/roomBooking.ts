import { McpServer } from '@modelcontextprotocol/server';

/** An MCP server of the stateless revision: it is made anew for each request. */
export function createRoomBooking(): McpServer {
  const server = new McpServer({ name: 'demo-rooms', version: '1.0.0' });
  server.registerTool(
    'list_rooms',
    { description: 'List the meeting rooms.', annotations: { readOnlyHint: true } },
    () => ({ content: [{ type: 'text', text: 'Attic, Cellar' }] }),
  );
  return server;
}
