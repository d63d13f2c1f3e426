import { assertNever } from '../base/assertNever';
import type { OffsetRange, TextEdit } from '../base/range';
import { oneLine } from '../base/text';
import { removeProperties } from '../config/changeProperties';
import { expand, textOf, urlRules, type Lookup } from '../config/expansion';
import { findProperty, findValue, propertiesOf } from '../config/json';
import type { McpServer } from '../config/mcpConfig';
import type { PlaceId } from '../config/place';
import { unresolvedNames } from '../tokenTest/segmentNames';
import type { Approval } from './serverApproval';

/** Why `claude mcp login` would refuse a server, or could not be told its name. */
export type SignInRefusal =
  | { readonly kind: 'plugin' }
  | { readonly kind: 'file-not-read' }
  | { readonly kind: 'later-entry' }
  | { readonly kind: 'does-not-load' }
  | { readonly kind: 'name-missing' }
  | { readonly kind: 'no-oauth'; readonly transport: 'stdio' | 'ws' }
  | { readonly kind: 'authorization-header'; readonly header: string }
  | { readonly kind: 'url-missing' }
  | { readonly kind: 'url-unset'; readonly names: readonly string[] }
  | { readonly kind: 'url-invalid' }
  | { readonly kind: 'callback-port' }
  | { readonly kind: 'name-unsafe'; readonly by: 'task' | 'cmd' }
  | { readonly kind: 'other-scope'; readonly scope: 'local' | 'project' }
  | { readonly kind: 'pending' }
  | { readonly kind: 'rejected' };

/** What is known when a person asks to sign in. */
export interface SignInCircumstances {
  readonly place: PlaceId;
  /** The values of variables, where Claude Code would find them. */
  readonly lookup: Lookup;
  /** Of a server of a project. */
  readonly approval: Approval | undefined;
  /** An entry of this name that Claude Code takes instead, with another endpoint. */
  readonly otherScope: 'local' | 'project' | undefined;
  /** `claude` is a script that `cmd.exe` runs. */
  readonly isBatchFile: boolean;
}

/** What can be seen in the entry alone. */
export function findEntryRefusal(server: McpServer, place: PlaceId): SignInRefusal | undefined {
  const { loads, isShadowed, name, transport, headers } = server;
  if (place === 'plugin' || place === 'pluginManifest') {
    return { kind: 'plugin' };
  }
  if (place === 'unread') {
    return { kind: 'file-not-read' };
  }
  if (isShadowed) {
    return { kind: 'later-entry' };
  }
  if (!loads) {
    return { kind: 'does-not-load' };
  }
  if (name === '') {
    return { kind: 'name-missing' };
  }
  if (transport === 'stdio' || transport === 'ws') {
    return { kind: 'no-oauth', transport };
  }
  const header = headers.find((item) => item.name.toLowerCase() === 'authorization')?.name;
  if (header !== undefined) {
    return { kind: 'authorization-header', header };
  }
  return (server.url?.value ?? '').trim() === '' ? { kind: 'url-missing' } : undefined;
}

/**
 * The first thing in the way: that of the entry, then its name, which nothing passes by, then that
 * of its surroundings.
 */
export function findSignInRefusal(
  server: McpServer,
  { place, lookup, approval, otherScope, isBatchFile }: SignInCircumstances,
): SignInRefusal | undefined {
  const ofEntry =
    findEntryRefusal(server, place) ??
    findNameRefusal(server, isBatchFile) ??
    findUrlRefusal(server, lookup);
  if (ofEntry !== undefined) {
    return ofEntry;
  }
  const port = findValue(findValue(server.node, 'oauth'), 'callbackPort')?.value;
  if (typeof port === 'number' && port > 65_535) {
    return { kind: 'callback-port' };
  }
  if (otherScope !== undefined) {
    return { kind: 'other-scope', scope: otherScope };
  }
  return approval === 'pending' || approval === 'rejected' ? { kind: approval } : undefined;
}

function findUrlRefusal({ url }: McpServer, lookup: Lookup): SignInRefusal | undefined {
  const segments = expand(url?.value ?? '', lookup, urlRules);
  const names = unresolvedNames(segments);
  if (names.length > 0) {
    return { kind: 'url-unset', names: [...new Set(names)] };
  }
  const text = textOf(segments).trim();
  // Without a scheme it is taken for http, as long as it does not look like one itself.
  const isAddress = /^https?:\/\//i.test(text) || /^localhost[:/]/i.test(text);
  return isAddress && URL.canParse(text) ? undefined : { kind: 'url-invalid' };
}

/**
 * Why a name cannot be handed to Claude Code. It is one argument of a process, and no shell reads it. A task of the editor replaces
 * `${…}` in it all the same, no argument can hold NUL, and a batch file is read by `cmd.exe`.
 */
