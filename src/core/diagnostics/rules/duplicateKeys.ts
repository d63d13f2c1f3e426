import { rangeEnd } from '../../base/range';
import { removeProperties } from '../../config/changeProperties';
import { propertiesOf, type JsonNode, type JsonPath, type JsonProperty } from '../../config/json';
import type { McpConfig, McpServer } from '../../config/mcpConfig';
import { shown } from '../words';
import type { Fix, Report } from '../rule';

/** Which keys of an object count, and what to do about one that stands there twice. */
export interface KeyKind {
  readonly isRead: (key: string) => boolean;
  readonly advice: string;
}

/** One report for each property of `object` that a later one of its key replaces. */
export function* reportDuplicates(
  config: McpConfig,
  object: JsonNode | undefined,
  path: JsonPath,
  { isRead, advice }: KeyKind,
  server?: McpServer,
): Iterable<Report> {
  const properties = propertiesOf(object);
  if (object === undefined || !hasDuplicate(properties)) {
    return;
  }
  const last = new Map(properties.map((property) => [property.key, property]));
  for (const property of properties) {
    const later = last.get(property.key);
    if (later === undefined || later === property || !isRead(property.key)) {
      continue;
    }
    const isSame = sourceOf(config, property) === sourceOf(config, later);
    yield {
      range: property.keyRange,
      path: [...path, property.key],
      ...(server && { server }),
      ...(isSame && { severity: 'information' }),
      message: `${shown(property.key)} stands here more than once: Claude Code reads the last one and passes over this one. ${advice}`,
      fixes: () => remove(object, property, isSame),
    };
  }
}

/** Whether a key stands twice. */
export function hasDuplicate(properties: readonly JsonProperty[]): boolean {
  if (properties.length > 8) {
    return new Set(properties.map(({ key }) => key)).size < properties.length;
  }
  // Most objects have a handful of keys, for which a set costs more than it saves.
  for (let index = 1; index < properties.length; index++) {
    for (let earlier = 0; earlier < index; earlier++) {
      if (properties[earlier]?.key === properties[index]?.key) {
        return true;
      }
    }
  }
  return false;
}

function sourceOf({ text }: McpConfig, { value }: JsonProperty): string | undefined {
  return value && text.slice(value.offset, rangeEnd(value));
}

/** Safe where both say the same; else the one that is lost may be the one that was meant. */
function remove(object: JsonNode, property: JsonProperty, isSafe: boolean): Fix[] {
  const edits = removeProperties(object, (other) => other === property);
  return [{ title: `Remove the ${shown(property.key)} that is not read`, edits, isSafe }];
}
