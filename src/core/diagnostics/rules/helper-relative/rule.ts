import { rangeInString } from '../../../config/json';
import { helperPath, helpersIn, type HelperFile } from '../../../helperScript/helperCommand';
import type { McpServer } from '../../../config/mcpConfig';
import type { PlaceId } from '../../../config/place';
import type { Fix, Rule } from '../../rule';
import { shown } from '../../words';

export const helperRelative = {
  id: 'helper-relative',
  category: 'helper',
  severity: 'information',
  *check({ config, files }) {
    for (const { server, command } of helpersIn(config)) {
      const { file, text } = command;
      const { headersHelper } = server;
      const found = file && helperPath(file, config.place.id, server);
      // That it is not even here is another rule's to say.
      const isMissing = found !== undefined && files.look(found)?.kind === 'missing';
      const message =
        isMissing || !file ? undefined : describe(file, text, config.place.id, server);
      if (file === undefined || headersHelper === undefined || message === undefined) {
        continue;
      }
      const range = rangeInString(config.text, headersHelper, file.start, file.end);
      const path = [...server.path, 'headersHelper'];
      const fixes = () =>
        giveDefault(file, text, (start, end) =>
          rangeInString(config.text, headersHelper, start, end),
        );
      yield { range, server, path, message, fixes };
    }
  },
} satisfies Rule<'helper-relative'>;

/** A plugin's helper runs in the plugin, a local server's in its project: there it is certain. */
function describe(
  { base, path, start }: HelperFile,
  text: string,
  place: PlaceId,
  { project }: McpServer,
): string | undefined {
  if (project !== undefined || place === 'plugin' || place === 'pluginManifest') {
    return undefined;
  }
  if (base === 'project-variable') {
    return `"claude mcp list" runs a headersHelper without CLAUDE_PROJECT_DIR, so this path starts at the top of the disk. Write \${CLAUDE_PROJECT_DIR:-.} for it.`;
  }
  // Whoever wrote a variable in front has thought of it.
  if (base !== 'working-folder' || text.charAt(start) === '$' || text.charAt(start + 1) === '$') {
    return undefined;
  }
  const where =
    place === 'user' ? 'in the folder ~/.claude' : 'in the folder in which Claude Code was started';
  return `${shown(path)} is looked for ${where}. Where it is not there, Claude Code connects without the headers and says nothing. An absolute path works from everywhere.`;
}

/** `$CLAUDE_PROJECT_DIR` and `${CLAUDE_PROJECT_DIR}` with the folder at hand as the default. */
function giveDefault(
  file: HelperFile,
  text: string,
  rangeOf: (start: number, end: number) => Fix['edits'][number]['range'],
): readonly Fix[] {
  const [written] =
    /\$\{CLAUDE_PROJECT_DIR\}|\$CLAUDE_PROJECT_DIR/.exec(text.slice(file.start, file.end)) ?? [];
  if (file.base !== 'project-variable' || written === undefined) {
    return [];
  }
  const start = text.indexOf(written, file.start);
  const newText = '${CLAUDE_PROJECT_DIR:-.}';
  const edits = [{ range: rangeOf(start, start + written.length), newText }];
  return [{ title: `Write ${newText}`, edits, isSafe: true }];
}