export function findNameRefusal(
  { name }: McpServer,
  isBatchFile: boolean,
): SignInRefusal | undefined {
  if (name === '') {
    return { kind: 'name-missing' };
  }
  if (name.includes('${') || name.includes('\0')) {
    return { kind: 'name-unsafe', by: 'task' };
  }
  return isBatchFile && /["%&|<>^()!\r\n]/.test(name)
    ? { kind: 'name-unsafe', by: 'cmd' }
    : undefined;
}

/** What a button does about it. */
export type SignInFix =
  | { readonly kind: 'open'; readonly range: OffsetRange }
  | { readonly kind: 'edit'; readonly edits: readonly TextEdit[]; readonly range: OffsetRange }
  | { readonly kind: 'set-variable'; readonly name: string }
  | { readonly kind: 'review' }
  | { readonly kind: 'reset-choices' };

export interface RefusalText {
  /** Why, and what to do. */
  readonly sentence: string;
  readonly fix: { readonly label: string; readonly action: SignInFix } | undefined;
}

/** The refusal in words. Text of the file in it is one line. */
export function describeSignInRefusal(refusal: SignInRefusal, server: McpServer): RefusalText {
  const name = server.name === '' ? 'This server' : oneLine(server.name, 60);
  const open = (label: string, field?: string) => ({
    label,
    action: { kind: 'open', range: rangeOf(server, field) } as const,
  });
  switch (refusal.kind) {
    case 'plugin':
      return {
        sentence: `${name} is part of a plugin. Claude Code knows it as "plugin:…:${name}" where the plugin is installed: sign in there with /mcp.`,
        fix: undefined,
      };
    case 'file-not-read':
      return {
        sentence: `Claude Code does not read this file, so it cannot sign in to ${name}. Move the server to .mcp.json.`,
        fix: open('Open the Entry'),
      };
    case 'later-entry':
      return {
        sentence: `A later entry of this file is named ${name} as well, and Claude Code takes that one. Rename one of the two.`,
        fix: open('Open the Entry'),
      };
    case 'does-not-load':
      return {
        sentence: `Claude Code does not load ${name}, so it cannot sign in to it. Problems says why.`,
        fix: open('Open the Entry'),
      };
    case 'name-missing':
      return {
        sentence: 'Claude Code cannot sign in to a server without a name. Name it first.',
        fix: open('Open the Entry'),
      };
    case 'no-oauth':
      return {
        sentence:
          refusal.transport === 'stdio'
            ? `${name} is a local program: Claude Code signs in to servers of type http and sse. A program gets its credential from "env".`
            : `${name} is a WebSocket server: Claude Code signs in to servers of type http and sse. This one gets its credential from "headers".`,
        fix: open('Open the Entry'),
      };
    case 'authorization-header': {
      const edits = headerRemoval(server, refusal.header);
      return {
        sentence: `${name} sends the header ${oneLine(refusal.header, 40)} of its entry, and Claude Code does not sign in beside it. Remove the header to sign in by OAuth.`,
        fix:
          edits === undefined
            ? open('Open headers', 'headers')
            : {
                label: 'Remove the Header',
                action: { kind: 'edit', edits, range: server.nameRange },
              },
      };
    }
    case 'url-missing':
      return {
        sentence: `${name} has no address to sign in to. Give it a "url" that begins with https://.`,
        fix: open('Open url', 'url'),
      };
    case 'url-unset': {
      const [first = ''] = refusal.names;
      return {
        sentence: `The address of ${name} needs ${oneLine(refusal.names.join(', '), 120)}, which Claude Code would not find. Set it where Claude Code starts, then sign in.`,
        fix: {
          label: `Set ${oneLine(first, 60)}…`,
          action: { kind: 'set-variable', name: first },
        },
      };
    }
    case 'url-invalid':
      return {
        sentence: `The address of ${name} is not one that begins with https:// or http://, so a sign-in cannot start. Correct "url" first.`,
        fix: open('Open url', 'url'),
      };
    case 'callback-port':
      return {
        sentence: `The "callbackPort" of ${name} is no port: it goes up to 65535. Correct it, or remove it for any free port.`,
        fix: open('Open oauth', 'oauth'),
      };
    case 'name-unsafe':
      return {
        sentence: `The name of ${name} ${unsafeBecause[refusal.by]} Rename it to letters, digits, "-" and "_", then sign in.`,
        fix: open('Open the Entry'),
      };
    case 'other-scope':
      return {
        sentence: `Claude Code takes another server for ${name} here: ${otherScopes[refusal.scope]} has one of this name with another address or other headers. Rename one of the two.`,
        fix: open('Open the Entry'),
      };
    case 'pending':
      return {
        sentence: `Claude Code asks before it uses ${name} of this project, and nobody has agreed yet. Start it in this folder, agree, then sign in.`,
        fix: { label: 'Start Claude Code', action: { kind: 'review' } },
      };
    case 'rejected':
      return {
        sentence: `${name} was rejected for this project. "claude mcp reset-project-choices" forgets what was chosen for all its servers; start Claude Code then, and agree.`,
        fix: { label: 'Reset Project Choices', action: { kind: 'reset-choices' } },
      };
    default:
      return assertNever(refusal);
  }
}

const unsafeBecause = {
  task: 'has "${", which the editor would replace before Claude Code gets it, or a character that no argument can have.',
  cmd: 'has characters that cmd.exe could read as a command.',
} as const;

const otherScopes = {
  local: '~/.claude.json, for this folder alone,',
  project: 'the .mcp.json of this folder',
} as const;

function rangeOf({ node, nameRange }: McpServer, field: string | undefined): OffsetRange {
  return (field === undefined ? undefined : findProperty(node, field)?.range) ?? nameRange;
}

/** The one header, or the whole of `headers` where nothing else is in it. */
function headerRemoval({ node }: McpServer, name: string): readonly TextEdit[] | undefined {
  const headers = findValue(node, 'headers');
  const all = propertiesOf(headers);
  const named = all.filter(({ key }) => key.toLowerCase() === 'authorization');
  if (node === undefined || headers === undefined || named.length !== 1) {
    return undefined;
  }
  return all.length === 1
    ? removeProperties(node, ({ key }) => key === 'headers')
    : removeProperties(headers, ({ key }) => key === name);
}
