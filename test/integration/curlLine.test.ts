import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseMcpConfig } from '../../src/core/config/parseMcpConfig';
import type { NamedRequest } from '../../src/core/shell/curlLine/namedRequest';
import { shellOf } from '../../src/core/shell/shells';
import { exampleKey } from '../../src/core/tokenTest/firstRequest';
import { planCurlLine } from '../../src/core/tokenTest/planCurlLine';
import { resolveTarget } from '../../src/core/tokenTest/resolveTarget';
import { runTokenTest } from '../../src/core/tokenTest/runTokenTest';
import type { RemoteTarget } from '../../src/core/tokenTest/tokenTestTarget';
import { findExecutable } from '../../src/node/findExecutable';
import { findShells, withoutStartFiles } from '../environment/shells';
import { hostileValues } from '../support/hostileValues';
import { closeServer, listen } from './curlTestServer';
import { portsWith } from './tokenTestRun';

/** A request to the byte: header values as Latin-1, their order aside. */
interface Recorded {
  readonly method: string | undefined;
  readonly path: string | undefined;
  readonly headers: readonly string[];
  readonly body: string;
}

type Values = Readonly<Record<string, string>>;
type Transport = RemoteTarget['transport'];
type Entry = { readonly url: string; readonly headers?: Values; readonly type?: Transport };

/** What the lines start. */
const programs = ['curl', 'sed', 'tr', 'iconv', 'printenv'];

const token = 'canary-' + 'tW3t'.repeat(7);

