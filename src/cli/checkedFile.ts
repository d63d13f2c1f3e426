import { mask } from '../core/base/mask';
import { rangeEnd, type OffsetRange } from '../core/base/range';
import type { McpConfig, McpServer } from '../core/config/mcpConfig';
import type { PlaceId } from '../core/config/place';
import type { Finding } from '../core/diagnostics/rule';
import { CredentialRanges } from '../core/secrets/credentialRanges';
import { findHiddenShapes, findKnownShapes } from '../core/secrets/knownShapes';
import { secretsIn } from '../core/secrets/secretsIn';
import { withoutOverlap } from '../core/secrets/spans';
import type { Inputs } from './commandLine';
import { severities } from './severities';

/** What there is to say about one file. */
export interface CheckedFile {
  readonly path: string;
  /** That of a configuration, or `helper` for a script that one names. */
  readonly place: PlaceId | 'helper';
  readonly text: string;
  /** Of a script none. */
  readonly servers: readonly McpServer[];
  readonly findings: readonly Finding[];
  readonly credentials: CredentialRanges;
  /**
   * `text` with credentials covered: those of the entry `server`, those that stand at `range` or
   * beside it, and whatever looks like one. People mistake names for values.
   */
  cover(text: string, server: string | undefined, range: OffsetRange): string;
}

/** Shorter ones are words as well. */
const shortestCredential = 8;

/** In characters, around what a message is about. */
const nearby = 100;

export function checkedFile(
  path: string,
  config: McpConfig,
  findings: readonly Finding[],
): CheckedFile {
  const { text, place, servers } = config;
  const byServer = credentialsByServer(config);
  const parts = { path, place: place.id, text, servers, credentials: CredentialRanges.of(config) };
  return coveredFile(parts, findings, (server) => byServer.get(server));
}

/** @param secrets where the rules find credentials in the script, whatever is reported of them */
export function checkedScript(
  path: string,
  text: string,
  secrets: readonly OffsetRange[],
  findings: readonly Finding[],
): CheckedFile {
  const credentials = new CredentialRanges(text, secrets);
  return coveredFile({ path, place: 'helper', text, servers: [], credentials }, findings);
}

function coveredFile(
  file: Omit<CheckedFile, 'findings' | 'cover'>,
  findings: readonly Finding[],
  credentialsOf: (server: string | undefined) => Iterable<string> | undefined = () => [],
): CheckedFile {
  const cover: CheckedFile['cover'] = (text, server, range) => {
    const near = file.credentials
      .within(range.offset - nearby, rangeEnd(range) + nearby)
      .map((found) => file.text.slice(found.offset, rangeEnd(found)));
    return coverIn(text, [...(credentialsOf(server) ?? []), ...near]);
  };
  return { ...file, cover, findings: findings.map((finding) => coverFinding(finding, cover)) };
}

function credentialsByServer(config: McpConfig): ReadonlyMap<string | undefined, Set<string>> {
  const byServer = new Map<string | undefined, Set<string>>();
  for (const { server, leaf, secrets } of secretsIn(config)) {
    const values = byServer.get(server?.name) ?? new Set();
    byServer.set(server?.name, values);
    for (const { start, end } of secrets) {
      values.add(leaf.value.slice(start, end));
    }
  }
  return byServer;
}

function coverFinding(finding: Finding, cover: CheckedFile['cover']): Finding {
  const { message, server, path, variables, range } = finding;
  const coverText = (text: string) => cover(text, server, range);
  return {
    ...finding,
    message: coverText(message),
    server: server === undefined ? undefined : coverText(server),
    path: path.map((key) => (typeof key === 'string' ? coverText(key) : key)),
    variables: variables.map(coverText),
  };
}

function coverIn(text: string, credentials: readonly string[]): string {
  let covered = text;
  for (const value of credentials) {
    if (value.length >= shortestCredential) {
      covered = covered.replaceAll(value, mask);
    }
  }
  const shapes = [...findKnownShapes(covered, undefined), ...findHiddenShapes(covered)];
  for (const { start, end } of withoutOverlap(shapes).toReversed()) {
    covered = `${covered.slice(0, start)}${mask}${covered.slice(end)}`;
  }
  return covered;
}

/** Whether anything in `files` is at or above the level at which a run fails. */
export function fails(files: readonly CheckedFile[], failOn: Inputs['failOn']): boolean {
  const threshold = failOn === 'never' ? -1 : severities.indexOf(failOn);
  return files.some(({ findings }) =>
    findings.some(({ severity }) => severities.indexOf(severity) <= threshold),
  );
}
