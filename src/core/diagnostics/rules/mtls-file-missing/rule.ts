import { rangeInString } from '../../../config/json';
import { certificatesIn } from '../../referencedFiles';
import type { Rule } from '../../rule';
import { shown } from '../../words';

export const mtlsFileMissing = {
  id: 'mtls-file-missing',
  category: 'wrapper',
  severity: 'warning',
  *check({ config, files }) {
    for (const { server, string, start, pathInEntry, path } of certificatesIn(config)) {
      if (files.look(path)?.kind === 'missing') {
        yield {
          range: rangeInString(config.text, string, start, string.value.length),
          server,
          path: [...server.path, ...pathInEntry],
          message: `There is no file ${shown(path)}. Claude Code starts the server all the same, and it finds no certificate or key there. Create it, or correct the path.`,
        };
      }
    }
  },
} satisfies Rule<'mtls-file-missing'>;
