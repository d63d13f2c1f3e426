import { rangeEnd } from '../../../base/range';
import { appendProperty, removeProperties } from '../../../config/changeProperties';
import {
  findProperty,
  findValue,
  propertiesOf,
  type JsonNode,
  type JsonProperty,
} from '../../../config/json';
import { shown } from '../../words';
import type { Fix, Rule } from '../../rule';

export const serverOutsideServers = {
  id: 'server-outside-servers',
  category: 'loading',
  severity: 'information',
  *check({ config: { text, root, place, fileProblem } }) {
    const map = findValue(root, 'mcpServers');
    const isOther = place.allowsBareMap || place.serversOptional;
    if (root === undefined || map?.type !== 'object' || fileProblem || isOther) {
      return;
    }
    for (const property of propertiesOf(root)) {
      if (isServer(property)) {
        yield {
          range: property.keyRange,
          path: [property.key],
          message: `Claude Code reads servers only inside "mcpServers", so it does not load ${shown(property.key)}. Move it in.`,
          fixes: () => moveInto(text, root, map, property),
        };
      }
    }
  },
} satisfies Rule<'server-outside-servers'>;

/** What has a command or an address; a key such as `_github` has been put aside on purpose. */
function isServer({ key, value }: JsonProperty): boolean {
  return (
    key !== 'mcpServers' &&
    !/^[_$#]|^\/\//.test(key) &&
    ['command', 'url'].some((field) => findValue(value, field)?.type === 'string')
  );
}

/** Not safe to apply unseen: the server would be started from then on. */
function moveInto(
  text: string,
  root: JsonNode,
  map: JsonNode,
  { key, keyRange, value }: JsonProperty,
): readonly Fix[] {
  const isAlone = propertiesOf(root).filter((other) => other.key === key).length === 1;
  if (value === undefined || !isAlone || findProperty(map, key)) {
    return [];
  }
  const source = text.slice(value.offset, rangeEnd(value));
  const unit = /\n([ \t]*)$/.exec(text.slice(0, keyRange.offset))?.[1] ?? '';
  const deeper = source.replace(/\n/g, `\n${unit}`);
  const edits = [
    ...removeProperties(root, (property) => property.keyRange.offset === keyRange.offset),
    appendProperty(text, map, key, deeper),
  ];
  return [{ title: `Move ${shown(key)} into "mcpServers"`, edits, isSafe: false }];
}
