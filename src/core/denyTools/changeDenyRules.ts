import { findNodeAtLocation, parseTree, visit, type JSONPath, type Node } from 'jsonc-parser';
import { insertItem, insertProperty } from '../config/insertJson';
import { isRecord, readSettingsObject, splitMark } from '../config/settingsText';
import type { SettingsEdit } from '../variables/setInSettings';
import type { DenyChanges } from './denyPlan';

const path = ['permissions', 'deny'];

/**
 * The rules in `permissions.deny`, or why there are none to be read, as it stands behind "because".
 * @param text of a `settings.json`
 */
export function readDenyRules(text: string): readonly string[] | string {
  const settings = readSettingsObject(splitMark(text).body);
  if (typeof settings === 'string') {
    return settings;
  }
  const { permissions = {} } = settings;
  if (!isRecord(permissions)) {
    return 'its "permissions" is not an object';
  }
  const { deny = [] } = permissions;
  return Array.isArray(deny) && deny.every((rule) => typeof rule === 'string')
    ? deny
    : 'its "permissions.deny" is not a list of strings';
}

/**
 * The text of a `settings.json` with rules added to `permissions.deny` and taken from it. Every
 * other rule, comments, order, indentation, line ends and a byte order mark stay as they are.
 */
export function changeDenyRules(text: string, { add, remove }: DenyChanges): SettingsEdit {
  const before = readDenyRules(text);
  if (typeof before === 'string') {
    return { kind: 'refused', reason: before };
  }
  const { mark, body } = splitMark(text);
  const kept = before.filter((rule) => !remove.includes(rule));
  const added = add.filter((rule) => !kept.includes(rule));
  const shortened = remove.reduce(removeRule, body);
  const after = added.reduce(addRule, shortened);
  // A key that stands there twice counts where it stands last, and is changed where it stands first.
  const rules = readDenyRules(after);
  const isDone = typeof rules !== 'string' && isSame(rules, [...kept, ...added]);
  return isDone
    ? { kind: 'written', text: mark + after }
    : { kind: 'refused', reason: 'it has the same key twice' };
}

function addRule(body: string, rule: string): string {
  const root = parseTree(body);
  const [permissions, deny] = [find(root, ['permissions']), find(root, path)];
  if (root === undefined) {
    return body;
  }
  if (permissions === undefined) {
    return insertProperty(body, root, 'permissions', { deny: [rule] });
  }
  return deny === undefined
    ? insertProperty(body, permissions, 'deny', [rule])
    : insertItem(body, deny, rule);
}

/** Every time that it stands there. */
function removeRule(body: string, rule: string): string {
  const items = find(parseTree(body), path)?.children ?? [];
  const index = items.findIndex(({ value }) => value === rule);
  const item = items[index];
  if (item === undefined) {
    return body;
  }
  const end = item.offset + item.length;
  const previous = items[index - 1];
  const comma =
    items[index + 1] === undefined
      ? previous && findComma(body, previous.offset + previous.length)
      : findComma(body, end);
  const pieces = [[item.offset, end] as const];
  if (comma !== undefined) {
    pieces.push([comma, comma + 1]);
  }
  const without = pieces
    .sort(([a], [b]) => b - a)
    .reduce((rest, [from, to]) => rest.slice(0, from) + rest.slice(to), body);
  const start = item.offset - (comma !== undefined && comma < item.offset ? 1 : 0);
  return removeRule(withoutBlank(without, start), rule);
}

/** Takes the line at `offset` out if nothing is left on it, otherwise one space too many. */
function withoutBlank(text: string, offset: number): string {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const next = text.indexOf('\n', offset);
  const isBlank = next !== -1 && lineStart > 0 && text.slice(lineStart, next).trim() === '';
  if (isBlank) {
    return text.slice(0, lineStart) + text.slice(next + 1);
  }
  const after = text.slice(offset).replace(/^ +/, '');
  if (text.slice(lineStart, offset).trim() === '') {
    return text.slice(0, offset) + after;
  }
  const before = text.slice(0, offset).replace(/ +$/, '');
  const isApart = !before.endsWith('[') && !/^[\],]/.test(after);
  return before + (isApart ? ' ' : '') + after;
}

/** The first comma from `offset` on that is in no comment. */
function findComma(text: string, from: number): number | undefined {
  let found: number | undefined;
  visit(text, {
    onSeparator: (character, offset) => {
      if (character === ',' && offset >= from) {
        found ??= offset;
      }
    },
  });
  return found;
}

function find(root: Node | undefined, place: JSONPath): Node | undefined {
  return root && findNodeAtLocation(root, place);
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && other.every((rule) => one.includes(rule));
}
