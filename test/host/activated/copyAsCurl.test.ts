import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import * as vscode from 'vscode';
import {
  acceptUntil,
  activateExtension,
  closeAll,
  inWorkspace,
  open,
  waitForRules,
  writeText,
} from '../support';

const credential = `ghp_${'a1B2c3D4e5F6'.repeat(3)}`;

describe('Copy as curl', () => {
  before(activateExtension);
  afterEach(closeAll);

  /** Copies the server `name` of a file with these entries, by its row. */
  async function copy(folder: string, entries: object, rules: readonly string[]): Promise<string> {
    const uri = inWorkspace(folder, '.mcp.json');
    await writeText(uri, JSON.stringify({ mcpServers: entries }));
    await open(uri);
    await waitForRules(uri, rules);
    await vscode.env.clipboard.writeText('nothing yet');
    const id = JSON.stringify([uri.toString(), 'mcpServers', 'tracker']);
    void vscode.commands.executeCommand('mcpAuth.server.copyAsCurl', { id });
    await acceptUntil(async () => (await vscode.env.clipboard.readText()) !== 'nothing yet');
    return vscode.env.clipboard.readText();
  }

  it('copies a command that has names, and sends values that the shell has', async () => {
    const received: (string | undefined)[] = [];
    const server = createServer((request, response) => {
      const { authorization, 'x-stage': stage } = request.headers;
      received.push(request.method, authorization, String(stage));
      response.end('{}');
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    try {
      await writeText(inWorkspace('as-curl', '.env'), `STAGE=dev\n`);
      const headers = { Authorization: `Bearer ${credential}`, 'X-Stage': '${STAGE:-live}' };
      const url = `http://127.0.0.1:${port}/mcp`;
      const line = await copy('as-curl', { tracker: { type: 'http', url, headers } }, [
        'secret-literal',
      ]);
      assert.doesNotMatch(line, /ghp_|'dev'/);
      assert.match(line, /mcp_quote GITHUB_TOKEN/);
      const env = { PATH: process.env['PATH'], GITHUB_TOKEN: credential, STAGE: 'dev' };
      await promisify(execFile)('bash', ['--norc', '-c', line], { env });
      assert.deepEqual(received, ['POST', `Bearer ${credential}`, 'dev']);
    } finally {
      server.close();
    }
  });

  it('copies nothing for a local server', async () => {
    const uri = inWorkspace('as-curl-local', '.mcp.json');
    const entries = { tracker: { command: 'node', args: ['${NOWHERE_SET}'] } };
    await writeText(uri, JSON.stringify({ mcpServers: entries }));
    await open(uri);
    await waitForRules(uri, ['variable-unset']);
    await vscode.env.clipboard.writeText('nothing yet');
    const id = JSON.stringify([uri.toString(), 'mcpServers', 'tracker']);
    await vscode.commands.executeCommand('mcpAuth.server.copyAsCurl', { id });
    assert.equal(await vscode.env.clipboard.readText(), 'nothing yet');
  });
});
