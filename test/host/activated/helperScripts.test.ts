import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync } from 'node:fs';
import * as vscode from 'vscode';
import {
  activateExtension,
  closeAll,
  inWorkspace,
  lightbulbAt,
  open,
  openLightbulb,
  replaceAll,
  rulesAt,
  take,
  waitForRules,
  writeText,
} from '../support';

const script = `#!/bin/sh
set -eu
token=$(curl --fail -s https://auth.example.com/token)
printf '{"Authorization": "Bearer %s"}' "$token"
`;

const command = '${CLAUDE_PROJECT_DIR:-.}/headers.sh';

/**
 * A configuration in a folder of its own, and where its helper will be. The helper is missed first:
 * from then on what happens in the folder is seen.
 */
async function writeConfig(
  folder: string,
  headersHelper: string,
): Promise<{ readonly uri: vscode.Uri; readonly helper: vscode.Uri }> {
  const uri = inWorkspace(folder, '.mcp.json');
  const docs = { type: 'http', url: 'https://h.example/mcp', headersHelper };
  await writeText(uri, JSON.stringify({ mcpServers: { docs } }));
  await waitForRules(uri, ['helper-missing']);
  return { uri, helper: inWorkspace(folder, 'headers.sh') };
}

describe('a headers helper', () => {
  before(activateExtension);
  afterEach(closeAll);

  it('is found when it is written, and missed when it is deleted', async () => {
    const { uri, helper } = await writeConfig('helper-missing', `sh ${command}`);
    await writeText(helper, script);
    await waitForRules(uri, []);
    await vscode.workspace.fs.delete(helper);
    await waitForRules(uri, ['helper-missing']);
  });

  it('is missed when its whole folder goes', async () => {
    const folder = inWorkspace('helper-folder', 'scripts');
    await vscode.workspace.fs.createDirectory(folder);
    await writeText(vscode.Uri.joinPath(folder, 'present.sh'), script);
    const uri = inWorkspace('helper-folder', '.mcp.json');
    const headersHelper = 'sh ${CLAUDE_PROJECT_DIR:-.}/scripts/present.sh';
    const docs = { type: 'http', url: 'http://h.example/mcp', headersHelper };
    await writeText(uri, JSON.stringify({ mcpServers: { docs } }));
    await waitForRules(uri, ['url-insecure']);
    await vscode.workspace.fs.delete(folder, { recursive: true });
    await waitForRules(uri, ['url-insecure', 'helper-missing']);
  });

  it('may not be executed until chmod says so', async () => {
    const { uri, helper } = await writeConfig('helper-rights', command);
    await writeText(helper, script);
    await waitForRules(uri, ['helper-not-executable']);
    chmodSync(helper.fsPath, 0o755);
    await waitForRules(uri, []);
  });

  it('is read anew when it is saved: what it takes from the environment counts', async () => {
    const { uri, helper } = await writeConfig('helper-saved', `sh ${command}`);
    await writeText(helper, script);
    await waitForRules(helper, ['helper-network-without-timeout']);
    await writeText(helper, '#!/bin/sh\nprintf \'{"X-Tenant": "%s"}\' "$MY_TOKEN"\n');
    await waitForRules(uri, ['helper-credential-removed']);
    assert.deepEqual(rulesAt(helper), []);
  });

  it('has its own problems, which follow the typing and go with the configuration', async () => {
    const { uri, helper } = await writeConfig('helper-typed', `sh ${command}`);
    await writeText(helper, script);
    await waitForRules(helper, ['helper-network-without-timeout']);
    const document = await open(helper);
    await replaceAll(document, script.replace('curl --fail', 'curl'));
    assert.deepEqual(rulesAt(helper), ['helper-network-without-timeout', 'helper-no-fail-fast']);
    await closeAll();
    await waitForRules(helper, ['helper-network-without-timeout']);
    await vscode.workspace.fs.delete(uri);
    await waitForRules(helper, []);
  });

  it('has problems that can be made milder, or accepted, all of a rule at once', async () => {
    const { helper } = await writeConfig('helper-accepted', `sh ${command}`);
    await writeText(helper, script.replace(')\n', ')\ncurl --fail https://h.example\n'));
    const rule = 'helper-network-without-timeout';
    await waitForRules(helper, [rule, rule]);
    await open(helper);
    const actions = (await openLightbulb(helper, rule)).slice(-2);
    const [diagnostic] = vscode.languages.getDiagnostics(helper);
    const problem = {
      uri: helper.toString(),
      rule,
      server: undefined,
      path: [],
      message: diagnostic?.message,
    };
    assert.deepEqual(
      actions.map(({ title, command }) => [title, command?.command, command?.arguments]),
      [
        [`Change severity of ${rule}…`, 'mcpAuth.rule.setSeverity', [problem]],
        [`Accept every ${rule} in this file…`, 'mcpAuth.problem.accept', [problem]],
      ],
    );
    const accept = (entries: unknown) =>
      vscode.workspace
        .getConfiguration('mcpAuth', helper)
        .update('suppressed', entries, vscode.ConfigurationTarget.Workspace);
    await accept([{ file: 'helper-accepted/headers.sh', rule, reason: 'a demo' }]);
    await waitForRules(helper, []);
    await accept(undefined);
    await waitForRules(helper, [rule, rule]);
  });

  it('is repaired by the lightbulb', async () => {
    const { helper } = await writeConfig('helper-repaired', `sh ${command}`);
    await writeText(helper, script);
    await waitForRules(helper, ['helper-network-without-timeout']);
    const document = await open(helper);
    const actions = await lightbulbAt(helper, 'helper-network-without-timeout');
    await take(actions.get('Add --max-time 5'));
    assert.equal(document.getText(), script.replace('curl', 'curl --max-time 5'));
    assert.deepEqual(rulesAt(helper), []);
  });
});

