import * as vscode from 'vscode';
import { oneLine } from '../../core/base/text';
import { describeCurlLine, describeCurlLineRefusal } from '../../core/tokenTest/describeCurlLine';
import { planCurlLine } from '../../core/tokenTest/planCurlLine';
import type { Services } from '../services';
import { readCurlSettings } from '../tokenTest/curlSettings';
import { copyUnlessHeld } from '../ui/briefClipboard';
import { UserFacingError } from '../ui/errorBoundary';
import { notify } from '../ui/notifications';
import { pickShell } from '../ui/pickShell';
import { requireTrust } from '../ui/requireTrust';
import { withVariables } from '../variables/withVariables';
import { pickServer } from './pickServer';

/** Copies a command that sends what a test of the server sends first; it holds names, no value. */
export async function copyAsCurl(services: Services, row: unknown): Promise<void> {
  requireTrust('The command sends credentials to an address from this folder');
  const { store, variables } = services;
  const record = await pickServer(store, row, 'canCopyAsCurl', 'Copy which server as curl?');
  if (record === undefined) {
    return;
  }
  const { file, server } = record;
  const { transport } = server;
  const name = oneLine(server.name);
  if (!server.loads) {
    throw new UserFacingError(
      `${name} does not load, so that nothing is sent to it. Problems says why.`,
    );
  }
  if (transport === undefined || transport === 'stdio') {
    throw new UserFacingError(
      `${name} is a local server: Claude Code starts it and sends it no request, so there is nothing for curl to send.`,
    );
  }
  const uri = vscode.Uri.parse(file.id, true);
  const maxSeconds = readCurlSettings().timeoutMs / 1000;
  const plan = await withVariables(
    (lookup) => planCurlLine(file.config, server, transport, lookup, maxSeconds),
    async (variable) => (await variables.resolve(uri, variable))?.value,
  );
  if (plan.kind === 'refused') {
    throw new UserFacingError(
      `There is no curl command for ${name}. ${describeCurlLineRefusal(plan.refusal)}`,
    );
  }
  const shell = await pickShell(
    `Copy ${name} as curl`,
    'In which shell will you run it?',
    ({ id }) => (id === 'cmd' ? 'needs curl 8.3 or newer' : undefined),
  );
  if (shell === undefined) {
    return;
  }
  const line = shell.curlLine(plan.request);
  if (line === undefined) {
    throw new UserFacingError(
      `The url or a header of ${name} has characters that no command of ${shell.label} can carry. Choose another shell. Nothing was copied.`,
    );
  }
  if (await copyUnlessHeld(line)) {
    void notify.info(describeCurlLine(plan, server, shell));
  }
}
