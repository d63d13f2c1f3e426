import { parseTree } from 'jsonc-parser';
import { parseMcpConfig } from '../../src/core/config/parseMcpConfig';
import { findFindings } from '../../src/core/diagnostics/findFindings';

/** A configuration of `count` servers of the common kinds, some of them wrong. */
function configOf(count: number): string {
  const kinds = [
    (n: number) => ({
      type: 'http',
      url: `https://s${n}.example.com/mcp`,
      headers: { Authorization: `Bearer \${TOKEN_${n}}` },
    }),
    (n: number) => ({
      command: 'npx',
      args: ['-y', `server-${n}`, '--verbose'],
      env: { API_KEY: `\${KEY_${n}}` },
    }),
    (n: number) => ({ url: `http://s${n}.example.com/sse` }),
    () => ({
      command: 'node',
      args: ['server.js'],
      env: { API_KEY: '3f9d2b7c81e64a05b6d7f0a2c9e8135d' },
    }),
  ];
  const servers = Array.from({ length: count }, (_, n) => [
    `server-${n}`,
    kinds[n % kinds.length]?.(n),
  ]);
  return JSON.stringify({ mcpServers: Object.fromEntries(servers) }, null, 2);
}

/** The median time of one call in milliseconds. */
function median(rounds: number, run: () => unknown): number {
  const times = Array.from({ length: rounds }, () => {
    const start = performance.now();
    run();
    return performance.now() - start;
  });
  return times.sort((a, b) => a - b)[Math.floor(rounds / 2)] ?? 0;
}

/** Ratios within one run: the machine's speed cancels out. */
function main(): void {
  console.log(
    'servers      kB   parse only   parse + rules   ratio   per server, against the first row',
  );
  let first: number | undefined;
  for (const count of [5, 100, 1000, 10_000]) {
    const text = configOf(count);
    const rounds = count > 1000 ? 5 : 30;
    const parse = median(rounds, () => parseTree(text));
    const whole = median(rounds, () => findFindings(parseMcpConfig(text)));
    const perServer = whole / count;
    first ??= perServer;
    console.log(
      [
        String(count).padStart(7),
        (text.length / 1024).toFixed(0).padStart(7),
        `${parse.toFixed(2)} ms`.padStart(12),
        `${whole.toFixed(2)} ms`.padStart(15),
        `${(whole / parse).toFixed(1)}x`.padStart(7),
        `${(perServer / first).toFixed(2)}x`.padStart(10),
      ].join(' '),
    );
  }
}

main();
