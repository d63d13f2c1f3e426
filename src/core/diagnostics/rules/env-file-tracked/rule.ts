import type { OffsetRange } from '../../../base/range';
import { findProperty, rangeInString } from '../../../config/json';
import type { McpConfig } from '../../../config/mcpConfig';
import { environmentFilesIn, type EnvironmentFile } from '../../referencedFiles';
import type { Report, Rule } from '../../rule';
import { shown } from '../../words';

export const envFileTracked = {
  id: 'env-file-tracked',
  category: 'credentials',
  severity: 'warning',
  *check({ config, files }) {
    for (const file of environmentFilesIn(config)) {
      const fact = files.look(file.path);
      if (fact?.kind === 'file' && fact.isIgnored === false && fact.credentials?.length) {
        const variables = fact.credentials;
        const names = variables.slice(0, 3).map((name) => shown(name));
        const more = variables.length > names.length ? ' and more' : '';
        yield {
          ...placeOf(config, file),
          variables,
          message: `${shown(file.path)} holds the values of ${names.join(', ')}${more}, and no .gitignore of this repository names it, so they can get into a commit. Add it there.`,
        };
      }
    }
  },
} satisfies Rule<'env-file-tracked'>;

/** The field that names the file, else the key under which the servers stand. */
function placeOf(
  { text, root }: McpConfig,
  { mention }: EnvironmentFile,
): Pick<Report, 'range' | 'path' | 'server'> & { range: OffsetRange } {
  if (mention !== undefined) {
    const { server, string, pathInEntry } = mention;
    const range = rangeInString(text, string, 0, string.value.length);
    return { range, server, path: [...server.path, ...pathInEntry] };
  }
  const key = findProperty(root, 'mcpServers')?.keyRange;
  return { range: key ?? { offset: root?.offset ?? 0, length: Math.min(1, text.length) } };
}
