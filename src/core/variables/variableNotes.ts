import { codeSpan, escapeMarkdown } from '../base/markdown';
import type { ExpansionRules, Lookup, Segment } from '../config/expansion';
import type { Environment, VariableState } from './environment';

interface NoteContext {
  readonly environment: Environment;
  readonly lookup: Lookup;
  readonly target: ExpansionRules['target'];
}

/** Where a stretch comes from, and what to do where that is not what was meant: Markdown. */
export function noteOf({ origin, via, text }: Segment, context: NoteContext): readonly string[] {
  if (origin.kind === 'literal') {
    return [];
  }
  const { environment, lookup, target } = context;
  const through = via.find(({ kind }) => kind === 'variable');
  // What stands in a value is shown only where it is the name of a variable that is known.
  const isShown =
    through === undefined || origin.kind === 'blank' || lookup(origin.name) !== undefined;
  const outer = through && 'name' in through ? codeSpan(through.name) : '';
  const name = isShown ? codeSpan(origin.name) : 'a variable';
  const first =
    outer === '' ? [] : [`The value of ${outer} refers to ${name}, which is expanded too.`];
  if (!isShown) {
    const end = origin.kind === 'unset' ? 'it stays as it is.' : 'its default is used.';
    return [`The value of ${outer} refers to a variable that is not set: ${end}`];
  }
  switch (origin.kind) {
    case 'variable': {
      const { state, where } = sourceOf(environment.lookup(origin.name));
      return text === '' && state === 'empty'
        ? [
            ...first,
            `${name} is set in ${where} but empty, so nothing stands in its place; a default is not used. Give it a value, or unset it.`,
          ]
        : [...first, `${name} is set in ${where}.`];
    }
    case 'blank':
      return [
        ...first,
        target === 'remote'
          ? `${name} always reads as empty here: Claude Code does not send it to remote servers. Use a variable of your own, such as ${codeSpan(`MCP_${origin.name}`)}.`
          : `${name} reads as empty here: Claude Code keeps it for itself. Use a variable of your own, such as ${codeSpan(`MCP_${origin.name}`)}.`,
      ];
    case 'default':
      return [...first, defaultNote(name, environment.lookup(origin.name))];
    case 'unset':
      return [...first, unsetNote(name, text, environment.lookup(origin.name))];
  }
}

function sourceOf(state: VariableState): { readonly state: string; readonly where: string } {
  return 'source' in state
    ? { state: state.kind, where: escapeMarkdown(state.source) }
    : { state: state.kind, where: 'the environment' };
}

function defaultNote(name: string, state: VariableState): string {
  switch (state.kind) {
    case 'unknown':
      return `Whether ${name} is set is not known; unset, its default is used.`;
    case 'session-only':
      return `The default of ${name} is used; ${inSessions(name, state.source)}`;
    case 'set':
    case 'empty':
    case 'unset':
      return `${name} is not set, so its default is used.`;
  }
}

function unsetNote(name: string, text: string, state: VariableState): string {
  const result = `the server gets the text ${codeSpan(text)}`;
  switch (state.kind) {
    case 'unknown':
      return `Whether ${name} is set is not known; unset, ${result}.`;
    case 'session-only':
      return `Not set for \`claude mcp list\`, so ${result}; ${inSessions(name, state.source)}`;
    case 'set':
    case 'empty':
      return `${name} is set in ${escapeMarkdown(state.source)}.`;
    case 'unset': {
      const kept = state.alsoIn
        ? ` It is in ${escapeMarkdown(state.alsoIn)}, which Claude Code does not read: load it where Claude Code starts.`
        : ' Set it where Claude Code starts, or give it a default.';
      return `${name} is not set, so ${result}.${kept}`;
    }
  }
}

function inSessions(name: string, source: string): string {
  return `${name} is set in ${escapeMarkdown(source)}, which a trusted interactive session reads.`;
}
