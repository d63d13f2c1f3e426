import { insertFirstProperty } from '../../config/edits';
import { asString, findProperty } from '../../config/json';
import { likelyTransports, otherAddressKeys } from '../../config/likelyTransports';
import type { McpServer, Transport } from '../../config/mcpConfig';
import type { Fix } from '../rule';

/** The key under which an entry has an address, also one that only other clients read. */
export function addressKey({ node }: McpServer): string | undefined {
  return ['url', ...otherAddressKeys].find((key) => findProperty(node, key)?.value);
}

/** Gives an entry with an address the type that goes with it. */
export function makeRemote(
  text: string,
  { node }: McpServer,
  key: string,
  wanted?: Transport,
): readonly Fix[] {
  const address = findProperty(node, key);
  const url = asString(address?.value);
  if (node === undefined || address === undefined || url === undefined) {
    return [];
  }
  const likely = wanted ?? likelyTransports(url.value)[0];
  const type = findProperty(node, 'type')?.value;
  const setType = type
    ? { range: { offset: type.offset, length: type.length }, newText: `"${likely}"` }
    : insertFirstProperty(text, node, 'type', `"${likely}"`);
  const rename = key === 'url' ? [] : [{ range: address.keyRange, newText: '"url"' }];
  const title = `Make it a server of type "${likely}"`;
  return [{ title, edits: [setType, ...rename], isSafe: true }];
}
