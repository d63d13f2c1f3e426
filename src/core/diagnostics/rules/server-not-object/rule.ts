import { reportEntryProblems } from '../entryProblemReports';
import type { Rule } from '../../rule';
import { typeInWords } from '../../words';

export const serverNotObject = {
  id: 'server-not-object',
  category: 'loading',
  severity: 'error',
  *check({ config }) {
    const isBroken = config.fileProblem?.kind === 'syntax';
    yield* reportEntryProblems(config, 'not-object', (server, { found }) =>
      // Where no value stands, the file is no JSON, and the rule about that says so.
      isBroken && found === 'nothing'
        ? undefined
        : {
            range: server.range,
            message: `This server will not load: its entry must be an object, not ${typeInWords(found)}. Write {"command": "…"}, or {"type": "http", "url": "…"}.`,
          },
    );
  },
} satisfies Rule<'server-not-object'>;
