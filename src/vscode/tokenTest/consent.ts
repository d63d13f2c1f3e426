import * as vscode from 'vscode';
import { oneLine } from '../../core/base/text';
import { maskSecrets } from '../../core/secrets/maskSecrets';
import { approvalKey } from '../../core/tokenTest/approval';
import type { RemoteTarget } from '../../core/tokenTest/tokenTestTarget';

const stateKey = 'mcpAuth.approvedTests';

/** The most approvals that are remembered; the oldest are asked again. */
const maxApprovals = 200;

/** Whether a person agrees to send this; asked once for each way of sending. */
export async function askConsent(state: vscode.Memento, target: RemoteTarget): Promise<boolean> {
  const key = await approvalKey(target);
  const approved = state.get<readonly string[]>(stateKey, []);
  if (approved.includes(key)) {
    return true;
  }
  const host = URL.canParse(target.url) ? new URL(target.url).host : oneLine(target.url);
  const choice = await vscode.window.showWarningMessage(
    `Send a test request to ${host}?`,
    { modal: true, detail: describe(target) },
    'Send',
  );
  if (choice !== 'Send') {
    return false;
  }
  await state.update(stateKey, [...approved, key].slice(-maxApprovals));
  return true;
}

function describe({ writtenUrl = '', headers, serverName }: RemoteTarget): string {
  const [address = ''] = maskSecrets(writtenUrl, { kind: 'url' }).split('?', 1);
  const lines = headers.map(({ name, secretNames }) =>
    secretNames.length > 0
      ? `  ${oneLine(name)}, from ${secretNames.join(', ')}`
      : `  ${oneLine(name)}, as it stands in the file`,
  );
  return [
    `Server ${oneLine(serverName)}: initialize and tools/list go to ${oneLine(address)}`,
    headers.length > 0 ? 'with the headers' : 'without any header of its own.',
    ...lines,
    '',
    'You are asked again when the address, a header or a variable changes.',
  ].join('\n');
}
