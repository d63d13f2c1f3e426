import { rangeEnd, type OffsetRange, type TextEdit } from '../base/range';
import {
  appendProperty,
  removeProperties,
  renameKey,
  replaceNode,
} from '../config/changeProperties';
import { findProperty, propertiesOf } from '../config/json';
import type { McpConfig, McpServer, NamedValue } from '../config/mcpConfig';
import { keychainHelper } from '../helperScript/keychainHelper';
import { secretsIn } from '../secrets/secretsIn';
import type { Fix } from './rule';

/**
 * The edits that put a `headersHelper` in the place of the header whose credential `fix` would
 * replace by a reference. `undefined` where that cannot be: in other places than the header of a
 * remote server, beside a helper, or beside another credential in a header.
 */
export function moveToKeychain(config: McpConfig, fix: Fix): readonly TextEdit[] | undefined {
  const [edit] = fix.edits;
  const { secret } = fix;
  if (secret === undefined || edit === undefined || !isSame(edit.range, secret.range)) {
    return undefined;
  }
  const server = config.servers.find((it) => isWithin(secret.range, it.range));
  const header = server?.headers.find(({ value }) => isWithin(secret.range, value.range));
  if (server === undefined || header === undefined || !canHaveHelper(config, server)) {
    return undefined;
  }
  const { range, value } = header.value;
  // With an escape in it the places in the text are not those in the value.
  if (value.length !== range.length - 2) {
    return undefined;
  }
  const start = secret.range.offset - range.offset - 1;
  const helper = keychainHelper({
    name: header.name,
    before: value.slice(0, start),
    after: value.slice(start + secret.range.length),
    account: secret.variable,
  });
  return helper === undefined ? undefined : replaceHeader(config.text, server, header, helper);
}

function canHaveHelper(config: McpConfig, server: McpServer): boolean {
  const isRemote = server.transport !== undefined && server.transport !== 'stdio';
  const inHeaders = secretsIn(config).filter(
    (found) => found.server === server && found.leaf.slot.kind === 'header',
  );
  return (
    config.place.isRead &&
    !config.place.isReadOnly &&
    server.loads &&
    isRemote &&
    findProperty(server.node, 'headersHelper') === undefined &&
    inHeaders.reduce((count, { secrets }) => count + secrets.length, 0) === 1
  );
}

function replaceHeader(
  text: string,
  { node }: McpServer,
  { nameRange }: NamedValue,
  helper: string,
): readonly TextEdit[] | undefined {
  const headers = findProperty(node, 'headers');
  if (node === undefined || headers?.value === undefined) {
    return undefined;
  }
  const command = JSON.stringify(helper);
  if (propertiesOf(headers.value).length === 1) {
    return [renameKey(headers, 'headersHelper'), replaceNode(headers.value, command)];
  }
  return [
    ...removeProperties(headers.value, ({ keyRange }) => keyRange.offset === nameRange.offset),
    appendProperty(text, node, 'headersHelper', command),
  ];
}

function isSame(a: OffsetRange, b: OffsetRange): boolean {
  return a.offset === b.offset && a.length === b.length;
}

function isWithin(inner: OffsetRange, outer: OffsetRange): boolean {
  return inner.offset >= outer.offset && rangeEnd(inner) <= rangeEnd(outer);
}
