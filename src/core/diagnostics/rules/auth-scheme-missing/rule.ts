import { rangeInString } from '../../../config/json';
import { findReferences } from '../../../config/variables';
import { shown } from '../../words';
import type { Rule } from '../../rule';

export const authSchemeMissing = {
  id: 'auth-scheme-missing',
  category: 'credentials',
  severity: 'warning',
  *check({ config }) {
    for (const server of config.servers.filter(({ transport }) => transport !== 'stdio')) {
      for (const { name, value } of server.headers) {
        if (name.trim().toLowerCase() !== 'authorization' || !isOneWord(value.value)) {
          continue;
        }
        const range = rangeInString(config.text, value, 0, value.value.length);
        const variable = soleReference(value.value);
        yield {
          range,
          server,
          path: [...server.path, 'headers', name],
          ...(variable !== undefined
            ? {
                severity: 'information',
                variables: [variable],
                message: `The header ${shown(name)} is the variable alone. The server reads a scheme before the token: write "Bearer \${${variable}}", unless the variable has "Bearer " in it.`,
              }
            : {
                message: `The header ${shown(name)} has no scheme: the server reads the first word as one and finds no token. Write "Bearer" before it.`,
              }),
          fixes: () => [
            {
              title: 'Add "Bearer"',
              edits: [{ range: { offset: range.offset, length: 0 }, newText: 'Bearer ' }],
              isSafe: false,
            },
          ],
        };
      }
    }
  },
} satisfies Rule<'auth-scheme-missing'>;

/** A word alone, and not a scheme whose token is missing. */
function isOneWord(value: string): boolean {
  return /^\s*\S+\s*$/.test(value) && !/^\s*(?:Bearer|Basic|Token|Digest)\s*$/i.test(value);
}

/** The variable of a value that is one reference and nothing else. */
function soleReference(value: string): string | undefined {
  const [first, ...others] = findReferences(value);
  const isWhole = first && others.length === 0 && value.slice(first.start, first.end) === value;
  return isWhole ? first.name : undefined;
}
