import * as vscode from 'vscode';
import { oneLine } from '../../core/base/text';
import { neededVariables } from '../../core/variables/neededVariables';
import { setValue } from '../secrets/setValue';
import { tellKept } from '../secrets/tellKept';
import type { Services } from '../services';
import { notify, withoutIcons } from '../ui/notifications';
import { requireTrust } from '../ui/requireTrust';
import { uriOf } from './pickConfig';

/** What a link or a row hands to the command; without it, one is picked. */
interface Variable {
  readonly uri: vscode.Uri;
  readonly name: string;
}

/** Gives a variable that a configuration refers to a value, and tells who will see it. */
export async function setVariable(services: Services, target: unknown): Promise<void> {
  requireTrust('Keeping a value writes a file or the keychain');
  const variable = variableOf(target) ?? (await pickUnset(services));
  if (variable === undefined) {
    return;
  }
  const done = await setValue(services, variable.uri, variable.name);
  if (done !== undefined) {
    await tellKept(done.kept.message, done.kept.followUps);
  }
}

function variableOf(target: unknown): Variable | undefined {
  const uri = uriOf(target);
  const name =
    typeof target === 'object' && target !== null
      ? 'name' in target
        ? target.name
        : 'variable' in target
          ? target.variable
          : undefined
      : undefined;
  return uri !== undefined && typeof name === 'string' && /^[A-Za-z_]\w*$/.test(name)
    ? { uri: vscode.Uri.parse(uri, true), name }
    : undefined;
}

/** Those that Claude Code would not find, of all files. */
async function pickUnset({ store, variables }: Services): Promise<Variable | undefined> {
  await variables.whenIdle();
  const items = store.allFiles().flatMap((file) => {
    const uri = vscode.Uri.parse(file.id, true);
    const environment = variables.environmentFor(uri);
    return neededVariables(file.config, vscode.Uri.joinPath(uri, '..').fsPath)
      .filter(({ name }) => environment.lookup(name).kind === 'unset')
      .map(({ name, servers }) => ({
        label: name,
        description: withoutIcons(oneLine(servers.join(', '))),
        detail: withoutIcons(file.label),
        variable: { uri, name },
      }));
  });
  if (items.length === 0) {
    void notify.info('Claude Code finds every variable that a configuration here refers to.');
    return undefined;
  }
  const picked = await vscode.window.showQuickPick(items, {
    placeHolder: 'Set which variable?',
    matchOnDescription: true,
  });
  return picked?.variable;
}
