import { authMethodLabels, detectAuthMethod } from '../core/auth/authMethod';
import { LineMap } from '../core/base/lineMap';
import { rangeEnd } from '../core/base/range';
import { oneLine } from '../core/base/text';
import type { McpConfig } from '../core/config/mcpConfig';
import type { Finding } from '../core/diagnostics/rule';

export interface CheckedFile {
  readonly path: string;
  readonly config: McpConfig;
  readonly findings: readonly Finding[];
}

/** How results are written, by the value of `--format`. */
export const formats = { text: formatText, json: formatJson } as const satisfies Record<
  string,
  (files: readonly CheckedFile[]) => string
>;

export function isFormat(format: string): format is keyof typeof formats {
  return Object.hasOwn(formats, format);
}

function formatText(files: readonly CheckedFile[]): string {
  const lines = files.flatMap(({ path, config, findings }) => {
    const map = new LineMap(config.text);
    return findings.map(({ range, severity, message, rule }) => {
      const { line, character } = map.positionAt(range.offset);
      return `${oneLine(path)}:${line + 1}:${character + 1}: ${severity}: ${message} (${rule})`;
    });
  });
  const count = files.reduce((sum, { findings }) => sum + findings.length, 0);
  const summary = `${count} ${count === 1 ? 'problem' : 'problems'} in ${files.length} ${files.length === 1 ? 'file' : 'files'}`;
  return [...lines, summary, ''].join('\n');
}

/** Version 1 of the machine-readable report; lines and characters count from zero. */
function formatJson(files: readonly CheckedFile[]): string {
  const report = { version: 1, files: files.map(toJson) };
  return `${JSON.stringify(report, null, 2)}\n`;
}

function toJson({ path, config, findings }: CheckedFile) {
  const map = new LineMap(config.text);
  return {
    path,
    place: config.place.id,
    servers: config.servers.map((server) => ({
      name: server.name,
      transport: server.transport,
      method: authMethodLabels[detectAuthMethod(server)],
      loads: server.loads,
    })),
    findings: findings.map((finding) => ({
      rule: finding.rule,
      category: finding.category,
      severity: finding.severity,
      message: finding.message,
      server: finding.server ?? null,
      variables: finding.variables,
      jsonPath: finding.path,
      start: map.positionAt(finding.range.offset),
      end: map.positionAt(rangeEnd(finding.range)),
      fixable: (finding.fixes?.() ?? []).length > 0,
    })),
  };
}
