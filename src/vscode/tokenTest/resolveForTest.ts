import * as vscode from 'vscode';
import { oneLine } from '../../core/base/text';
import type { McpServer } from '../../core/config/mcpConfig';
import type { ServerRecord } from '../../core/servers/serverStore';
import { requiredVariables, resolveTarget } from '../../core/tokenTest/resolveTarget';
import type { TokenTestTarget } from '../../core/tokenTest/tokenTestTarget';
import type { Services } from '../services';
import { UserFacingError } from '../ui/errorBoundary';

type Variables = Services['variables'];
type ValueOf = (name: string) => Promise<string | undefined>;

/**
 * The server with a value for each variable; those that are kept nowhere are asked for.
 * @returns `undefined` when a question was left
 * @throws UserFacingError where the entry does not load
 */
export async function resolveAsking(
  { variables }: Services,
  { file, server }: ServerRecord,
): Promise<TokenTestTarget | undefined> {
  if (!server.loads) {
    throw new UserFacingError(
      `${oneLine(server.name)} does not load, so there is nothing to test yet. Problems says why.`,
    );
  }
  const uri = vscode.Uri.parse(file.id, true);
  const typed = new Map<string, string>();
  for (const name of await missingVariables(variables, uri, server)) {
    const value = await vscode.window.showInputBox({
      title: `Test ${oneLine(server.name)}`,
      prompt: `${name} is not set. Its value is used for this test only and not stored.`,
      placeHolder: `Value of ${name}`,
      password: true,
      ignoreFocusOut: true,
    });
    if (value === undefined) {
      return undefined;
    }
    typed.set(name, value);
  }
  return targetWith(server, typed, valuesAt(variables, uri));
}

/** The same without asking: the names of what is missing, or the server. */
export async function resolveQuietly(
  { variables }: Services,
  { file, server }: ServerRecord,
): Promise<{ readonly missing: readonly string[] } | { readonly target: TokenTestTarget }> {
  const uri = vscode.Uri.parse(file.id, true);
  const missing = await missingVariables(variables, uri, server);
  return missing.length > 0
    ? { missing }
    : { target: await targetWith(server, new Map(), valuesAt(variables, uri)) };
}

async function missingVariables(
  variables: Variables,
  uri: vscode.Uri,
  server: McpServer,
): Promise<readonly string[]> {
  const missing: string[] = [];
  for (const name of requiredVariables(server)) {
    if ((await variables.resolve(uri, name)) === undefined) {
      missing.push(name);
    }
  }
  return missing;
}

function valuesAt(variables: Variables, uri: vscode.Uri): ValueOf {
  return async (name) => (await variables.resolve(uri, name))?.value;
}

/** A value may refer to further variables, so one knows only in the course of it what is needed. */
async function targetWith(
  server: McpServer,
  typed: ReadonlyMap<string, string>,
  valueOf: ValueOf,
): Promise<TokenTestTarget> {
  const values = new Map<string, string | undefined>(typed);
  for (;;) {
    const missing = new Set<string>();
    const target = resolveTarget(server, (name) => {
      if (!values.has(name)) {
        missing.add(name);
      }
      return values.get(name);
    });
    if (missing.size === 0) {
      return target;
    }
    for (const name of missing) {
      values.set(name, await valueOf(name));
    }
  }
}
