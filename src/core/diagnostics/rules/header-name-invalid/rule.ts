import { hasStrangeCharacter } from '../../../config/strangeCharacters';
import { shown } from '../../words';
import type { Fix, Rule } from '../../rule';

export const headerNameInvalid = {
  id: 'header-name-invalid',
  category: 'loading',
  severity: 'warning',
  *check({ config }) {
    for (const server of config.servers) {
      if (server.isShadowed || server.transport === 'stdio') {
        continue;
      }
      for (const { name, nameRange } of server.headers) {
        // White space around it and characters that nobody sees have a rule of their own.
        if (isToken(name.trim()) || name.includes('${') || hasStrangeCharacter(name)) {
          continue;
        }
        yield {
          range: nameRange,
          server,
          path: [...server.path, 'headers', name],
          message: `Claude Code cannot connect to this server: ${shown(name)} is no name for a header. Use letters, digits and hyphens, as in "X-Api-Key".`,
          fixes: () => repair(name, nameRange),
        };
      }
    }
  },
} satisfies Rule<'header-name-invalid'>;

/** @see RFC 9110 §5.6.2 */
function isToken(name: string): boolean {
  return /^[!#$%&'*+\-.^_`|~\w]+$/.test(name);
}

/** A colon as in a request, words as in a title. Not safe unseen: the header would be sent. */
function repair(name: string, range: Fix['edits'][number]['range']): readonly Fix[] {
  const repaired = name.trim().replace(/\s*:$/, '').replace(/\s+/g, '-');
  return isToken(repaired)
    ? [
        {
          title: `Rename to ${shown(repaired)}`,
          edits: [{ range, newText: JSON.stringify(repaired) }],
          isSafe: false,
        },
      ]
    : [];
}
