import * as vscode from 'vscode';
import { oneLine } from '../../core/base/text';
import type { McpServer } from '../../core/config/mcpConfig';
import type { ServerRecord } from '../../core/servers/serverStore';
import { requiredVariables, resolveTarget } from '../../core/tokenTest/resolveTarget';
import { sessionFolder } from '../../core/tokenTest/sessionFolder';
import type { TestCircumstances, UsedVariable } from '../../core/tokenTest/testCircumstances';
import type { TokenTestTarget } from '../../core/tokenTest/tokenTestTarget';
import type { Services } from '../services';
import { UserFacingError } from '../ui/errorBoundary';
import { withVariables } from '../variables/withVariables';

type Variables = Services['variables'];

/** A server with a value for each variable, and what is known of those values. */
export interface ResolvedServer {
  readonly target: TokenTestTarget;
  readonly circumstances: TestCircumstances;
}

/**
 * The server with a value for each variable; those that are kept nowhere are asked for.
 * @returns `undefined` when a question was left
 * @throws UserFacingError where the entry does not load
 */
export async function resolveAsking(
  { variables }: Services,
  record: ServerRecord,
): Promise<ResolvedServer | undefined> {
  const { file, server } = record;
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
  return resolveWith(variables, uri, record, typed);
}

/** The same without asking: the names of what is missing, or the server. */
export async function resolveQuietly(
  { variables }: Services,
  record: ServerRecord,
): Promise<{ readonly missing: readonly string[] } | ResolvedServer> {
  const { file, server } = record;
  const uri = vscode.Uri.parse(file.id, true);
  const missing = await missingVariables(variables, uri, server);
  return missing.length > 0 ? { missing } : resolveWith(variables, uri, record, new Map());
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

async function resolveWith(
  variables: Variables,
  uri: vscode.Uri,
  { file, server }: ServerRecord,
  typed: ReadonlyMap<string, string>,
): Promise<ResolvedServer> {
  const folder = sessionFolder({
    place: file.config.place.id,
    file: uri.fsPath,
    project: server.project,
    workspaceFolder: vscode.workspace.getWorkspaceFolder(uri)?.uri.fsPath,
  });
  const used: UsedVariable[] = [];
  const target = await withVariables(
    (lookup) => resolveTarget(server, lookup, folder),
    async (name) => {
      const found = typed.has(name)
        ? { value: typed.get(name), source: 'what was typed', isSeenByClaude: false }
        : await variables.resolve(uri, name);
      if (found !== undefined) {
        const { source, isSeenByClaude } = found;
        used.push({ name, source, isSeenByClaude });
      }
      return found?.value;
    },
  );
  const hasHeadersHelper = server.headersHelper !== undefined;
  return { target, circumstances: { variables: used, hasHeadersHelper } };
}
