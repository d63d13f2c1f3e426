import * as vscode from 'vscode';
import { approvalOf, type Approval } from '../../core/claudeCode/serverApproval';
import type { SignInCircumstances } from '../../core/claudeCode/signInRefusal';
import { expand, urlRules } from '../../core/config/expansion';
import type { McpServer } from '../../core/config/mcpConfig';
import { maxFileBytes, parseMcpConfig } from '../../core/config/parseMcpConfig';
import { places } from '../../core/config/place';
import type { ServerRecord } from '../../core/servers/serverStore';
import type { Machine, Services } from '../services';
import { withVariables } from '../variables/withVariables';
import { isBatchFile } from './findClaude';
import { startFolder } from './startFolder';

/** `~/.claude.json` remembers much besides, and grows. */
const maxStateBytes = 32 * maxFileBytes;

/** What decides whether Claude Code would sign in to a server; read now, for a person who asks. */
export async function signInCircumstances(
  { machine, variables }: Services,
  { file, server }: ServerRecord,
  claude: string,
): Promise<SignInCircumstances> {
  const uri = vscode.Uri.parse(file.id, true);
  const place = file.config.place.id;
  const folder = startFolder(uri, place, server.project);
  const folders = [folder.fsPath, await gitRootOf(folder)].flatMap((path) => path ?? []);
  const state = await readText(vscode.Uri.file(machine.claudeState), maxStateBytes);
  const approval = (name: string) => readApproval(machine, name, folder, state, folders);
  return {
    place,
    lookup: await withVariables(
      (lookup) => {
        expand(server.url?.value ?? '', lookup, urlRules);
        return lookup;
      },
      async (name) => {
        const found = await variables.resolve(uri, name);
        return found?.isSeenByClaude === true ? found.value : undefined;
      },
    ),
    approval: place === 'project' ? await approval(server.name) : undefined,
    otherScope: await findOtherScope(),
    isBatchFile: isBatchFile(claude),
  };

  /** Of one name that of the folder alone counts, then that of the project, then that of the user. */
  async function findOtherScope(): Promise<'local' | 'project' | undefined> {
    if (server.project !== undefined) {
      return undefined;
    }
    const local = parseMcpConfig(state ?? '{}', places.user).servers.filter(({ project }) =>
      folders.some((path) => path === project),
    );
    if (isElsewhere(local, server)) {
      return 'local';
    }
    if (place !== 'user') {
      return undefined;
    }
    const text = await readText(vscode.Uri.joinPath(folder, '.mcp.json'), maxFileBytes);
    const ofProject = parseMcpConfig(text ?? '{}', places.project).servers;
    const isOther = isElsewhere(ofProject, server);
    return isOther && (await approval(server.name)) === 'approved' ? 'project' : undefined;
  }
}

/** Whether one of them has its name and another endpoint. */
function isElsewhere(others: readonly McpServer[], server: McpServer): boolean {
  const other = others.findLast(({ name, loads }) => loads && name === server.name);
  return other !== undefined && endpointOf(other) !== endpointOf(server);
}

function endpointOf({ transport, url, headers }: McpServer): string {
  return JSON.stringify([
    transport,
    url?.value,
    headers.map(({ name, value }) => [name, value.value]),
  ]);
}

async function readApproval(
  { claudeFolder, claudeManaged }: Machine,
  name: string,
  folder: vscode.Uri,
  state: string | undefined,
  folders: readonly string[],
): Promise<Approval> {
  const read = (uri: vscode.Uri) => readText(uri, maxFileBytes);
  const settings = ['settings.json', 'settings.local.json'];
  const [user, managed, ...ofFolder] = await Promise.all([
    read(vscode.Uri.joinPath(vscode.Uri.file(claudeFolder), 'settings.json')),
    read(vscode.Uri.joinPath(vscode.Uri.file(claudeManaged), 'managed-settings.json')),
    ...settings.map((file) => read(vscode.Uri.joinPath(folder, '.claude', file))),
  ]);
  return approvalOf(name, { always: [user, managed], ofFolder, state, folders });
}

/** The folder with `.git` above or at `folder`: under it Claude Code keeps whether it is trusted. */
async function gitRootOf(folder: vscode.Uri): Promise<string | undefined> {
  for (let at = folder; ; at = vscode.Uri.joinPath(at, '..')) {
    const isRoot = await vscode.workspace.fs.stat(vscode.Uri.joinPath(at, '.git')).then(
      () => true,
      () => false,
    );
    if (isRoot) {
      return at.fsPath;
    }
    if (vscode.Uri.joinPath(at, '..').path === at.path) {
      return undefined;
    }
  }
}

/** `undefined` for what is not there, is no file, or is not for this user to read. */
async function readText(uri: vscode.Uri, maxBytes: number): Promise<string | undefined> {
  const { fs } = vscode.workspace;
  try {
    const { type, size } = await fs.stat(uri);
    return (type & vscode.FileType.File) !== 0 && size <= maxBytes
      ? new TextDecoder().decode(await fs.readFile(uri))
      : undefined;
  } catch {
    return undefined;
  }
}
