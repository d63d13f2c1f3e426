import * as vscode from 'vscode';
import type { Shell } from '../../../core/shell/shells';
import { copyBriefly } from '../../ui/briefClipboard';
import { UserFacingError } from '../../ui/errorBoundary';
import { pickShell } from '../../ui/pickShell';
import type { Destination, Kept, NamedValue } from '../destination';

/** A line on the clipboard that sets the variable, for a short time and because a person chose so. */
export const shellLine: Destination = {
  id: 'shellLine',
  label: 'Shell profile',
  readers: 'Nothing is written: a line for your shell is on the clipboard, for one minute.',
  actionTitle: (variable) => `Move to \${${variable}} and copy a line for the shell`,
  isAvailable: () => vscode.workspace.isTrusted,
  keep,
};

async function keep(
  values: readonly NamedValue[],
  _config: vscode.Uri,
  _services: unknown,
  assertUnchanged: () => void,
): Promise<Kept | undefined> {
  const names = values.map(({ variable }) => variable);
  const shell = await pickShell(
    `A line that sets ${names.join(', ')}`,
    'In which shell does Claude Code start?',
    ({ profile }) => (profile === undefined ? 'for one window' : `for ${profile} or one window`),
  );
  if (shell === undefined) {
    return undefined;
  }
  assertUnchanged();
  const lines = values.map(({ variable, value }) => lineFor(shell, variable, value));
  if (!(await copyBriefly(lines.join('\n')))) {
    return undefined;
  }
  const [what, it] = lines.length === 1 ? ['A line', 'it'] : [`${lines.length} lines`, 'them'];
  return {
    names: new Map(names.map((name) => [name, name])),
    message: [
      `${what} for ${shell.label} with ${names.join(', ')} is on the clipboard for one minute; nothing was written.`,
      shell.profile === undefined
        ? `Run ${it} where Claude Code starts.`
        : `Paste ${it} into ${shell.profile}, or run ${it} where Claude Code starts.`,
      ...(shell.skipsSpacedLines
        ? [`The space at the start keeps ${it} out of the history, where the shell is set up so.`]
        : []),
    ].join(' '),
  };
}

/** @throws UserFacingError */
function lineFor(shell: Shell, variable: string, value: string): string {
  const line = shell.setVariable(variable, value);
  if (line === undefined) {
    throw new UserFacingError(
      `The value of ${variable} has characters that no line of ${shell.label} can carry. Choose another shell or another place for it. Nothing was moved.`,
    );
  }
  return line;
}
