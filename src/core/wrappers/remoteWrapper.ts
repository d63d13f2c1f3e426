import type { McpServer } from '../config/mcpConfig';
import { readOptions, type WrapperProgram } from './wrapperOptions';

/** A local program that does nothing but speak to a remote server for Claude Code. */
export interface RemoteWrapper {
  readonly program: WrapperProgram;
  /** Where its name stands among the arguments; `undefined` where it is the command. */
  readonly index: number | undefined;
  readonly url: string;
  /** As the options say; `undefined` where they leave it to the program. */
  readonly type: 'http' | 'sse' | undefined;
  /** Each as it is given, `Name: value` or `Name:value`. */
  readonly headers: readonly string[];
  /** Options and variables that say something an entry has no field for. */
  readonly others: readonly string[];
}

/** The wrapper that `server` starts, where it is one. */
export function findRemoteWrapper({ command, args, env }: McpServer): RemoteWrapper | undefined {
  const words = [command?.value ?? '', ...args.map(({ value }) => value)];
  if (!words.some((word) => mention.test(word))) {
    return undefined;
  }
  const at = programIndex(words);
  const program = /^(mcp-remote|supergateway|mcp-proxy)(?:@[^/]*)?$/.exec(nameOf(words[at]))?.[1];
  if (program !== 'mcp-remote' && program !== 'supergateway' && program !== 'mcp-proxy') {
    return undefined;
  }
  const found = readOptions(program, words.slice(at + 1));
  const [first, ...rest] = found.words;
  const url = found.url ?? first;
  const isAddress = url !== undefined && /^(?:https?:\/\/|\$\{)/i.test(url);
  if (!isAddress || found.servesOthers) {
    return undefined;
  }
  // mcp-remote takes the port of its own sign-in behind the address.
  const unknown = found.url === undefined ? rest.filter((it) => !/^\d+$/.test(it)) : found.words;
  return {
    program,
    index: at === 0 ? undefined : at - 1,
    url,
    type: found.type,
    headers: found.headers,
    others: [
      ...found.others,
      ...unknown,
      ...env.map(({ name }) => name).filter((name) => isForProgram(name, program)),
    ],
  };
}

/** Variables by which one tells the program itself how to connect. */
function isForProgram(name: string, program: WrapperProgram): boolean {
  return (
    /^(?:NODE_|SSL_|MCP_REMOTE_|UV_)|_PROXY$/i.test(name) ||
    (program === 'mcp-proxy' && name === 'API_ACCESS_TOKEN')
  );
}

const mention = /mcp-remote|supergateway|mcp-proxy/;

function nameOf(word: string | undefined): string {
  const name = word?.split(/[\\/]/).at(-1) ?? '';
  return name.replace(/\.(?:exe|cmd)$/i, '');
}

const subcommands = /^(?:dlx|exec|x|tool|run)$/;
const flagsWithValue = /^(?:-p|-c|--package|--from|--with|--python)$/;

/** Behind `cmd /c`, a launcher such as `npx` or `pnpm dlx`, and their flags. */
function programIndex(words: readonly string[]): number {
  let at = 0;
  if (/^cmd$/i.test(nameOf(words[at])) && /^\/c$/i.test(words[at + 1] ?? '')) {
    at += 2;
  }
  const launcher = nameOf(words[at]);
  if (!/^(?:npx|bunx|pnpx|uvx|npm|pnpm|yarn|bun|uv|pipx)$/.test(launcher)) {
    return at;
  }
  at++;
  while (!/x$/.test(launcher) && subcommands.test(words[at] ?? '')) {
    at++;
  }
  if (launcher === 'pipx' && words[at] === 'run') {
    at++;
  }
  while (words[at]?.startsWith('-')) {
    at += flagsWithValue.test(words[at] ?? '') ? 2 : 1;
  }
  return at;
}
