import { cmdCurlLine } from './curlLine/cmd';
import { fishCurlLine } from './curlLine/fish';
import type { NamedRequest } from './curlLine/namedRequest';
import { posixCurlLine } from './curlLine/posix';
import { powerShellCurlLine } from './curlLine/powerShell';
import { dotEnvLoaders } from './dotEnvLoaders';
import { quoteForBash, quoteForCmd, quoteForFish, quoteForPowerShell } from './quote';

export type ShellId = 'bash' | 'zsh' | 'fish' | 'powershell' | 'cmd';

/** A shell that a person starts Claude Code in. */
export interface Shell {
  readonly id: ShellId;
  readonly label: string;
  /** Names of its program, without folder and `.exe`. */
  readonly programs: RegExp;
  /** The file that it reads when it starts, as one writes it; absent where there is none. */
  readonly profile?: string;
  /** Lines that begin with a space can be kept out of its history. */
  readonly skipsSpacedLines: boolean;
  /**
   * The one line that sets a variable for the programs that it starts; `undefined` where it cannot
   * carry the value. The value is in no argument of another program.
   */
  setVariable(name: string, value: string): string | undefined;
  /** The one line that loads the `.env` at `path` into it; `undefined` where it has none. */
  loadDotEnv(path: string): string | undefined;
  /**
   * The command that sends a request through curl, several lines long, with values from variables
   * that are in no argument of a program; `undefined` where it cannot carry the text of it.
   */
  curlLine(request: NamedRequest): string | undefined;
}

export const shells: readonly Shell[] = [
  {
    id: 'bash',
    label: 'bash',
    programs: /^(?:ba|da|k)?sh$/,
    profile: '~/.bashrc',
    skipsSpacedLines: true,
    setVariable: (name, value) =>
      line(quoteForBash(value), (quoted) => ` export ${name}=${quoted}`),
    loadDotEnv: dotEnvLoaders.bash,
    curlLine: posixCurlLine,
  },
  {
    id: 'zsh',
    label: 'zsh',
    programs: /^zsh$/,
    profile: '~/.zshrc',
    skipsSpacedLines: true,
    setVariable: (name, value) =>
      line(quoteForBash(value), (quoted) => ` export ${name}=${quoted}`),
    loadDotEnv: dotEnvLoaders.bash,
    curlLine: posixCurlLine,
  },
  {
    id: 'fish',
    label: 'fish',
    programs: /^fish$/,
    profile: '~/.config/fish/config.fish',
    skipsSpacedLines: true,
    setVariable: (name, value) =>
      line(quoteForFish(value), (quoted) => ` set -gx ${name} ${quoted}`),
    loadDotEnv: dotEnvLoaders.fish,
    curlLine: fishCurlLine,
  },
  {
    id: 'powershell',
    label: 'PowerShell',
    programs: /^(?:pwsh|powershell)(?:-preview)?$/,
    profile: '$PROFILE',
    skipsSpacedLines: false,
    setVariable: (name, value) =>
      line(quoteForPowerShell(value), (quoted) => `$env:${name} = ${quoted}`),
    loadDotEnv: dotEnvLoaders.powershell,
    curlLine: powerShellCurlLine,
  },
  {
    id: 'cmd',
    label: 'cmd',
    programs: /^cmd$/,
    skipsSpacedLines: false,
    setVariable: (name, value) => line(quoteForCmd(name, value), (quoted) => `set ${quoted}`),
    loadDotEnv: () => undefined,
    curlLine: cmdCurlLine,
  },
];

/** The shell whose program is at `path`; `undefined` where it is another. */
export function shellOf(path: string): Shell | undefined {
  const program = (path.split(/[\\/]/).at(-1) ?? '').toLowerCase().replace(/\.exe$/, '');
  return shells.find(({ programs }) => programs.test(program));
}

function line(quoted: string | undefined, write: (quoted: string) => string): string | undefined {
  return quoted === undefined ? undefined : write(quoted);
}
