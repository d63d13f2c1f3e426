import { rangeInString } from '../../../config/json';
import type { NamedValue } from '../../../config/mcpConfig';
import { findHeaderNames, findShellHeaders } from '../../../helperScript/headerNames';
import { helperPath, helpersIn, type ServerHelper } from '../../../helperScript/helperCommand';
import { readHelperScript } from '../../../helperScript/helperScript';
import type { PlaceId } from '../../../config/place';
import type { FileFacts } from '../../fileFacts';
import type { Rule } from '../../rule';
import { shown } from '../../words';

export const helperHeaderCaseClash = {
  id: 'helper-header-case-clash',
  category: 'helper',
  severity: 'warning',
  *check({ config, files }) {
    for (const helper of helpersIn(config)) {
      const { server } = helper;
      if (server.headers.length === 0) {
        continue;
      }
      const printed = namesOf(helper, config.place.id, files);
      for (const header of server.headers) {
        const other = printed.find((name) => clashes(name, header));
        if (other !== undefined) {
          const { nameRange } = header;
          const newText = JSON.stringify(other);
          yield {
            range: rangeInString(
              config.text,
              { value: header.name, range: nameRange },
              0,
              header.name.length,
            ),
            server,
            path: [...server.path, 'headers', header.name],
            message: `The helper gives ${shown(other)}, which differs from this header in case alone. Claude Code sends both values in one header, joined by a comma. Write the name the same way: then the helper's value takes the place of this one.`,
            fixes: () => [
              {
                title: `Rename to ${shown(other)}`,
                edits: [{ range: nameRange, newText }],
                isSafe: false,
              },
            ],
          };
        }
      }
    }
  },
} satisfies Rule<'helper-header-case-clash'>;

function clashes(printed: string, { name }: NamedValue): boolean {
  return printed !== name && printed.toLowerCase() === name.toLowerCase();
}

function namesOf(
  { server, command: { shell, file } }: ServerHelper,
  place: PlaceId,
  files: FileFacts,
): readonly string[] {
  const path = file && helperPath(file, place, server);
  const fact = path === undefined ? undefined : files.look(path);
  const text = fact?.kind === 'file' ? fact.text : undefined;
  const script = path && text ? readHelperScript(text, path) : undefined;
  const headers = script ? findHeaderNames(script) : findShellHeaders(shell);
  return headers.map(({ name }) => name);
}
