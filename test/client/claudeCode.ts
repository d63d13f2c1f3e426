import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { npmInstall } from '../environment/npm';
import { downloads } from '../environment/paths';
import { runProcess } from '../environment/processes';

/** What `claude mcp list` says about one `.mcp.json` in a folder that nobody has approved. */
export interface ListedServers {
  /** The whole of it, for a person to read. */
  readonly output: string;
  /** Whether it lists a server of this name: pending approval, so nothing is started. */
  isListed(name: string): boolean;
  /** Variables it calls missing, of the server of this name. */
  missingVariables(name: string): readonly string[];
  /** Fields of this server with white space around their value, as it names them. */
  fieldsWithWhiteSpace(name: string): readonly string[];
}

/** The real client, in a folder and with a home of its own. */
export class ClaudeCode {
  private constructor(
    private readonly executable: string,
    readonly folder: string,
  ) {}

  /** Installs the client below `.vscode-test`. @throws Error with a sentence */
  static async install(version: string): Promise<ClaudeCode> {
    const home = join(downloads, 'claude-code', version);
    console.log(`Installing Claude Code ${version} into .vscode-test (370 MB) …`);
    await npmInstall(home, [`@anthropic-ai/claude-code@${version}`], 'Claude Code');
    const platform = `${process.platform}-${process.arch}`;
    const name = process.platform === 'win32' ? 'claude.exe' : 'claude';
    const executable = join(home, 'node_modules/@anthropic-ai', `claude-code-${platform}`, name);
    const folder = await realpath(await mkdtemp(join(tmpdir(), 'mcp-auth-client-')));
    return new ClaudeCode(executable, folder);
  }

  /** @param environment what is set besides */
  async list(
    text: string,
    environment: Readonly<Record<string, string>> = {},
  ): Promise<ListedServers> {
    return readList(await this.runList(text, environment));
  }

  /**
   * Has these servers started and contacted, as if a person had approved them. No other text is to
   * be listed afterwards: the approval stays.
   * @returns what it prints about them
   */
  async connect(
    mcpServers: Readonly<Record<string, object>>,
    environment: Readonly<Record<string, string>>,
  ): Promise<string> {
    await mkdir(this.home, { recursive: true });
    const settings = JSON.stringify({ enableAllProjectMcpServers: true });
    await writeFile(join(this.home, 'settings.json'), settings);
    return this.runList(JSON.stringify({ mcpServers }), environment);
  }

  dispose(): Promise<void> {
    return rm(this.folder, { recursive: true, force: true });
  }

  private get home(): string {
    return join(this.folder, 'home');
  }

  private async runList(
    text: string,
    environment: Readonly<Record<string, string>>,
  ): Promise<string> {
    await writeFile(join(this.folder, '.mcp.json'), text);
    const { output } = await runProcess(this.executable, ['mcp', 'list'], {
      cwd: this.folder,
      seconds: 120,
      env: {
        ...environment,
        PATH: process.env.PATH,
        HOME: this.folder,
        CLAUDE_CONFIG_DIR: this.home,
        CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
      },
    });
    return output;
  }
}

function readList(output: string): ListedServers {
  const lines = output.split('\n');
  const about = (name: string, words: string) => {
    const start = `[Warning] [${printed(name)}] mcpServers.${printed(name)}: ${words}: `;
    const line = lines.find((text) => text.includes(start));
    const list = line?.slice(line.indexOf(start) + start.length) ?? '';
    return list === '' ? [] : list.split(', ');
  };
  return {
    output,
    isListed: (name) => lines.some((line) => line.startsWith(`${printed(name)}: `)),
    missingVariables: (name) => about(name, 'Missing environment variables'),
    fieldsWithWhiteSpace: (name) => about(name, 'Leading or trailing whitespace in'),
  };
}

/** A name as the client prints it. */
function printed(name: string): string {
  return name.replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ');
}
