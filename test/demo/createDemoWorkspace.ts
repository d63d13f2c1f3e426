import { randomInt } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { type DemoServers } from './servers/startDemoServers';

const template = join(import.meta.dirname, 'workspace');

/**
 * Secrets that look live. The template holds only their names, so that neither the repository nor
 * a scanner ever sees one.
 */
const fakeSecrets: Readonly<Record<string, () => string>> = {
  github: () => `ghp_${randomText(36)}`,
  openai: () => `sk-proj-${randomText(48)}`,
  slack: () => `xoxb-${randomText(12, '0123456789')}-${randomText(24)}`,
  key: () => randomText(32, '0123456789abcdef'),
};

/**
 * Writes the demo project into a folder: the files of `workspace/`, with `{{url:NAME}}` and
 * `{{arg:NAME.INDEX}}` standing for a running demo server and `{{fake:KIND}}` for a new secret
 * that is worth nothing.
 * @throws Error when the template names a server or a kind that does not exist
 */
export async function createDemoWorkspace(folder: string, demo: DemoServers): Promise<void> {
  const entries = await readdir(template, { recursive: true, withFileTypes: true });
  for (const entry of entries.filter((candidate) => candidate.isFile())) {
    const source = join(entry.parentPath, entry.name);
    const target = join(folder, relative(template, source));
    const text = fillPlaceholders(await readFile(source, 'utf8'), demo);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, text);
  }
}

function fillPlaceholders(text: string, demo: DemoServers): string {
  return text.replace(/\{\{(\w+):([\w.-]+)\}\}/g, (placeholder, kind: string, name: string) => {
    const value = lookUp(kind, name, demo);
    if (value === undefined) throw new Error(`The demo workspace cannot fill ${placeholder}`);
    // Every placeholder stands inside a JSON string, where a Windows path needs its escapes.
    return JSON.stringify(value).slice(1, -1);
  });
}

function lookUp(kind: string, name: string, demo: DemoServers): string | undefined {
  switch (kind) {
    case 'url':
      return demo.url(name);
    case 'arg': {
      const [server, index] = name.split('.');
      return demo.servers.find((row) => row.name === server)?.command?.args[Number(index)];
    }
    case 'fake':
      return fakeSecrets[name]?.();
    default:
      return undefined;
  }
}

function randomText(
  length: number,
  alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789',
): string {
  return Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('');
}
