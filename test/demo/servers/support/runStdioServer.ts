import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { ErrorCode, ListToolsRequestSchema, McpError } from '@modelcontextprotocol/sdk/types.js';
import { createIssueTracker } from './issueTracker';
import { rpcMethodOf } from './receivedRequests';

/** One line of JSON on the report connection: first the start, then each message received. */
export interface StdioReport {
  /** SHA-256 of DEMO_STDIO_TOKEN, absent when the variable is unset or empty. */
  readonly tokenDigest?: string | undefined;
  /** Absent in the first line. */
  readonly rpcMethod?: string | undefined;
}

/**
 * Speaks MCP on standard input and output, and tells the demo on 127.0.0.1:`reportPort` what it
 * is sent. That connection is also the lifeline: the process ends with the demo.
 * @public called by stdioServer.mjs
 */
export async function runStdioServer(reportPort: number): Promise<void> {
  const token = process.env['DEMO_STDIO_TOKEN'];
  const tokenDigest = token ? digestToken(token) : undefined;

  const demo = connect(reportPort, '127.0.0.1');
  demo.on('error', () => console.error('The demo servers are not running.'));
  demo.on('close', () => process.exit());
  await once(demo, 'connect');
  const report = (rpcMethod?: string): void => {
    demo.write(`${JSON.stringify({ tokenDigest, rpcMethod } satisfies StdioReport)}\n`);
  };
  report();

  const mcp = createIssueTracker().createServer();
  if (tokenDigest === undefined) {
    mcp.server.setRequestHandler(ListToolsRequestSchema, () => {
      throw new McpError(ErrorCode.InvalidRequest, 'Set DEMO_STDIO_TOKEN to see the tools');
    });
  }
  const transport = new StdioServerTransport();
  transport.onmessage = (message) => report(rpcMethodOf(message));
  process.stdin.once('end', () => demo.end());
  await mcp.connect(transport);
}

/** Lets the demo compare tokens without a token travelling to it. */
export function digestToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
