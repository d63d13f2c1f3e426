import { isReadByShell } from '../../../config/expressionsIn';
import { rangeInString } from '../../../config/json';
import type { StringLeaf } from '../../../config/stringLeaves';
import { findForeignReferences, type ForeignReference } from '../../../config/variables';
import { readCredentialName } from '../../../secrets/credentialNames';
import type { Fix, Rule } from '../../rule';
import { shown } from '../../words';

export const variableSyntaxForeign = {
  id: 'variable-syntax-foreign',
  category: 'variables',
  severity: 'warning',
  *check({ config }) {
    for (const server of config.servers) {
      for (const leaf of server.strings) {
        const references = leaf.expands ? findForeignReferences(leaf.value) : [];
        if (references.length === 0 || isReadByShell(server, leaf)) {
          continue;
        }
        for (const reference of references) {
          const range = rangeInString(config.text, leaf, reference.start, reference.end);
          const written = leaf.value.slice(reference.start, reference.end);
          const shownAs = written.startsWith('$(') ? '$(…)' : written;
          yield {
            range,
            server,
            path: leaf.path,
            variables: reference.name === undefined ? [] : [reference.name],
            message: `${shown(shownAs)} is how ${reference.origin} would read it. Claude Code sends it as it stands: it expands only \${NAME} and \${NAME:-default}.`,
            fixes: () => translate(reference, range, !isListed(leaf, reference)),
          };
        }
      }
    }
  },
} satisfies Rule<'variable-syntax-foreign'>;

/** Others see what is expanded in an argument or an address: a credential not without a look. */
function isListed({ slot }: StringLeaf, { replacement }: ForeignReference): boolean {
  const name = /\w+/.exec(replacement ?? '')?.[0];
  const isSeen = slot.kind === 'argument' || slot.kind === 'url';
  return isSeen && name !== undefined && readCredentialName(name) !== undefined;
}

function translate(
  { replacement }: ForeignReference,
  range: Fix['edits'][number]['range'],
  isSafe: boolean,
): Fix[] {
  return replacement === undefined
    ? []
    : [{ title: `Write ${replacement}`, edits: [{ range, newText: replacement }], isSafe }];
}
