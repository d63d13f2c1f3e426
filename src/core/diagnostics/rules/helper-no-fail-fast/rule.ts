import { rangeBetween } from '../../../base/range';
import { findOption, hasHiddenOptions, programCall } from '../../../helperScript/commandOptions';
import type { ShellHelper } from '../../../helperScript/helperScript';
import type { ShellAssignment, ShellCommand, ShellScript } from '../../../helperScript/shellScript';
import type { ScriptReport, ScriptRule } from '../../scriptRule';
import { shown } from '../../words';

export const helperNoFailFast = {
  id: 'helper-no-fail-fast',
  category: 'helper',
  severity: 'information',
  *checkScript(script) {
    if (script.kind === 'shell') {
      yield* reportCurl(script);
      yield* reportAssignment(script);
    }
  },
} satisfies ScriptRule<'helper-no-fail-fast'>;

/** An answer 401 or 500 is a success to curl, and its page a token to the script. */
function* reportCurl({ text, shell }: ShellHelper): Iterable<ScriptReport> {
  for (const command of shell.commands) {
    const call = programCall(command);
    if (call?.name !== 'curl' || call.args.length === 0 || hasHiddenOptions(call, text)) {
      continue;
    }
    const judges = [
      findOption(call, 'f', ['--fail', '--fail-with-body', '--fail-early']),
      findOption(call, 'w', ['--write-out']),
      findOption(call, 'I', ['--head', '--include', '--version']),
    ];
    if (judges.some((option) => option !== undefined)) {
      continue;
    }
    const { start, end } = call.word;
    yield {
      range: rangeBetween(start, end),
      message:
        'Without --fail, curl takes an answer such as 401 or 500 for a success, and the page that says so goes on as if it were the credential. Add --fail.',
      fixes: () => [
        {
          title: 'Add --fail',
          edits: [{ range: rangeBetween(end, end), newText: ' --fail' }],
          isSafe: false,
        },
      ],
    };
  }
}

/** The first value that may be empty without anybody noticing; one is enough to say it. */
function* reportAssignment({ text, shell, dialect }: ShellHelper): Iterable<ScriptReport> {
  const { commands } = shell;
  if (
    shell.isPartial ||
    commands.some((command) => stopsOnFailure(command)) ||
    /^#!.*\s-\w*e/.test(text)
  ) {
    return;
  }
  const option = dialect === 'bash' || dialect === 'zsh' ? 'set -euo pipefail' : 'set -eu';
  for (const { name, value, start } of fetchedValues(shell)) {
    if (isUnchecked(name, text.slice(value.end))) {
      yield {
        range: rangeBetween(start, start + name.length),
        message: `If the command fails, ${shown(name)} is empty and the script prints headers all the same, so that the server refuses them. Put ${option} at the top, or exit with 1 here.`,
      };
      return;
    }
  }
}

/** One is enough to say it; a script that fetches more than this is looked at no further. */
const maxValues = 20;

/** The assignments of what a command fetched, where nothing is said for the case that it fails. */
function fetchedValues({ commands }: ShellScript): readonly ShellAssignment[] {
  const found: ShellAssignment[] = [];
  for (const [index, command] of commands.entries()) {
    const [assignment] = command.assignments;
    const { depth, isGuarded, inFunction, words, end } = command;
    if (!assignment || depth > 0 || isGuarded || inFunction || words.length > 0) {
      continue;
    }
    const next = commands[index + 1];
    const isFetch = next && next.depth > 0 && next.end <= end;
    if (
      isFetch &&
      fetches.has(programCall(next)?.name ?? '') &&
      found.push(assignment) >= maxValues
    ) {
      break;
    }
  }
  return found;
}

function stopsOnFailure({ words }: ShellCommand): boolean {
  const [first, ...rest] = words.map(({ text }) => text);
  return (
    (first === 'set' && rest.some((word) => /^-[A-Za-z]*e|^errexit$/.test(word))) ||
    (first === 'trap' && rest.includes('ERR')) ||
    // What is read from another file may say so.
    first === '.' ||
    first === 'source'
  );
}

/** Whether the rest of the script uses `name` without asking whether it is empty. */
function isUnchecked(name: string, rest: string): boolean {
  const asks = new RegExp(
    `(?:\\[|\\btest\\b|\\bcase\\b)[^\\n]{0,200}\\$\\{?${name}\\b|\\$\\{${name}:?[?]|\\$[?]`,
  );
  return !asks.test(rest) && new RegExp(`\\$\\{?${name}\\b`).test(rest);
}

/** Commands that fail for reasons outside the script. */
const fetches = new Set([
  ...[
    'curl',
    'wget',
    'http',
    'op',
    'vault',
    'aws',
    'gcloud',
    'az',
    'gh',
    'glab',
    'kubectl',
    'pass',
  ],
  ...['security', 'secret-tool', 'bw', 'doppler', 'infisical', 'oathtool', 'ssh', 'cat', 'sops'],
]);
