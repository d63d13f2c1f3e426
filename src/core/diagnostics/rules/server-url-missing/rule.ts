import { findProperty, type JsonProperty } from '../../../config/json';
import { findMisspelt } from '../../../config/misspelling';
import { shown } from '../../words';
import type { Fix, Rule } from '../../rule';
import { reportEntryProblems } from '../entryProblemReports';

/** Where other clients keep the address. */
const otherUrlKeys = ['serverUrl', 'httpUrl', 'serverURL', 'URL', 'uri', 'endpoint'];

export const serverUrlMissing = {
  id: 'server-url-missing',
  category: 'loading',
  severity: 'error',
  *check({ config }) {
    yield* reportEntryProblems(config, 'url-missing', (server) => {
      const other =
        otherUrlKeys
          .map((key) => findProperty(server.node, key))
          .find((property) => property?.value?.type === 'string') ??
        findMisspelt(server.node, 'url');
      return {
        range: other?.keyRange ?? server.nameRange,
        message: other
          ? `This server will not load: Claude Code reads the address from "url", not from ${shown(other.key)}. Rename the key.`
          : `This server will not load: a server of type "${server.transport}" needs a "url". Add the address of its MCP endpoint.`,
        fixes: () => (other ? [renameToUrl(other)] : []),
      };
    });
  },
} satisfies Rule<'server-url-missing'>;

function renameToUrl({ key, keyRange }: JsonProperty): Fix {
  const edits = [{ range: keyRange, newText: '"url"' }];
  return { title: `Rename ${shown(key)} to "url"`, edits, isSafe: true };
}
