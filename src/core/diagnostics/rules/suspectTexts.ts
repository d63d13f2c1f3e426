import { isCredentialName } from '../../auth/authMethod';
import type { JsonPath, StringValue } from '../../config/json';
import type { Argument, McpServer } from '../../config/mcpConfig';
import { hasStrangeCharacter } from '../../config/strangeCharacters';
import { shown } from '../words';

/** A text of an entry that Claude Code looks at. */
export interface ReadText {
  readonly string: StringValue;
  readonly path: JsonPath;
  /** As the beginning of a sentence. */
  readonly name: string;
  /** A space alone may be meant: a separator as an argument. */
  readonly mayBeBlank: boolean;
  /** Nobody writes prose in it: what cannot be seen was not meant. */
  readonly isExact: boolean;
  /** Without the white space it is the name of another header. */
  readonly isTaken?: boolean;
}

/** Whether the entry has such a text at all, told cheaply: hardly one has. */
export function hasSuspectText({ strings, headers }: McpServer): boolean {
  return (
    strings.some(({ value }) => isSuspect(value)) || headers.some(({ name }) => isSuspect(name))
  );
}

/** The texts of an entry in which white space or an unseen character may stand. */
export function* suspectTexts({
  transport,
  command,
  args,
  env,
  url,
  headers,
}: McpServer): Iterable<ReadText> {
  const exact = { mayBeBlank: false, isExact: true };
  if (transport === 'stdio') {
    if (command !== undefined && isSuspect(command.value)) {
      yield { string: command, path: ['command'], name: 'The command', ...exact };
    }
    for (const string of args) {
      if (isSuspect(string.value)) {
        const name = `Argument ${string.index + 1}`;
        const isExact = isCredentialArgument(string, args);
        yield { string, path: ['args', string.index], name, mayBeBlank: true, isExact };
      }
    }
    for (const { name: key, value: string } of env) {
      if (isSuspect(string.value)) {
        const name = `The variable ${shown(key)}`;
        const isExact = isCredentialName(key);
        yield { string, path: ['env', key], name, mayBeBlank: true, isExact };
      }
    }
    return;
  }
  // What is blank is no address, and another rule says so.
  if (url !== undefined && isSuspect(url.value) && url.value.trim() !== '') {
    yield { string: url, path: ['url'], name: 'The url', ...exact };
  }
  for (const { name: key, nameRange, value: string } of headers) {
    if (isSuspect(key) && key.trim() !== '') {
      const name = `The header name ${shown(key)}`;
      const string = { value: key, range: nameRange };
      const isTaken = headers.some((other) => other.name === key.trim());
      yield { string, path: ['headers', key], name, isTaken, ...exact };
    }
    if (isSuspect(string.value)) {
      yield { string, path: ['headers', key], name: `The header ${shown(key)}`, ...exact };
    }
  }
}

/** `--token=…`, and what follows `--token` or `--header`. */
function isCredentialArgument({ value, index }: Argument, args: readonly Argument[]): boolean {
  const option = /^(-[\w-]+)=/.exec(value)?.[1];
  const before = args.find((other) => other.index === index - 1)?.value ?? '';
  return option !== undefined
    ? isCredentialName(option)
    : before === '-H' ||
        before === '--header' ||
        (/^-[^=]+$/.test(before) && isCredentialName(before));
}

/** The cheap question that almost every text answers with no. */
function isSuspect(value: string): boolean {
  const first = value.charCodeAt(0);
  const last = value.charCodeAt(value.length - 1);
  return first <= 32 || first >= 127 || last <= 32 || last >= 127 || hasStrangeCharacter(value);
}