describe('a file that git should not keep', () => {
  before(activateExtension);

  const token = `ghp_${'a1B2c3D4e5F6'.repeat(3)}`;
  const git = (...args: readonly string[]) =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], {
      cwd: inWorkspace('kept').fsPath,
    });

  it('is told until it is ignored', async () => {
    await vscode.workspace.fs.createDirectory(inWorkspace('kept'));
    git('init', '--quiet');
    await writeText(inWorkspace('kept', '.env'), `TOKEN=${token}\n`);
    const uri = inWorkspace('kept', '.mcp.json');
    await writeText(uri, '{"mcpServers": {"a": {"command": "x"}}}');
    await waitForRules(uri, ['env-file-tracked']);
    await writeText(inWorkspace('kept', '.gitignore'), '.env\n');
    await waitForRules(uri, []);
  });

  it('is looked for in the history when somebody asks, and not before', async () => {
    const uri = inWorkspace('kept', '.mcp.json');
    await writeText(uri, JSON.stringify({ mcpServers: { a: { command: 'x', args: [token] } } }));
    await waitForRules(uri, ['secret-literal']);
    git('add', '.mcp.json');
    git('-c', 'commit.gpgsign=false', 'commit', '--quiet', '-m', 'x');
    assert.deepEqual(rulesAt(uri), ['secret-literal']);
    await vscode.commands.executeCommand('mcpAuth.secrets.searchHistory');
    await waitForRules(uri, ['secret-literal', 'secret-committed']);
    const told = vscode.languages.getDiagnostics(uri).map(({ message }) => message);
    assert.match(told.join('\n'), /is in one commit of the repository since \d{4}-\d\d-\d\d,/);
    const page = vscode.Uri.from({
      scheme: 'mcp-auth-history',
      path: '/Secrets in the git history.md',
    });
    const report = (await vscode.workspace.openTextDocument(page)).getText();
    assert.match(report, /## GitHub token \(ghp\\_…\)[^]*settings\/tokens>[^]*\| `\.mcp\.json` \|/);
    assert.ok(!report.includes(token));
  });
});
