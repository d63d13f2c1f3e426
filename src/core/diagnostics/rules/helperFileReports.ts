import { rangeInString } from '../../config/json';
import { helperPath, helpersIn, type HelperFile } from '../../helperScript/helperCommand';
import type { FileFact } from '../fileFacts';
import type { Report, RuleContext } from '../rule';

/** One report for each helper's script about which `describe` has something to say. */
export function* reportHelperFiles(
  { config, files }: Pick<RuleContext, 'config' | 'files'>,
  describe: (file: HelperFile, fact: FileFact | undefined) => string | undefined,
): Iterable<Report> {
  for (const { server, command } of helpersIn(config)) {
    const { file } = command;
    const { headersHelper } = server;
    if (file === undefined || headersHelper === undefined) {
      continue;
    }
    const path = helperPath(file, config.place.id, server);
    const message = describe(file, path === undefined ? undefined : files.look(path));
    if (message !== undefined) {
      const range = rangeInString(config.text, headersHelper, file.start, file.end);
      yield { range, server, path: [...server.path, 'headersHelper'], message };
    }
  }
}
