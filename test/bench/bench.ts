import { lintSource } from '@secretlint/core';
import { creator as recommended } from '@secretlint/secretlint-rule-preset-recommend';
import { parseTree } from 'jsonc-parser';
import { readFileSync } from 'node:fs';
import { getLanguageService, TextDocument, type JSONSchema } from 'vscode-json-languageservice';
import { parseMcpConfig } from '../../src/core/config/parseMcpConfig';
import { findFindings } from '../../src/core/diagnostics/findFindings';
import { configOf } from './configOf';

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

/** The median time of one call in milliseconds. */
async function median(rounds: number, run: () => unknown): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const start = performance.now();
    await run();
    times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b)[Math.floor(rounds / 2)] ?? 0;
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
  console.log(
    'servers       kB |      own | JSON parse | JSON service | secretlint | own/service | own/secretlint | own per server | kept kB',
  );
  let first: number | undefined;
  for (const count of [5, 100, 1000, 10_000]) {
    const text = configOf(count);
    const rounds = count > 1000 ? 11 : count > 100 ? 41 : 201;
    // In turns, so that a disturbance of the machine meets all alike.
    const time: Record<string, number> = {};
    for (const [name, run] of Object.entries(contenders)) {
      await median(rounds >> 1, () => run(text));
      time[name] = await median(rounds, () => run(text));
    }
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
  console.log('Milliseconds, medians of one process.');
}

void main();
