import { rangeEnd } from '../../../base/range';
import { appendProperty, removeProperties } from '../../../config/changeProperties';
import {
  findProperty,
  findValue,
  propertiesOf,
  type JsonNode,
  type JsonProperty,
} from '../../../config/json';
import { findOutside } from '../../../config/outside';
import { shown } from '../../words';
import type { Fix, Rule } from '../../rule';

export const serverOutsideServers = {
  id: 'server-outside-servers',
  category: 'loading',
  severity: 'information',
  *check({ config }) {
    const { text, root, place, fileProblem } = config;
    const map = findValue(root, 'mcpServers');
    const isOther = place.allowsBareMap || place.serversOptional;
    if (root === undefined || map?.type !== 'object' || fileProblem || isOther) {
      return;
    }
    const entries = new Set(findOutside(config).entries.map(({ node }) => node));
    for (const property of propertiesOf(root)) {
      if (property.value && entries.has(property.value) && !isPutAside(property)) {
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

/** On purpose, by a key such as `_github`. */
function isPutAside({ key }: JsonProperty): boolean {
  return /^[_$#]|^\/\//.test(key);
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
