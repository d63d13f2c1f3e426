import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ArtifactLocation, Log, Region, ReportingDescriptor, Result } from 'sarif';
import { version } from '../../../package.json';
import { LineMap } from '../../core/base/lineMap';
import { rangeEnd, type OffsetRange } from '../../core/base/range';
import type { Finding, Severity } from '../../core/diagnostics/rule';
import { allRules, type AnyRule } from '../../core/diagnostics/rules/allRules';
import { pointerOf } from '../../core/diagnostics/suppression';
import type { CheckedFile } from '../checkedFile';
import { descriptionIn, readRulePage } from '../rulePages';
import type { CheckReport } from '.';
import { printJson } from './printJson';
import { relativePath } from './relativePath';

const levels = { error: 'error', warning: 'warning', information: 'note', hint: 'note' } as const;

/** For code scanning. @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html */
export function formatSarif({ files, problems }: CheckReport): string {
  const log: Log = {
    $schema:
      'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: { name: 'mcp-auth', semanticVersion: version, rules: allRules.map(toDescriptor) },
        },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: {
          '%SRCROOT%': { description: { text: 'The folder in which mcp-auth was started.' } },
        },
        invocations: [
          {
            executionSuccessful: problems.length === 0,
            toolExecutionNotifications: problems.map((text) => ({
              level: 'error',
              message: { text },
            })),
          },
        ],
        results: files.flatMap(toResults),
      },
    ],
  };
  return printJson(log);
}

function toDescriptor({ id, severity, category }: AnyRule): ReportingDescriptor {
  const page = readRulePage(id);
  return {
    id,
    ...(page !== undefined && {
      shortDescription: { text: descriptionIn(page) },
      fullDescription: { text: descriptionIn(page) },
      help: { text: descriptionIn(page), markdown: page },
    }),
    defaultConfiguration: { level: levels[severity] },
    properties: { tags: category === 'credentials' ? [category, 'security'] : [category] },
  };
}

function toResults(file: CheckedFile): readonly Result[] {
  const map = new LineMap(file.text);
  const artifactLocation = locate(file.path);
  const counts = new Map<string, number>();
  const nextOf = (parts: string) => {
    const count = counts.get(parts) ?? 0;
    counts.set(parts, count + 1);
    return count;
  };
  return file.findings.map((finding) => {
    const { rule, severity, message, range, server } = finding;
    const fixes = toFixes(finding, file, artifactLocation, map);
    return {
      ruleId: rule,
      ruleIndex: allRules.findIndex(({ id }) => id === rule),
      level: levels[severity satisfies Severity],
      message: { text: message },
      locations: [
        {
          physicalLocation: { artifactLocation, region: toRegion(range, map) },
          ...(server !== undefined && {
            logicalLocations: [{ name: server, fullyQualifiedName: pointerOf(finding.path) }],
          }),
        },
      ],
      partialFingerprints: { 'mcpAuthFinding/v1': fingerprint(finding, nextOf) },
      ...(fixes.length > 0 && { fixes }),
    };
  });
}

/** The repair that may be made without asking, unless it repeats a credential. */
function toFixes(
  { fixes, server, range }: Finding,
  { cover }: CheckedFile,
  artifactLocation: ArtifactLocation,
  map: LineMap,
): NonNullable<Result['fixes']> {
  const fix = fixes?.().find(({ isSafe }) => isSafe);
  if (
    fix === undefined ||
    fix.edits.some(({ newText }) => cover(newText, server, range) !== newText)
  ) {
    return [];
  }
  const replacements = fix.edits.map(({ range, newText }) => ({
    deletedRegion: toRegion(range, map),
    insertedContent: { text: newText },
  }));
  return [
    { description: { text: fix.title }, artifactChanges: [{ artifactLocation, replacements }] },
  ];
}

function toRegion(range: OffsetRange, map: LineMap): Region {
  const start = map.positionAt(range.offset);
  const end = map.positionAt(rangeEnd(range));
  return {
    startLine: start.line + 1,
    startColumn: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
  };
}

function locate(path: string): ArtifactLocation {
  const below = relativePath(path);
  return below === undefined
    ? { uri: pathToFileURL(resolve(path)).href }
    : { uri: below.split('/').map(encodeURIComponent).join('/'), uriBaseId: '%SRCROOT%' };
}

/**
 * The same while a finding moves within its file. It is made of names only, not of values; where
 * they do not tell findings apart, as in a script, their order does.
 */
function fingerprint({ rule, server, path }: Finding, nextOf: (parts: string) => number): string {
  const parts = JSON.stringify([rule, server ?? null, pointerOf(path)]);
  const count = nextOf(parts);
  return createHash('sha256')
    .update(count === 0 ? parts : `${parts} ${count}`)
    .digest('hex');
}
