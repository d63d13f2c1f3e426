import { isStrippedName } from '../../../config/dialects/strippedNames';
import { rangeInString } from '../../../config/json';
import type { McpConfig } from '../../../config/mcpConfig';
import { findEnvironmentReads, findShellReads } from '../../../helperScript/environmentReads';
import { helperPath, helpersIn, type ServerHelper } from '../../../helperScript/helperCommand';
import { readHelperScript } from '../../../helperScript/helperScript';
import type { FileFacts } from '../../fileFacts';
import type { Report, Rule } from '../../rule';
import { shown } from '../../words';

export const helperCredentialRemoved = {
  id: 'helper-credential-removed',
  category: 'helper',
  severity: 'warning',
  *check({ config, files }) {
    const { id } = config.place;
    if (id !== 'project' && id !== 'plugin' && id !== 'pluginManifest') {
      return;
    }
    for (const helper of helpersIn(config)) {
      yield* reportInline(config, helper);
      yield* reportScript(config, helper, files);
    }
  },
} satisfies Rule<'helper-credential-removed'>;

const advice =
  'Let the helper fetch the credential itself: from a file that only you can read, a keychain or a password manager.';

function* reportInline(config: McpConfig, { server, command }: ServerHelper): Iterable<Report> {
  const { headersHelper } = server;
  for (const { name, start, end } of findShellReads(command.shell)) {
    if (headersHelper !== undefined && isStrippedName(name)) {
      yield {
        range: rangeInString(config.text, headersHelper, start, end),
        server,
        path: [...server.path, 'headersHelper'],
        variables: [name],
        message: `Claude Code takes ${shown(name)} out of the environment of this helper, so it is empty here. ${advice}`,
      };
    }
  }
}

function* reportScript(
  config: McpConfig,
  { server, command: { file } }: ServerHelper,
  files: FileFacts,
): Iterable<Report> {
  const path = file && helperPath(file, config.place.id, server);
  const fact = path === undefined ? undefined : files.look(path);
  const { headersHelper } = server;
  if (!file || !path || fact?.kind !== 'file' || !fact.text || !headersHelper) {
    return;
  }
  const script = readHelperScript(fact.text, path);
  const reads = script ? findEnvironmentReads(script).map(({ name }) => name) : [];
  const variables = [...new Set(reads)].filter(isStrippedName);
  if (variables.length > 0) {
    yield {
      range: rangeInString(config.text, headersHelper, file.start, file.end),
      server,
      path: [...server.path, 'headersHelper'],
      variables,
      message: `This script reads ${variables.map((name) => shown(name)).join(', ')}. Claude Code takes what is named like a credential out of its environment. ${advice}`,
    };
  }
}
