import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  blankedEnvironment,
  blankedInHeaders,
  blankedTable,
  environment,
  expansionTable,
} from '../agreement/expansionTable';
import type { ClaudeCode } from './claudeCode';

/** A row of either table; what is `undefined` is not asked for. */
interface Expected {
  readonly written: string;
  readonly local?: string;
  readonly url?: string;
  readonly header: string;
}

const rows: readonly Expected[] = [
  ...expansionTable.map(({ written, once: it, twice }) => ({
    written,
    local: it,
    url: it,
    header: twice,
  })),
  ...blankedTable.map(({ written, local, remote }) => ({
    written,
    local,
    url: remote,
    header: remote,
  })),
  ...blankedInHeaders,
];

const values: Readonly<Record<string, string>> = { ...environment, ...blankedEnvironment };

/**
 * Lets the real client start one local server and contact one remote server for each row, and
 * compares what they get with the tables. Nothing leaves the machine.
 * @returns the differences, in words
 */
export async function compareExpansion(client: ClaudeCode): Promise<readonly string[]> {
  return [...(await compareLocal(client)), ...(await compareRemote(client))];
}

interface Started {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
}

async function compareLocal(client: ClaudeCode): Promise<readonly string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'mcp-auth-recorded-'));
  try {
    const record = join(folder, 'started.json');
    const recorder = fileURLToPath(new URL('recordStart.mjs', import.meta.url));
    const asked = rows.filter(({ local }) => local !== undefined);
    const own = asked.map(({ written }, row) => [`VALUE_${row}`, written]);
    const entry = {
      command: '${NODE_PROGRAM}',
      args: [recorder, ...asked.map(({ written }) => written)],
      env: { RECORD_TO: record, SEEN_BY_ENV: '${VALUE_0}', ...Object.fromEntries(own) },
    };
    const program = { NODE_PROGRAM: process.execPath };
    await client.connect({ recorded: entry }, { ...values, ...program });
    const started = JSON.parse(await readFile(record, 'utf8')) as Started;
    return [
      ...asked.flatMap(({ written, local = '' }, row) => [
        ...difference('argument', written, local, started.args[row]),
        ...difference('env', written, local, started.env[`VALUE_${row}`]),
      ]),
      ...compareSurroundings(started, client.folder),
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What a local server has besides its own `env`. */
function compareSurroundings({ env, cwd }: Started, folder: string): readonly string[] {
  const expected: Readonly<Record<string, string | undefined>> = {
    FOO: values.FOO,
    NPM_TOKEN: values.NPM_TOKEN,
    OTEL_RESOURCE_ATTRIBUTES: undefined,
    CLAUDE_PROJECT_DIR: folder,
    CLAUDECODE: '1',
    // An entry of `env` is nothing that another one could refer to.
    SEEN_BY_ENV: '${VALUE_0}',
  };
  return [
    ...difference('the folder', 'of a local server', folder, cwd),
    ...Object.entries(expected).flatMap(([name, value]) =>
      difference('the environment', name, value, env[name]),
    ),
  ];
}

async function compareRemote(client: ClaudeCode): Promise<readonly string[]> {
  const seen = new Map<string, { readonly url: string; readonly header: string }>();
  const server = createServer((request, response) => {
    const { pathname = '', search = '' } = new URL(request.url ?? '', 'http://h.example');
    const header = String(request.headers['x-value'] ?? '');
    seen.set(pathname, seen.get(pathname) ?? { url: search, header });
    response.writeHead(404).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    const { port } = server.address() as AddressInfo;
    const at = (row: number, value: string) => `http://127.0.0.1:${port}/row-${row}?v=${value}`;
    const entries = rows.map(({ written, url }, row) => [
      `row-${row}`,
      {
        type: 'http',
        url: at(row, url === undefined ? '' : written),
        headers: { 'X-Value': written },
      },
    ]);
    await client.connect(Object.fromEntries(entries), values);
    return rows.flatMap(({ written, url = '', header }, row) => {
      const got = seen.get(`/row-${row}`);
      // At its ends a header has no white space on the way.
      return [
        ...difference('url', written, new URL(at(row, url)).search, got?.url),
        ...difference('header', written, header.trim(), got?.header),
      ];
    });
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

function difference(
  place: string,
  written: string,
  expected: string | undefined,
  got: string | undefined,
): readonly string[] {
  const inWords = (value: string | undefined) => JSON.stringify(value) ?? 'nothing';
  return expected === got
    ? []
    : [`${place} ${written}: ${inWords(got)} instead of ${inWords(expected)}`];
}
