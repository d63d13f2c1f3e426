import * as vscode from 'vscode';
import type { Services } from '../services';
import { moveSecrets, type MoveSecretArguments } from '../secrets/moveSecret';
import { explainRule } from '../rulePages';
import { runSafely } from '../ui/errorBoundary';
import { acceptProblem, changeSeverity } from './acceptProblem';
import { compareServer } from './compareServer';
import { copyAsCurl } from './copyAsCurl';
import { copyName } from './copyName';
import { createConfig } from './createConfig';
import { denyTools } from './denyTools';
import { explainVariable } from './explainVariable';
import { fixAllInFile, fixAllInWorkspace } from './fixAll';
import { moveAllSecrets } from './moveAllSecrets';
import { manageSecrets } from './manageSecrets';
import { openServer } from './openServer';
import { openWithSecrets } from './openWithSecrets';
import { readLoginShell } from './readLoginShell';
import { searchWholeHistory } from './searchHistory';
import { setVariable } from './setVariable';
import { showReport } from './showReport';
import { showSignIns } from './showSignIns';
import { signIn } from './signIn';
import { signOut } from './signOut';
import { testAll } from './testAll';
import { testServer } from './testServer';
import { updateEnvExample } from './updateEnvExample';

interface Command {
  /** As a sentence begins when it fails. */
  readonly title: string;
  readonly run: (services: Services, target: unknown) => unknown;
}

/** Every command of the manifest, by id. */
export const commands = {
  'mcpAuth.config.create': { title: 'Creating .mcp.json', run: createConfig },
  'mcpAuth.servers.refresh': {
    title: 'Refreshing the servers',
    run: ({ documents }) => documents.refreshAll(),
  },
  'mcpAuth.server.open': { title: 'Opening the entry', run: openServer },
  'mcpAuth.server.test': { title: 'The test', run: testServer },
  'mcpAuth.server.compare': { title: 'The comparison', run: compareServer },
  'mcpAuth.servers.testAll': { title: 'Testing the servers', run: testAll },
  'mcpAuth.server.showReport': { title: 'Showing the report', run: showReport },
  'mcpAuth.server.signIn': { title: 'Signing in', run: signIn },
  'mcpAuth.server.signOut': { title: 'Signing out', run: signOut },
  'mcpAuth.claude.showSignIns': { title: 'Showing the sign-ins', run: showSignIns },
  'mcpAuth.variable.explain': { title: 'Telling what values become', run: explainVariable },
  'mcpAuth.server.copyName': { title: 'Copying the name', run: copyName },
  'mcpAuth.server.copyAsCurl': { title: 'Copying as curl', run: copyAsCurl },
  'mcpAuth.denyTools': { title: 'Denying tools', run: denyTools },
  'mcpAuth.config.fixAll': { title: 'Fixing the file', run: fixAllInFile },
  'mcpAuth.workspace.fixAll': { title: 'Fixing the workspace', run: fixAllInWorkspace },
  'mcpAuth.problem.accept': {
    title: 'Accepting the problem',
    run: (_, target) => acceptProblem(target),
  },
  'mcpAuth.rule.setSeverity': {
    title: 'Changing the severity',
    run: (_, target) => changeSeverity(target),
  },
  'mcpAuth.secret.move': {
    title: 'Moving the secret',
    run: (services, target) => moveSecrets(services, target as MoveSecretArguments),
  },
  'mcpAuth.secrets.moveAll': { title: 'Moving the values', run: moveAllSecrets },
  'mcpAuth.secrets.manage': { title: 'Managing the stored secrets', run: manageSecrets },
  'mcpAuth.claude.openWithSecrets': { title: 'Opening Claude Code', run: openWithSecrets },
  'mcpAuth.variable.set': { title: 'Setting the variable', run: setVariable },
  'mcpAuth.envExample.update': { title: 'Updating .env.example', run: updateEnvExample },
  'mcpAuth.secrets.searchHistory': { title: 'Searching the history', run: searchWholeHistory },
  'mcpAuth.loginShell.read': { title: 'Reading the login shell', run: readLoginShell },
  'mcpAuth.rule.explain': {
    title: 'Opening the page',
    run: ({ extensionUri }, rule) => explainRule(extensionUri, rule),
  },
  'mcpAuth.log.show': { title: 'Showing the log', run: ({ log }) => log.show() },
} as const satisfies Record<string, Command>;

export function registerCommands(services: Services): vscode.Disposable {
  return vscode.Disposable.from(
    ...Object.entries<Command>(commands).map(([id, { title, run }]) =>
      vscode.commands.registerCommand(id, (target: unknown) =>
        runSafely(title, services.log, () => run(services, target)),
      ),
    ),
  );
}
