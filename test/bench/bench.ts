import { lintSource } from '@secretlint/core';
import { creator as recommended } from '@secretlint/secretlint-rule-preset-recommend';
import { parseTree } from 'jsonc-parser';
import { readFileSync } from 'node:fs';
import { getLanguageService, TextDocument, type JSONSchema } from 'vscode-json-languageservice';
import { parseMcpConfig } from '../../src/core/config/parseMcpConfig';
import { findFindings } from '../../src/core/diagnostics/findFindings';
import { configOf } from './configOf';
import { measureTokenTest } from './tokenTest';

/**
 * How long a check takes, as ratios within one run: the machine's speed cancels out. Compared are
 * VS Code's JSON service, which parses the same text and validates it with the schema that ships
 * with this extension, and secretlint, which looks for credentials alone.
 */
const contenders = {
  own: (text: string) => findFindings(parseMcpConfig(text)),
  parseOnly: (text: string) => parseTree(text),
  jsonService: validateWithJsonService,
  secretlint: (text: string) =>
    lintSource({
      source: { filePath: '.mcp.json', content: text, ext: '.json', contentType: 'text' },
      options: { config: { rules: [{ id: 'recommended', rule: recommended }] } },
    }),
} as const satisfies Record<string, (text: string) => unknown>;

const schema = JSON.parse(readFileSync('media/schemas/mcp.schema.json', 'utf8')) as JSONSchema;
const jsonService = getLanguageService({});

async function validateWithJsonService(text: string): Promise<unknown> {
  const document = TextDocument.create('file:///.mcp.json', 'json', 1, text);
  const parsed = jsonService.parseJSONDocument(document);
  return jsonService.doValidation(document, parsed, {}, schema);
}

/** The times of calls that take about `seconds` together, at least five, in milliseconds. */
async function measure(seconds: number, run: () => unknown): Promise<readonly number[]> {
  const times: number[] = [];
  const end = performance.now() + seconds * 1000;
  while (times.length < 5 || performance.now() < end) {
    const start = performance.now();
    await run();
    times.push(performance.now() - start);
  }
  // secretlint leaves marks behind, a million of which slow everything down.
  performance.clearMarks();
  performance.clearMeasures();
  return times;
}

function median(times: readonly number[]): number {
  return [...times].sort((a, b) => a - b)[times.length >> 1] ?? 0;
}

/** The median time of each contender; in turns, so that a disturbance meets all alike. */
async function compare(text: string): Promise<Readonly<Record<string, number>>> {
  const times = new Map<string, number[]>();
  for (const round of ['to warm up', 'first', 'second', 'third']) {
    for (const [name, run] of Object.entries(contenders)) {
      const more = await measure(0.4, () => run(text));
      if (round !== 'to warm up') {
        times.set(name, [...(times.get(name) ?? []), ...more]);
      }
    }
  }
  return Object.fromEntries([...times].map(([name, list]) => [name, median(list)]));
}

/** What a configuration and its findings keep in memory, in kB. */
function memoryOf(text: string): number {
  global.gc?.();
  const before = process.memoryUsage().heapUsed;
  const kept = contenders.own(text);
  global.gc?.();
  const after = process.memoryUsage().heapUsed;
  return kept.length === 0 ? 0 : (after - before) / 1024;
}

async function main(): Promise<void> {
  const { test, plainCurl } = await measureTokenTest(median);
  console.log(
    'servers       kB |      own | JSON parse | JSON service | secretlint | own/service | own/secretlint | own per server | kept kB',
  );
  let first: number | undefined;
  for (const count of [5, 100, 1000, 10_000]) {
    const text = configOf(count);
    const time = await compare(text);
    const { own = 0, parseOnly = 0, jsonService = 1, secretlint = 1 } = time;
    first ??= own / count;
    console.log(
      [
        String(count).padStart(7),
        (text.length / 1024).toFixed(0).padStart(8),
        `| ${own.toFixed(2).padStart(8)}`,
        `| ${parseOnly.toFixed(2).padStart(10)}`,
        `| ${jsonService.toFixed(2).padStart(12)}`,
        `| ${secretlint.toFixed(2).padStart(10)}`,
        `| ${(own / jsonService).toFixed(2).padStart(11)}`,
        `| ${(own / secretlint).toFixed(2).padStart(14)}`,
        `| ${(own / count / first).toFixed(2).padStart(14)}`,
        `| ${memoryOf(text).toFixed(0).padStart(7)}`,
      ].join(' '),
    );
  }
  console.log(
    `\nA test of a local server: ${test.toFixed(0)}; its four requests by plain curl: ${plainCurl.toFixed(0)}; ratio ${(test / plainCurl).toFixed(2)}.`,
  );
  console.log('Milliseconds, medians of one process.');
}

// secretlint would go on for minutes, looking at the marks of a million calls.
void main().then(() => process.exit());
