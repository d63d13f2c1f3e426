import * as vscode from 'vscode';
import { oneLine } from '../../core/base/text';
import { describeSignInRefusal, findEntryRefusal } from '../../core/claudeCode/signInRefusal';
import type { ServerRecord } from '../../core/servers/serverStore';
import { signInWithClaude } from '../claudeCode/signInWithClaude';
import type { Services } from '../services';
import { requireTrust } from '../ui/requireTrust';
import { pickServer } from './pickServer';

/** One way to sign in, with what it is good for. */
interface SignInWay {
  readonly label: string;
  readonly detail: string;
  run(services: Services, record: ServerRecord): Promise<void>;
}

/** In the order in which they are offered; of one alone nobody is asked. */
const ways: readonly SignInWay[] = [
  {
    label: 'In Claude Code',
    detail: 'Runs "claude mcp login" in a terminal. Claude Code keeps the sign-in and uses it.',
    run: signInWithClaude,
  },
];

export async function signIn(services: Services, target: unknown): Promise<void> {
  requireTrust('Signing in starts Claude Code');
  const question = 'Sign in to which server?';
  const others = { title: 'Cannot sign in as written', whyNot };
  const record = await pickServer(services.store, target, 'canSignIn', question, others);
  const way = record && (await pickWay(record));
  if (record !== undefined && way !== undefined) {
    await way.run(services, record);
  }
}

async function pickWay({ server }: ServerRecord): Promise<SignInWay | undefined> {
  if (ways.length === 1) {
    return ways[0];
  }
  return vscode.window.showQuickPick(ways, {
    placeHolder: `Sign in to ${oneLine(server.name, 60)} where?`,
    matchOnDetail: true,
  });
}

/** Servers that one cannot sign in to are listed as well: choosing one says what to do about it. */
function whyNot({ file, server }: ServerRecord): string | undefined {
  const refusal = findEntryRefusal(server, file.config.place.id);
  return refusal && describeSignInRefusal(refusal, server).sentence;
}
