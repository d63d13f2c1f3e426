import * as vscode from 'vscode';
import { escapeHoverMarkdown } from '../../core/base/markdown';
import { helperGets } from '../../core/helperScript/helperGets';
import type { ConfigFile } from '../../core/servers/serverStore';
import {
  describeDefinition,
  describeHelperRead,
  type NamedReference,
} from '../../core/variables/describeDefinition';
import {
  describeLiteral,
  describeReference,
  type Offer,
  type VariableWords,
} from '../../core/variables/describeVariable';
import type { OccurrenceUse } from '../../core/variables/occurrence';
import { isExpanded, occurrencesInConfig } from '../../core/variables/occurrencesInConfig';
import type { FoundOccurrence, VariableDocuments } from './variableDocuments';
import type { WorkspaceVariables } from './workspaceVariables';

/** What becomes of a variable, where it is kept, and what to do; never its value. */
export function createHoverProvider(
  documents: VariableDocuments,
  variables: WorkspaceVariables,
): vscode.HoverProvider {
  return {
    provideHover(document, position) {
      const found = documents.find(document, position);
      const words = found && describe(documents, variables, document, found);
      return words && new vscode.Hover(toMarkdown(words.words, words.target), found.range);
    },
  };
}

interface Described {
  readonly words: VariableWords;
  /** For the commands: the configuration, and the variable. */
  readonly target: { readonly uri: string; readonly name: string };
}

function describe(
  documents: VariableDocuments,
  variables: WorkspaceVariables,
  document: vscode.TextDocument,
  { file, occurrence }: FoundOccurrence,
): Described | undefined {
  const { name, use } = occurrence;
  const config = documents.configOf(document);
  const owners = documents.referring(name, document.uri);
  const owner = config ?? owners[0];
  if (owner === undefined && file.kind !== 'script') {
    // A variable of the application, not of a configuration.
    return undefined;
  }
  const uri = owner === undefined ? document.uri : vscode.Uri.parse(owner.id, true);
  const environment = variables.environmentFor(uri);
  const target = { uri: uri.toString(), name };
  if (config !== undefined) {
    return { words: describeInConfig(config, name, use, environment), target };
  }
  if (file.kind === 'script') {
    // One that several configurations run is judged by the one that gets the least.
    const places = documents.helperPlaces(file);
    const place = places.find((it) => helperGets(name, it) === 'taken') ?? places[0] ?? 'project';
    return { words: describeHelperRead(name, environment, place), target };
  }
  if (file.kind === 'prose' || file.kind === 'config') {
    return undefined;
  }
  const references = owners.flatMap((owning) => referencesIn(owning, name));
  return { words: describeDefinition(name, file.kind, environment, references), target };
}

/** What is said of a variable in a configuration. */
export function describeInConfig(
  { config: { place } }: ConfigFile,
  name: string,
  use: OccurrenceUse,
  environment: ReturnType<WorkspaceVariables['environmentFor']>,
): VariableWords {
  switch (use.kind) {
    case 'expanded':
      return describeReference(name, use, environment, place);
    case 'helper':
      return describeHelperRead(name, environment, place.id);
    default:
      return describeLiteral(name);
  }
}

function referencesIn({ label, config }: ConfigFile, name: string): readonly NamedReference[] {
  return occurrencesInConfig(config)
    .filter(isExpanded)
    .filter((it) => it.name === name)
    .map(({ use }) => ({ label: `${use.server.name} in ${label}`, target: use.target }));
}

const offers: Readonly<Record<Offer, { readonly title: string; readonly command: string }>> = {
  set: { title: 'Set it…', command: 'mcpAuth.variable.set' },
  open: { title: 'Open Claude Code with it', command: 'mcpAuth.claude.openWithSecrets' },
  explain: { title: 'What will this become', command: 'mcpAuth.variable.explain' },
};

function toMarkdown(words: VariableWords, target: Described['target']): vscode.MarkdownString {
  const links = vscode.workspace.isTrusted
    ? words.offers.map((offer) => {
        const { title, command } = offers[offer];
        const argument = encodeURIComponent(JSON.stringify([target]));
        return `[${title}](command:${command}?${argument})`;
      })
    : [];
  const paragraphs = [
    escapeHoverMarkdown(words.sentence),
    words.foundIn.length > 0
      ? `Found in: ${words.foundIn.map(escapeHoverMarkdown).join(' · ')}`
      : '',
    links.join(' · '),
  ];
  const markdown = new vscode.MarkdownString(paragraphs.filter((it) => it !== '').join('\n\n'));
  markdown.isTrusted = { enabledCommands: Object.values(offers).map(({ command }) => command) };
  return markdown;
}
