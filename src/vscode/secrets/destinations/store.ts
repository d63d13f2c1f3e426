import * as vscode from 'vscode';
import type { Services } from '../../services';
import { chooseName } from '../chooseName';
import type { Destination, Kept, NamedValue } from '../destination';
import { scopeOf } from '../secretStore';

/** The keychain of the system, from which "Open Claude Code with Secrets" takes what is needed. */
export const store: Destination = {
  id: 'store',
  label: 'OS keychain',
  readers: 'You, and Claude Code when "MCP Auth: Open Claude Code with Secrets" starts it.',
  actionTitle: (variable) => `Move to \${${variable}} and keep the value in the OS keychain`,
  isAvailable: ({ scheme }) => vscode.workspace.isTrusted && scheme === 'file',
  keep,
};

async function keep(
  values: readonly NamedValue[],
  config: vscode.Uri,
  { secrets }: Services,
  assertUnchanged: () => void,
): Promise<Kept | undefined> {
  const scope = scopeOf(config);
  const stored = new Set(
    (await secrets.list()).filter((entry) => entry.scope === scope).map(({ name }) => name),
  );
  const names = new Map<string, string>();
  const kept = new Map<string, string>();
  for (const { variable: wanted, value, avoid, isNameFixed } of values) {
    const name = await chooseName({
      place: 'The OS keychain',
      wanted,
      value,
      avoid,
      isNameFixed,
      existing: kept.get(wanted) ?? (await secrets.valueOf({ scope, name: wanted })),
      isTaken: (other) => stored.has(other) || kept.has(other),
    });
    if (name === undefined) {
      return undefined;
    }
    names.set(wanted, name);
    kept.set(name, value);
  }
  assertUnchanged();
  await secrets.set(config, kept);
  const [verb, them] = kept.size === 1 ? ['The value is', 'it'] : ['The values are', 'them'];
  return {
    names,
    message: `${verb} in the OS keychain as ${[...kept.keys()].join(', ')}. Claude Code does not look there: open it with "Open Claude Code with Secrets", which hands ${them} over.`,
    followUps: [
      {
        title: 'Open Claude Code',
        run: () =>
          vscode.commands.executeCommand('mcpAuth.claude.openWithSecrets', {
            uri: config.toString(),
          }),
      },
    ],
  };
}
