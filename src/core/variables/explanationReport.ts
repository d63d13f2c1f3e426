import { codeSpan, escapeMarkdown } from '../base/markdown';
import type { McpConfig, McpServer } from '../config/mcpConfig';
import { explainServer, type ExplainedField, type ExplanationContext } from './explainServer';

/** What is to be explained. */
export interface ExplanationSubject {
  /** As a person names the file. */
  readonly label: string;
  readonly config: McpConfig;
  readonly servers: readonly McpServer[];
  /** Only what this variable has a part in. */
  readonly name?: string;
}

/**
 * What servers get, as a Markdown document with a table for each. It holds no value of a variable
 * and no literal credential, and nothing that stands in a file is markup in it.
 * @param whyNot why Claude Code does not load a server: a sentence
 */
export function formatExplanation(
  { label, config, servers, name }: ExplanationSubject,
  context: ExplanationContext,
  whyNot: (server: McpServer) => string,
): string {
  const sections = servers.flatMap((server) => {
    const fields = server.loads ? explainServer(config, server, context) : [];
    const shown = name === undefined ? fields : fields.filter(({ names }) => names.includes(name));
    return name !== undefined && shown.length === 0
      ? []
      : [formatServer(server, shown, whyNot(server))];
  });
  const title = name === undefined ? 'What the servers get' : `What ${codeSpan(name)} becomes`;
  return [
    `# ${title}`,
    `From ${escapeMarkdown(label)}, as Claude Code would read it with the variables that are known here. Values of variables are hidden.`,
    ...(sections.length > 0 ? sections : [nothing(name)]),
  ]
    .join('\n\n')
    .concat('\n');
}

function nothing(name: string | undefined): string {
  return name === undefined
    ? 'There is no server here any more.'
    : `No server that loads refers to ${codeSpan(name)}.`;
}

function formatServer(
  { name, loads, transport }: McpServer,
  fields: readonly ExplainedField[],
  whyNot: string,
): string {
  const title = `## ${escapeMarkdown(name === '' ? '(no name)' : name)}`;
  if (!loads) {
    return `${title}\n\nClaude Code does not load this server. ${escapeMarkdown(whyNot)}`;
  }
  const table = [
    '| Field | As written | Becomes | Where it comes from |',
    '| --- | --- | --- | --- |',
    ...fields.map(formatField),
  ].join('\n');
  const surroundings =
    'The process also gets the environment of Claude Code, without `OTEL_*` and without tokens of Claude Code itself, and `CLAUDE_PROJECT_DIR` besides.';
  return [
    title,
    fields.length > 0 ? table : 'Nothing in it is expanded.',
    ...(transport === 'stdio' ? [surroundings] : []),
  ].join('\n\n');
}

function formatField({ field, written, becomes, notes }: ExplainedField): string {
  const cells = [
    codeSpan(field),
    codeSpan(written) || '(empty)',
    becomes === written ? 'the same' : codeSpan(becomes) || '(empty)',
    notes.length > 0 ? notes.join(' ') : 'The file.',
  ];
  return `| ${cells.join(' | ')} |`;
}
