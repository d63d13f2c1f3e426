import { readFile, stat } from 'node:fs/promises';
import { maxFileBytes, parseMcpConfig, tooLargeConfig } from '../core/config/parseMcpConfig';
import type { McpConfig } from '../core/config/mcpConfig';
import type { FoundFile } from './configFiles';
import { describeError } from './describeError';

export interface ReadConfig {
  readonly config: McpConfig;
  readonly hasByteOrderMark: boolean;
  /** Whether the text, written again, gives the same bytes. */
  readonly isExact: boolean;
}

/**
 * Reads a configuration as Claude Code does: what is not UTF-8 is replaced, and of a file that is
 * too large nothing is read.
 * @throws Error whose message is a sentence
 */
export async function readConfig({ path, place, isStdin }: FoundFile): Promise<ReadConfig> {
  const bytes = isStdin ? await readStdin() : await readRegularFile(path);
  if (typeof bytes === 'number') {
    return { config: tooLargeConfig(bytes, place), hasByteOrderMark: false, isExact: false };
  }
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  const hasByteOrderMark = text.startsWith('\uFEFF');
  return {
    config: parseMcpConfig(hasByteOrderMark ? text.slice(1) : text, place),
    hasByteOrderMark,
    isExact: !text.includes('\uFFFD') || Buffer.from(text).equals(bytes),
  };
}

/** The bytes, or only how many there are if Claude Code would not read them. */
async function readRegularFile(path: string): Promise<Uint8Array | number> {
  try {
    const status = await stat(path);
    if (status.isFile()) {
      return status.size > maxFileBytes ? status.size : await readFile(path);
    }
  } catch (error) {
    throw new Error(`"${path}" could not be read: ${describeError(error)}.`);
  }
  // To open a pipe would wait for somebody who writes.
  throw new Error(`"${path}" is not a regular file; to check what a program writes, use "-".`);
}

async function readStdin(): Promise<Uint8Array | number> {
  const parts: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const part of process.stdin as AsyncIterable<Uint8Array>) {
      size += part.length;
      if (size <= maxFileBytes) {
        parts.push(part);
      }
    }
  } catch (error) {
    throw new Error(`standard input could not be read: ${describeError(error)}.`);
  }
  return size > maxFileBytes ? size : Buffer.concat(parts);
}
