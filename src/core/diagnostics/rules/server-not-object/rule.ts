import { reportEntryProblems } from '../entryProblemReports';
import type { Rule } from '../../rule';
import { typeInWords } from '../../words';

export const serverNotObject = {
  id: 'server-not-object',
  category: 'loading',
  severity: 'error',
  *check({ config }) {
    yield* reportEntryProblems(config, 'not-object', (server, { found }) => ({
      range: server.range,
      message: `This server will not load: its entry must be an object, not ${typeInWords(found)}. Write {"command": "…"}, or {"type": "http", "url": "…"}.`,
    }));
  },
} satisfies Rule<'server-not-object'>;
