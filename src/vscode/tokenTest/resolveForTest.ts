import * as vscode from 'vscode';
import { oneLine } from '../../core/base/text';
import type { McpServer } from '../../core/config/mcpConfig';
import type { ConfigFile, ServerRecord } from '../../core/servers/serverStore';
import { requiredVariables, resolveTarget } from '../../core/tokenTest/resolveTarget';
import { sessionFolder } from '../../core/tokenTest/sessionFolder';
import type { TestCircumstances, UsedVariable } from '../../core/tokenTest/testCircumstances';
import type { TokenTestTarget } from '../../core/tokenTest/tokenTestTarget';
import type { Services } from '../services';
import { UserFacingError } from '../ui/errorBoundary';
import type { ResolvedVariable } from '../variables/workspaceVariables';
import { withVariables } from '../variables/withVariables';

/** The value of a variable for one test, looked up once. */
type Resolve = (name: string) => Promise<ResolvedVariable | undefined>;

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
  const resolve = resolveOnce(variables, file);
  const typed = new Map<string, string>();
  for (const name of await missingVariables(resolve, server)) {
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
  return resolveWith(resolve, record, typed);
}

/** The same without asking: the names of what is missing, or the server. */
export async function resolveQuietly(
  { variables }: Services,
  record: ServerRecord,
): Promise<{ readonly missing: readonly string[] } | ResolvedServer> {
  const { file, server } = record;
  const resolve = resolveOnce(variables, file);
  const missing = await missingVariables(resolve, server);
  return missing.length > 0 ? { missing } : resolveWith(resolve, record, new Map());
}

/** What is asked twice is answered the same, whatever is written meanwhile. */
function resolveOnce(variables: Services['variables'], { id }: ConfigFile): Resolve {
  const uri = vscode.Uri.parse(id, true);
  const known = new Map<string, ReturnType<Resolve>>();
  return (name) => {
    const value = known.get(name) ?? variables.resolve(uri, name);
    known.set(name, value);
    return value;
  };
}

async function missingVariables(resolve: Resolve, server: McpServer): Promise<readonly string[]> {
  const missing: string[] = [];
  for (const name of requiredVariables(server)) {
    if ((await resolve(name)) === undefined) {
      missing.push(name);
    }
  }
  return missing;
}

async function resolveWith(
  resolve: Resolve,
  { file, server }: ServerRecord,
  typed: ReadonlyMap<string, string>,
): Promise<ResolvedServer> {
  const uri = vscode.Uri.parse(file.id, true);
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
        : await resolve(name);
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
