import type { SpawnOptions } from 'node:child_process';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { npmInstall } from '../environment/npm';
import { downloads } from '../environment/paths';
import { runProcess, startProcess, type FinishedProcess } from '../environment/processes';

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

/** A program of its arguments, in a terminal that is this process's own input and output. */
const inTerminal = 'import os,pty,sys;sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))';

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
    await this.approve();
    return this.runList(JSON.stringify({ mcpServers }), environment);
  }

  /** Has it contact one of these servers, approved. @returns what it says of its state */
  async stateOf(
    mcpServers: Readonly<Record<string, object>>,
    name: string,
    environment: Readonly<Record<string, string>>,
  ): Promise<string> {
    await this.approve();
    await writeFile(join(this.folder, '.mcp.json'), JSON.stringify({ mcpServers }));
    const { output } = await this.run(['mcp', 'get', '--', name], environment);
    return /^ {2}Status: (.*)$/m.exec(output)?.[1] ?? output;
  }

  /**
   * Signs in to a server that `stateOf` was asked about before, in a terminal of its own.
   * @param visit plays the browser
   * @throws Error with what it printed
   */
  async signIn(
    name: string,
    environment: Readonly<Record<string, string>>,
    visit: (authorizationUrl: URL) => Promise<void>,
  ): Promise<void> {
    const command = [this.executable, 'mcp', 'login', '--no-browser', '--', name];
    const terminal = startProcess('python3', ['-c', inTerminal, ...command], {
      ...this.options(environment),
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    let output = '';
    let visiting: Promise<void> | undefined;
    terminal.child.stdout?.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      const url = /Visit this URL[^]*?(http:\/\/127\.0\.0\.1:\S+?)[\u0007\u001b\s]/.exec(
        output,
      )?.[1];
      if (url !== undefined && output.includes('paste the redirect URL')) {
        visiting ??= visit(new URL(url)).catch((error: unknown) => {
          output += String(error);
          return terminal.stop();
        });
      }
    });
    const code = await terminal.exited;
    await visiting;
    if (code !== 0) {
      throw new Error(`Claude Code did not sign in to ${name}: ${output}`);
    }
  }

  async signOut(name: string, environment: Readonly<Record<string, string>>): Promise<void> {
    await this.run(['mcp', 'logout', '--', name], environment);
  }

  /** The file in which it keeps sign-ins. */
  get credentials(): string {
    return join(this.home, '.credentials.json');
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
    return (await this.run(['mcp', 'list'], environment)).output;
  }

  private run(
    args: readonly string[],
    environment: Readonly<Record<string, string>>,
  ): Promise<FinishedProcess> {
    return runProcess(this.executable, args, { ...this.options(environment), seconds: 120 });
  }

  private options(environment: Readonly<Record<string, string>>): SpawnOptions {
    return {
      cwd: this.folder,
      env: {
        ...environment,
        PATH: process.env.PATH,
        HOME: this.folder,
        CLAUDE_CONFIG_DIR: this.home,
        CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
      },
    };
  }

  private async approve(): Promise<void> {
    await mkdir(this.home, { recursive: true });
    const settings = JSON.stringify({ enableAllProjectMcpServers: true });
    await writeFile(join(this.home, 'settings.json'), settings);
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
