// Lets `node stdioServer.mjs PORT` run from any folder although the server is TypeScript.
import { tsImport } from 'tsx/esm/api';

const { runStdioServer } = await tsImport('./support/runStdioServer.ts', import.meta.url);
await runStdioServer(Number(process.argv[2]));
