import { rangeInString, type StringValue } from '../../../config/json';
import type { McpConfig } from '../../../config/mcpConfig';
import { hasStrangeCharacter } from '../../../config/strangeCharacters';
import { secretsIn } from '../../../secrets/secretsIn';
import { shown } from '../../words';
import type { Fix, Rule } from '../../rule';

/** What the Fetch standard refuses in a value: it ends a header, or fits into no byte. */
const refused = /[\0\r\n\u0100-\uffff]/;

export const headerValueInvalid = {
  id: 'header-value-invalid',
  category: 'loading',
  severity: 'warning',
  *check({ config }) {
    for (const server of config.servers) {
      if (server.isShadowed || server.transport === 'stdio') {
        continue;
      }
      for (const { name, value } of server.headers) {
        const at = findRefused(value.value);
        if (at === undefined || isSaidElsewhere(config, value)) {
          continue;
        }
        const isBreak = /[\r\n]/.test(value.value[at] ?? '');
        yield {
          range: rangeInString(config.text, value, at, at + 1),
          server,
          path: [...server.path, 'headers', name],
          message: `Claude Code cannot connect to this server: the value of the header ${shown(name)} has ${isBreak ? 'a line break' : 'a character'} in it that no header can hold. Write it ${isBreak ? 'on one line' : 'in printable characters of Latin-1, such as a to z and é'}.`,
          fixes: () => (isBreak ? joinLines(config, value) : []),
        };
      }
    }
  },
} satisfies Rule<'header-value-invalid'>;

/** Where the first one stands. At the ends it is white space, which another rule speaks of. */
function findRefused(value: string): number | undefined {
  if (!refused.test(value)) {
    return undefined;
  }
  const at = value.trim().search(refused);
  return at < 0 ? undefined : at + value.length - value.trimStart().length;
}

/** A character that nobody meant to type, or a text that stands in for a credential. */
function isSaidElsewhere(config: McpConfig, { value, range }: StringValue): boolean {
  return (
    hasStrangeCharacter(value) ||
    secretsIn(config).some(
      ({ leaf, placeholders }) => placeholders.length > 0 && leaf.range.offset === range.offset,
    )
  );
}

/** Not safe to apply unseen: whether the break stands for a space is not for us to say. */
function joinLines({ text }: McpConfig, string: StringValue): readonly Fix[] {
  const edits = Array.from(string.value.matchAll(/[\r\n]+/g), ({ 0: found, index }) => ({
    range: rangeInString(text, string, index, index + found.length),
    newText: '',
  }));
  return [{ title: 'Join the lines', edits, isSafe: false }];
}
