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
        if (name.trim().toLowerCase() !== 'authorization') {
          continue;
        }
        const misread = findMisread(value.value);
        if (misread !== undefined) {
          const { said, cuts, title } = misread;
          yield {
            range: rangeInString(config.text, value, 0, value.value.length),
            server,
            path: [...server.path, 'headers', name],
            message: `The header ${shown(name)} ${said}, so the server does not find its scheme. Remove ${title}.`,
            fixes: () => {
              const edits = cuts.map(([start, end, newText = '']) => ({
                range: rangeInString(config.text, value, start, end),
                newText,
              }));
              return [{ title: `Remove ${title}`, edits, isSafe: false }];
            },
          };
          continue;
        }
        if (!isOneWord(value.value)) {
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

interface Misread {
  /** What the value does, after the name of the header. */
  readonly said: string;
  /** What is to go, after "Remove". */
  readonly title: string;
  readonly cuts: readonly (readonly [start: number, end: number, newText?: string])[];
}

/** A scheme that is there, but not as the first word. */
function findMisread(value: string): Misread | undefined {
  const quoted = /^(["'])(?:bearer|basic|token)\s/i.exec(value)?.[1];
  if (quoted !== undefined && value.endsWith(quoted)) {
    const said = 'has quotes in its value, which are sent as they stand';
    const end = value.length;
    return {
      said,
      title: 'the quotes',
      cuts: [
        [0, 1],
        [end - 1, end],
      ],
    };
  }
  const doubled = /^authorization\s*:\s*(?=(?:bearer|basic|token)\s)/i.exec(value)?.[0];
  if (doubled !== undefined) {
    return {
      said: 'has its own name in its value',
      title: 'the name',
      cuts: [[0, doubled.length]],
    };
  }
  const [whole = '', scheme] = /^(bearer|basic|token)\s*:\s*(?=\S)/i.exec(value) ?? [];
  return scheme === undefined
    ? undefined
    : {
        said: 'has a colon behind its scheme',
        title: 'the colon',
        cuts: [[scheme.length, whole.length, ' ']],
      };
}

/** A word alone, and not a scheme whose token is missing. */
function isOneWord(value: string): boolean {
  return /^\s*\S+\s*$/.test(value) && !/^\s*(?:Bearer|Basic|Token|Digest):?\s*$/i.test(value);
}

/** The variable of a value that is one reference and nothing else. */
function soleReference(value: string): string | undefined {
  const [first, ...others] = findReferences(value);
  const isWhole = first && others.length === 0 && value.slice(first.start, first.end) === value;
  return isWhole ? first.name : undefined;
}
