import { maxFileBytes } from '../../../config/parseMcpConfig';
import type { Rule } from '../../rule';

export const fileTooLarge = {
  id: 'file-too-large',
  category: 'loading',
  severity: 'error',
  *check({ config: { fileProblem } }) {
    if (fileProblem?.kind !== 'too-large') {
      return;
    }
    const size = (fileProblem.bytes / 1024 / 1024).toFixed(1);
    const limit = maxFileBytes / 1024 / 1024;
    yield {
      range: { offset: 0, length: 1 },
      message: `No server in this file will load: it has ${size} MiB, and Claude Code reads at most ${limit} MiB. Remove what is not server configuration.`,
    };
  },
} satisfies Rule<'file-too-large'>;
