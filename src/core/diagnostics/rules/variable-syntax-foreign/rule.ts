import type { OffsetRange } from '../../../base/range';
import { isCode } from '../../../config/expressionsIn';
import { rangeInString } from '../../../config/json';
import type { McpServer } from '../../../config/mcpConfig';
import type { StringLeaf } from '../../../config/stringLeaves';
import { findForeignReferences, type ForeignReference } from '../../../config/variables';
import type { Fix, Report, Rule, RuleContext } from '../../rule';
import { shown } from '../../words';
import { whatHappens } from '../expressionReports';
import { foreignPlaces } from '../foreignPlaces';
import { mayNameCredential } from '../secretReferences';

export const variableSyntaxForeign = {
  id: 'variable-syntax-foreign',
  category: 'variables',
  severity: 'warning',
  *check(context) {
    const { text, servers } = context.config;
    for (const server of servers) {
      for (const leaf of server.strings) {
        if (!leaf.expands) {
          continue;
        }
        if (leaf.value.includes('~/')) {
          yield* describeHome(context, server, leaf);
        }
        const references = findForeignReferences(leaf.value);
        if (references.length === 0 || isCode(server, leaf)) {
          continue;
        }
        for (const { reference, isWhole } of foreignPlaces(leaf, references)) {
          const range = rangeInString(text, leaf, reference.start, reference.end);
          const written = leaf.value.slice(reference.start, reference.end);
          const shownAs = written.startsWith('$(') ? '$(…)' : written;
          const isMeant = !reference.isAmbiguous || (isWhole && isCapital(reference));
          yield {
            range,
            server,
            path: leaf.path,
            variables: reference.name === undefined ? [] : [reference.name],
            message: `${shown(shownAs)} is how ${reference.origin} would read it. Claude Code ${whatHappens(leaf)}: it expands only \${NAME} and \${NAME:-default}.`,
            fixes: () => translate(reference, range, isMeant && !isListed(leaf, reference)),
          };
        }
      }
    }
  },
} satisfies Rule<'variable-syntax-foreign'>;

/** The home folder as a shell writes it. A program may read `~` in an argument by itself. */
function* describeHome(
  { config, environment }: RuleContext,
  server: McpServer,
  leaf: StringLeaf,
): Iterable<Report> {
  const { kind } = leaf.slot;
  const isCommand = kind === 'command';
  if (!isCommand && (kind !== 'argument' || isCode(server, leaf))) {
    return;
  }
  const before = /^(?:--?[A-Za-z][\w-]{0,60}=)?(?=~\/)/.exec(leaf.value)?.[0];
  if (before === undefined || (isCommand && before !== '')) {
    return;
  }
  const home = ['HOME', 'USERPROFILE'].find((name) => environment.lookup(name).kind !== 'unset');
  const range = rangeInString(config.text, leaf, before.length, before.length + 1);
  const effect = isCommand
    ? 'Claude Code starts no shell and looks for a folder named ~, so the program is not found.'
    : 'Claude Code starts no shell and passes the text on as it is: a program that does not expand it itself looks for a folder named ~.';
  yield {
    range,
    server,
    path: leaf.path,
    ...(!isCommand && { severity: 'information' }),
    message: `"~" is how a shell would read the home folder. ${effect} Write \${${home ?? 'HOME'}} or the whole path.`,
    fixes: () => (home === undefined ? [] : [writeReference(`\${${home}}`, range, before === '')]),
  };
}

/** `{{name}}` is the field of a template as often. */
function isCapital({ name }: ForeignReference): boolean {
  return name === name?.toUpperCase();
}

/** Others see what is expanded in an argument or an address: a credential not without a look. */
function isListed({ slot }: StringLeaf, { replacement }: ForeignReference): boolean {
  const name = /\w+/.exec(replacement ?? '')?.[0];
  const isSeen = slot.kind === 'argument' || slot.kind === 'url';
  return isSeen && name !== undefined && mayNameCredential(name);
}

function translate(
  { replacement }: ForeignReference,
  range: OffsetRange,
  isSafe: boolean,
): readonly Fix[] {
  return replacement === undefined ? [] : [writeReference(replacement, range, isSafe)];
}

function writeReference(newText: string, range: OffsetRange, isSafe: boolean): Fix {
  return { title: `Write ${newText}`, edits: [{ range, newText }], isSafe };
}
