import * as vscode from 'vscode';

interface SecretTerminal {
  readonly cwd: vscode.Uri;
  /** What the terminal has beyond its own environment. It is emptied once the terminal has it. */
  readonly env: Record<string, string>;
  /** Written above the prompt. */
  readonly lines: readonly string[];
  /** What is typed into its shell, if anything. */
  readonly command: string | undefined;
}

/**
 * Opens a terminal whose environment carries `env`. It is transient: of any other terminal VS Code
 * keeps the environment on disk, to bring it back after a reload.
 */
export async function openSecretTerminal({
  cwd,
  env,
  lines,
  command,
}: SecretTerminal): Promise<void> {
  const terminal = vscode.window.createTerminal({
    name: 'Claude Code',
    iconPath: new vscode.ThemeIcon('key'),
    cwd,
    env,
    isTransient: true,
    message: lines.map((line) => `MCP Auth: ${line}`).join('\r\n'),
  });
  terminal.show();
  if (command !== undefined) {
    terminal.sendText(command);
  }
  await terminal.processId;
  // Other extensions can read these options as long as the terminal is open.
  for (const name of Object.keys(env)) {
    delete env[name];
  }
}