describe('the line of curl for a shell', function () {
  this.timeout(120_000);
  let names: readonly string[] = [];
  let folder = '';
  let log = '';
  let origin = '';
  const received: Recorded[] = [];
  function record({ method, url: path, rawHeaders }: IncomingMessage, body: string): void {
    const headers = rawHeaders.flatMap((text, index) =>
      index % 2 === 0 ? `${text}: ${rawHeaders[index + 1]}` : [],
    );
    received.push({ method, path, headers: headers.sort(), body });
  }

  const server = createServer((request, response) => {
    const parts: Uint8Array[] = [];
    request.on('data', (part: Uint8Array) => parts.push(part));
    request.on('end', () => {
      record(request, Buffer.concat(parts).toString('latin1'));
      response.writeHead(401).end('no');
    });
  });
  server.on('upgrade', (request, socket) => {
    record(request, '');
    socket.end('HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n');
  });

  before(async () => {
    names = await findShells();
    origin = `http://${await listen(server)}`;
    folder = mkdtempSync(join(tmpdir(), "mcp-auth it's "));
    log = join(folder, 'arguments');
    writeFileSync(join(folder, '.curlrc'), 'header = "X-Curlrc: 1"\nlocation\n');
    // First on PATH, they keep what they were started with.
    for (const program of programs) {
      const real = (await findExecutable(program)) ?? assert.fail(`there is no ${program}`);
      const file = join(folder, program);
      writeFileSync(
        file,
        `#!/bin/sh\nprintf '%s\\n' ${program} "$@" >> "${log}"\nexec ${real} "$@"\n`,
      );
      chmodSync(file, 0o755);
    }
  });
  beforeEach(() => {
    received.length = 0;
    rmSync(log, { force: true });
  });
  after(async () => {
    server.closeAllConnections();
    await closeServer(server);
    rmSync(folder, { recursive: true, force: true });
  });

  function lineFor(shell: string, request: NamedRequest): string {
    return shellOf(shell)?.curlLine(request) ?? assert.fail(`no line for ${shell}`);
  }

  /** What the shell wrote to stderr, and its exit code. */
  function run(shell: string, line: string, env: Values) {
    const script = join(folder, shell === 'pwsh' ? 'script.ps1' : 'script');
    writeFileSync(script, line);
    return start(shell, [...(withoutStartFiles[shell] ?? []), script], env);
  }

  function start(shell: string, args: readonly string[], env: Values, input?: string) {
    const PATH = `${folder}:${process.env['PATH']}`;
    const options = { env: { PATH, HOME: folder, LANG: 'C.UTF-8', ...env } };
    return new Promise<{ code: unknown; stdout: string; stderr: string }>((resolve) => {
      const child = execFile(shell, args, options, (error, stdout, stderr) =>
        resolve({ code: error?.code ?? 0, stdout, stderr }),
      );
      child.stdin?.end(input);
    });
  }

  /** What the test of the same entry sends first. */
  async function sentByTest(entry: Entry, values: Values): Promise<Recorded> {
    const { server } = parsed(entry);
    // The line has the same key each time.
    const ports = { ...(await portsWith()), createWebSocketKey: () => exampleKey };
    const target = resolveTarget(server, (name) => values[name], '/');
    const { outcome } = await runTokenTest(target, ports, new AbortController().signal);
    assert.equal(outcome.kind, 'rejected', JSON.stringify(outcome));
    return received.splice(0)[0] ?? assert.fail('the test sent nothing');
  }

  async function sentByLine(shell: string, request: NamedRequest, values: Values) {
    const { stderr } = await run(shell, lineFor(shell, request), values);
    assert.equal(stderr, '');
    return received.splice(0);
  }

  function parsed(entry: Entry) {
    const config = parseMcpConfig(
      JSON.stringify({ mcpServers: { a: { type: 'http', ...entry } } }),
    );
    return { config, server: config.servers[0] ?? assert.fail() };
  }

  function planned(entry: Entry, values: Values): NamedRequest {
    const { config, server } = parsed(entry);
    const { type = 'http' } = entry;
    const plan = planCurlLine(config, server, type, (name) => values[name], 20);
    return plan.kind === 'planned' ? plan.request : assert.fail(plan.refusal.kind);
  }

  // A test sends nothing else, and replaces what looks like a reference.
  const carried = hostileValues(120).filter(
    (value) => /^[ -~\u00a0-\u00ff]{1,200}$/.test(value) && !value.includes('${'),
  );
  const kinds = [
    ['ASCII', carried.filter((value) => /^[ -~]*$/.test(value))],
    ['Latin-1', carried],
  ] as const;
  for (const [kind, values] of kinds) {
    it(`sends what the test sends, whatever ${kind} is in text and variables`, async () => {
      assert.ok(values.length > 20);
      const env = Object.fromEntries(values.map((value, index) => [`V${index}`, value]));
      const headers = Object.fromEntries(
        values.flatMap((value, index) => [
          [`X-Text-${index}`, `a${value}z`],
          [`X-Value-${index}`, `${value.length}\${V${index}}z`],
        ]),
      );
      const entry = { url: `${origin}/mcp/a b?x=é&y='z'`, headers };
      const expected = await sentByTest(entry, env);
      for (const shell of names) {
        assert.deepEqual(await sentByLine(shell, planned(entry, env), env), [expected], shell);
      }
    });
  }

  const bearer = { Authorization: 'Bearer ${TRACKER_TOKEN}' };
  const socketUrl = () => `${origin.replace('http', 'ws')}/ws`;

  const entries: readonly (readonly [what: string, entry: () => Entry, values: Values])[] = [
    ['no variable', () => ({ url: `${origin}/mcp` }), {}],
    [
      'variables in the address',
      () => ({ url: '${BASE}/mcp/${TENANT}?key=${KEY}', headers: bearer }),
      { BASE: 'ORIGIN', TENANT: 'a%20b', KEY: 'x-_.~1', TRACKER_TOKEN: token },
    ],
    ['a variable that is all of the address', () => ({ url: '${ALL}' }), { ALL: 'ORIGIN/mcp?a=1' }],
    [
      'a port, a user and a password',
      () => ({ url: origin.replace('//', '//me:${PW}@').replace(/\d+$/, '${PORT}/mcp') }),
      { PW: 'a;b', PORT: 'PORT' },
    ],
    [
      'defaults, an empty variable and one that Claude Code keeps back',
      () => ({
        url: `${origin}/\${STAGE:-live}/\${SET:-x}`,
        headers: {
          ...bearer,
          'X-Default': 'a${UNSET:-b c}d',
          'X-Twice': '${UNSET:-${SET}}',
          'X-Empty': 'a${EMPTY}b',
          'X-Kept': 'a${NPM_TOKEN:-no}b',
        },
      }),
      { TRACKER_TOKEN: token, SET: 'is-set', EMPTY: '', NPM_TOKEN: 'npm-' + token },
    ],
    [
      'names that differ in case',
      () => ({ url: `${origin}/mcp`, headers: { 'X-A': '${TRACKER_TOKEN}', 'x-a': 'b' } }),
      { TRACKER_TOKEN: token },
    ],
    [
      'an event stream',
      () => ({ type: 'sse', url: `${origin}/sse`, headers: { ...bearer, Accept: 'text/plain' } }),
      { TRACKER_TOKEN: token },
    ],
    [
      'a WebSocket',
      () => ({ type: 'ws', url: socketUrl(), headers: bearer }),
      { TRACKER_TOKEN: token },
    ],
    [
      'a WebSocket with headers of the handshake in the entry',
      () => ({
        type: 'ws',
        url: socketUrl(),
        headers: {
          ...bearer,
          'Sec-WebSocket-Protocol': 'mcp, own',
          'Sec-WebSocket-Extensions': 'permessage-deflate',
          Accept: 'text/plain',
        },
      }),
      { TRACKER_TOKEN: token },
    ],
  ];
  for (const [what, entry, raw] of entries) {
    it(`sends what the test sends: ${what}`, async () => {
      const port = origin.replace(/.*:/, '');
      const values = Object.fromEntries(
        Object.entries(raw).map(([name, value]) => [
          name,
          value.replace('ORIGIN', origin).replace('PORT', port),
        ]),
      );
      const expected = await sentByTest(entry(), values);
      for (const shell of names) {
        const request = planned(entry(), values);
        assert.deepEqual(await sentByLine(shell, request, values), [expected], shell);
      }
    });
  }

  it('has the value in no argument of any program', async () => {
    for (const value of [token, `é${token}`]) {
      const values = { TRACKER_TOKEN: value };
      const request = planned({ url: `${origin}/mcp`, headers: bearer }, values);
      for (const shell of names) {
        rmSync(log, { force: true });
        assert.equal((await sentByLine(shell, request, values)).length, 1);
        const started = readFileSync(log, 'utf8');
        assert.match(started, /^curl\n-q\n--config\n-\n/m);
        assert.doesNotMatch(started, /canary|tW3t/);
      }
    }
  });

  const refused: readonly (readonly [what: string, values: Values, complaint: string])[] = [
    ['is not set', { KEY: 'k' }, 'TRACKER_TOKEN is not set, or not exported.'],
    ['is empty', { KEY: 'k', TRACKER_TOKEN: '' }, 'TRACKER_TOKEN is not set, or not exported.'],
    ...['\n', '\r\nX-Evil: 1', '"\nurl = "http://evil.example', '\u0007', 'é'].map(
      (end) =>
        [
          `ends with ${JSON.stringify(end)}`,
          { KEY: 'k', TRACKER_TOKEN: token + end },
          'TRACKER_TOKEN has a line break or another character that this line cannot carry.',
        ] as const,
    ),
    ...[' ', '"', '\\', '\n', 'é', "'"].map(
      (end) =>
        [
          `in the address ends with ${JSON.stringify(end)}`,
          { KEY: token + end, TRACKER_TOKEN: 't' },
          'KEY has a character that an address cannot have as it is.',
        ] as const,
    ),
  ];
  for (const [what, values, complaint] of refused) {
    it(`sends nothing where a variable ${what}, and names it`, async () => {
      const entry = { url: `${origin}/mcp?key=\${KEY}`, headers: bearer };
      const request = planned(entry, {});
      for (const shell of names) {
        const { code, stdout, stderr } = await run(shell, lineFor(shell, request), values);
        const expected = shell === 'pwsh' ? complaint.replace(', or not exported', '') : complaint;
        assert.deepEqual([stdout, stderr.trim()], ['', expected], shell);
        if (shell !== 'pwsh') {
          assert.equal(code, 1, shell);
        }
        assert.ok(!existsSync(log) || !readFileSync(log, 'utf8').includes('curl'), shell);
      }
      assert.deepEqual(received, []);
    });
  }

  /** The shell itself has another value, or a list, under each of these. */
  const ownNames = ['LC_ALL', 'status', 'version', 'history', 'path', 'argv', 'UID', 'mcp_bad'];
  for (const name of ownNames) {
    it(`sends the variable ${name} as a program gets it, or says that there is none`, async () => {
      const values = { [name]: name === 'LC_ALL' ? 'C.UTF-8' : 'a"b:c d' };
      const headers = { 'X-A': `\${${name}}`, 'X-B': `b\${${name}}c` };
      const expected = await sentByTest({ url: `${origin}/mcp`, headers }, values);
      for (const shell of names) {
        const request = planned({ url: `${origin}/mcp`, headers }, values);
        const { stderr } = await run(shell, lineFor(shell, request), values);
        const sent = received.splice(0);
        if (shell === 'fish' && ['status', 'version', 'history', 'argv'].includes(name)) {
          // fish hands these to no program.
          assert.deepEqual([sent, stderr], [[], `${name} is not set, or not exported.\n`]);
        } else {
          assert.deepEqual([sent, stderr], [[expected], ''], shell);
        }
      }
    });
  }

  it('names the variable that is beyond Latin-1 where text is Latin-1', async () => {
    const headers = { ...bearer, 'X-Text': 'caf\u00e9' };
    const request = planned({ url: `${origin}/mcp`, headers }, {});
    for (const LC_ALL of ['C.UTF-8', 'C']) {
      // In the locale C, fish cannot tell the bytes of a character from Latin-1.
      for (const shell of names.filter((shell) => shell !== 'fish' || LC_ALL !== 'C')) {
        const values = { TRACKER_TOKEN: 'price \u20ac5', LC_ALL };
        const { stdout, stderr } = await run(shell, lineFor(shell, request), values);
        assert.deepEqual(
          [stdout, stderr.trim()],
          ['', 'TRACKER_TOKEN has a character that a header cannot have, such as a line break.'],
          shell,
        );
      }
    }
    assert.deepEqual(received, []);
  });

  it('goes nowhere but to http and https', async () => {
    const request = planned({ url: '${BASE}' }, {});
    for (const BASE of [`file://${process.execPath}`, 'ftp://127.0.0.1/', '127.0.0.1:9/mcp']) {
      for (const shell of names) {
        const { stdout, stderr } = await run(shell, lineFor(shell, request), { BASE });
        assert.equal(stdout.trim(), '');
        assert.match(stderr, /^curl: \((?:1|3)\)/);
      }
    }
  });

  it('means the same when it is typed, and leaves the name alone in the history', async () => {
    const history = join(folder, 'history');
    const headers = { ...bearer, 'X-Text': `it's !a "!!" !$ [!b] 'x !? ^a^b` };
    const values = { TRACKER_TOKEN: `${token}!!"` };
    const entry = { url: `${origin}/mcp`, headers };
    const expected = await sentByTest(entry, values);
    const line = lineFor('bash', planned(entry, values));
    const file = `HISTFILE='${history.replaceAll("'", `'\\''`)}'`;
    const interactive: readonly (readonly [string, readonly string[], string, string])[] = [
      ['bash', ['--norc', '-i'], file, 'history -w'],
      ['zsh', ['-f', '-i'], `${file} HISTSIZE=50 SAVEHIST=50`, 'fc -W'],
    ];
    for (const [shell, args, setUp, save] of interactive.filter(([it]) => names.includes(it))) {
      rmSync(history, { force: true });
      const typed = `${setUp}\nalias sed=false curl=false\n${line}\n${save}\nexit\n`;
      const { stderr } = await start(shell, args, values, typed);
      assert.deepEqual(received.splice(0), [expected], `${shell}: ${stderr}`);
      const kept = readFileSync(history, 'utf8');
      assert.match(kept, /mcp_quote TRACKER_TOKEN/);
      assert.doesNotMatch(kept, /canary|tW3t/);
    }
  });
});
