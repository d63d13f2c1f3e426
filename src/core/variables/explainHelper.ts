import { codeSpan, escapeMarkdown } from '../base/markdown';
import type { McpConfig, McpServer } from '../config/mcpConfig';
import type { PlaceId } from '../config/place';
import type { FileFacts } from '../diagnostics/fileFacts';
import { findEnvironmentReads, findShellReads } from '../helperScript/environmentReads';
import { helperPath, helpersIn, type ServerHelper } from '../helperScript/helperCommand';
import { helperGets } from '../helperScript/helperGets';
import { readHelperScript } from '../helperScript/helperScript';
import { maskSecrets } from '../secrets/maskSecrets';
import type { ExplainedField, ExplanationContext } from './explainServer';

/** The `headersHelper` of an entry: which variables it finds, as far as its shell and script tell. */
export function explainHelper(
  config: McpConfig,
  server: McpServer,
  { environment, files }: ExplanationContext,
): ExplainedField | undefined {
  const helper = helpersIn(config).find((it) => it.server === server);
  if (helper === undefined) {
    return undefined;
  }
  const written = maskSecrets(helper.command.text, { kind: 'headersHelper' });
  const names = [...new Set(readsOf(config, helper, files))];
  return {
    field: 'headersHelper',
    written,
    becomes: written,
    names,
    notes: [
      'Claude Code expands nothing here: a shell runs it.',
      ...names.map((name) => noteOnRead(name, config.place.id, environment)),
      ...(written === helper.command.text ? [] : ['A credential stands in it; it is hidden here.']),
    ],
  };
}

/** What the command line itself reads, then what its script does. */
function readsOf(
  { place }: McpConfig,
  { server, command }: ServerHelper,
  files: FileFacts,
): readonly string[] {
  const path = command.file && helperPath(command.file, place.id, server);
  const fact = path === undefined ? undefined : files.look(path);
  const text = fact?.kind === 'file' ? fact.text : undefined;
  const script = text === undefined ? undefined : readHelperScript(text, path ?? '');
  const reads = [
    ...findShellReads(command.shell),
    ...(script === undefined ? [] : findEnvironmentReads(script)),
  ];
  return reads.map(({ name }) => name);
}

function noteOnRead(
  name: string,
  place: PlaceId,
  environment: ExplanationContext['environment'],
): string {
  const shown = codeSpan(name);
  const gets = helperGets(name, place);
  if (gets === 'given') {
    return `${shown} is given by Claude Code.`;
  }
  if (gets !== 'passed') {
    const advice = gets === 'taken' ? ' Let the helper fetch the credential itself.' : '';
    return `${shown} is taken out of its environment, so it is empty here.${advice}`;
  }
  const state = environment.lookup(name);
  switch (state.kind) {
    case 'set':
      return `${shown} is set in ${escapeMarkdown(state.source)}.`;
    case 'empty':
      return `${shown} is set in ${escapeMarkdown(state.source)} but empty.`;
    case 'session-only':
      return `${shown} is set in ${escapeMarkdown(state.source)}, which sessions alone read.`;
    case 'unset':
      return `${shown} is not set, so it is empty here.`;
    case 'unknown':
      return `Whether ${shown} is set is not known.`;
  }
}
