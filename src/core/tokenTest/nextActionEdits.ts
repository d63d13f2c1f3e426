import { replaceNode } from '../config/changeProperties';
import { findValue, type JsonNode } from '../config/json';
import type { McpConfig, McpServer } from '../config/mcpConfig';
import type { OffsetRange, TextEdit } from '../base/range';
import { mask } from '../base/mask';
import type { NextAction } from './nextAction';
import { asHttp } from './placeUrl';

/**
 * The edits of one version of the file that a next action stands for; none where it stands for none,
 * or where the file says something else by now. An address comes from the answer of a server: one
 * with a variable in it would bring that variable's value into the next request.
 */
export function editsForAction({ node }: McpServer, action: NextAction): readonly TextEdit[] {
  switch (action.kind) {
    case 'replace-url': {
      const url = findValue(node, 'url');
      const isPlain = typeof url?.value === 'string' && !url.value.includes('${');
      return url && isPlain && isAddress(action.url)
        ? [replaceNode(url, JSON.stringify(action.url))]
        : [];
    }
    case 'change-type': {
      const type = findValue(node, 'type');
      return type
        ? [replaceNode(type, JSON.stringify(action.transport)), ...withoutWebSocket(node)]
        : [];
    }
    case 'set-variable':
    case 'open-entry':
    case 'sign-in':
    case 'test-again':
    case 'test-unverified':
    case 'open-setting':
      return [];
  }
}

/** Under another type an address of a WebSocket would be refused. */
function withoutWebSocket(entry: McpServer['node']): readonly TextEdit[] {
  const url = findValue(entry, 'url');
  if (typeof url?.value !== 'string') {
    return [];
  }
  const http = asHttp(url.value, 'ws');
  return http === url.value ? [] : [replaceNode(url, JSON.stringify(http))];
}

function isAddress(text: string): boolean {
  return (
    /^https?:\/\//i.test(text) && URL.canParse(text) && !text.includes('${') && !text.includes(mask)
  );
}

/** The part of the entry that has to change: the value of the field, or the name of the server. */
export function rangeOfField({ node, nameRange }: McpServer, field: string): OffsetRange {
  const value: JsonNode | undefined = findValue(node, field);
  return value ? { offset: value.offset, length: value.length } : nameRange;
}

/** The server at the same place in a newer version of the file; of duplicate names the last. */
export function findAgain(config: McpConfig, { path }: McpServer): McpServer | undefined {
  const key = JSON.stringify(path);
  return config.servers.findLast((server) => JSON.stringify(server.path) === key);
}
