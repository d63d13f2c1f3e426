import { authMethodLabels, detectAuthMethod } from '../../core/auth/authMethod';
import { LineMap } from '../../core/base/lineMap';
import { rangeEnd } from '../../core/base/range';
import type { CheckedFile } from '../checkedFile';
import type { CheckReport } from '.';
import { printJson } from './printJson';

/** Version 1 of the machine-readable report; lines and characters count from zero. */
export function formatJson({ files }: CheckReport): string {
  return printJson({ version: 1, files: files.map(toJson) });
}

function toJson({ path, place, text, servers, findings, cover }: CheckedFile) {
  const map = new LineMap(text);
  return {
    path,
    place,
    servers: servers.map((server) => ({
      name: cover(server.name, server.name, server.nameRange),
      transport: server.transport ?? null,
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
