import * as vscode from 'vscode';
import {
  describeLoginShellProblem,
  type LoginShellReading,
  type ReadLoginShell,
} from '../../core/variables/loginShell';
import { changedNames, statesOf, type NameStates } from '../../core/variables/nameStates';
import type { VariableChange } from './variableChange';

const setting = 'mcpAuth.variables.readLoginShell';

/**
 * The variables that the user's login shell sets. It is started when somebody asks for it, or when
 * the user's own settings say so, and not in a workspace that is not trusted.
 */
export class LoginShellVariables implements vscode.Disposable {
  private values: ReadonlyMap<string, string> | undefined;
  /** The read that the settings wanted, until it has ended. */
  private underWay: Promise<void> | undefined;
  private readonly changed = new vscode.EventEmitter<VariableChange>();
  private readonly subscriptions: vscode.Disposable[] = [this.changed];

  readonly onDidChange = this.changed.event;

  constructor(
    private readonly run: ReadLoginShell,
    private readonly log: vscode.LogOutputChannel,
  ) {
    const { workspace } = vscode;
    const end = new AbortController();
    const readIfWanted = () => {
      const isWanted = workspace.getConfiguration().get(setting, false);
      if (workspace.isTrusted && isWanted && this.values === undefined) {
        this.underWay ??= this.readQuietly(end.signal).finally(() => {
          this.underWay = undefined;
        });
      }
    };
    this.subscriptions.push(
      workspace.onDidGrantWorkspaceTrust(readIfWanted),
      workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(setting)) {
          readIfWanted();
        }
      }),
      { dispose: () => end.abort() },
    );
    readIfWanted();
  }

  /** `unknown` before it was read. */
  states(): NameStates {
    return this.values ? statesOf(this.values) : 'unknown';
  }

  valueOf(name: string): string | undefined {
    return this.values?.get(name);
  }

  /** Starts the shell, and keeps what it says until it is read again. */
  async read(signal: AbortSignal): Promise<LoginShellReading> {
    const reading = await this.run(signal);
    if (reading.kind === 'read') {
      // Of a shell that was not read, rules say the same as of one that sets nothing.
      const before = statesOf(this.values ?? new Map());
      this.values = reading.values;
      const names = changedNames(before, this.states());
      if (names === 'any' || names.size > 0) {
        this.changed.fire({ names });
      }
    }
    return reading;
  }

  /** Settles when what the settings wanted is read. */
  async whenIdle(): Promise<void> {
    await this.underWay;
  }

  private async readQuietly(signal: AbortSignal): Promise<void> {
    try {
      const problem = describeLoginShellProblem(await this.read(signal));
      if (problem !== undefined) {
        this.log.warn(problem);
      }
    } catch (error) {
      this.log.error(String(error));
    }
  }

  dispose(): void {
    vscode.Disposable.from(...this.subscriptions).dispose();
  }
}
