import { isBlankedLocally, isBlankedName } from '../config/dialects/blankedNames';
import type { Place } from '../config/place';
import { isPluginVariable } from '../diagnostics/rules/pluginVariables';
import type { Environment, Holder, VariableState } from './environment';
import type { ExpandedUse } from './occurrence';

/** What a person can do about a variable from its hover. */
export type Offer = 'set' | 'open' | 'explain';

/** What is said of a variable at a place that names it. It never holds a value. */
export interface VariableWords {
  /** In a word or two, for the end of a line; `undefined` where nothing can be told. */
  readonly short: string | undefined;
  readonly sentence: string;
  /** Every source that has the variable, with who reads it there. */
  readonly foundIn: readonly string[];
  readonly offers: readonly Offer[];
}

type ExpandedPlace = Pick<ExpandedUse, 'target' | 'defaultValue'>;

/** Of `${name}` where Claude Code expands it. */
export function describeReference(
  name: string,
  use: ExpandedPlace,
  environment: Environment,
  place: Place,
): VariableWords {
  const { target, defaultValue } = use;
  if (place.expandsPluginVariables && isPluginVariable(name)) {
    const sentence = `Claude Code fills in ${name} itself: ${pluginVariables[name] ?? 'a path'}.`;
    return { short: 'filled in', sentence, foundIn: [], offers: [] };
  }
  const state = environment.lookup(name);
  const foundIn = foundInWords(environment, name);
  const own = `MCP_${name}`;
  if (target !== 'local' && isBlankedName(name)) {
    const sentence = `${name} always reads as empty here: Claude Code keeps it from remote servers, set or not, and uses no default. Copy the value to a variable of your own, such as ${own}.`;
    return { short: 'always blank', sentence, foundIn, offers: ['explain'] };
  }
  if (target === 'local' && isBlankedLocally(name) && isSet(state)) {
    const sentence = `${name} reads as empty here even when it is set: Claude Code keeps it from local servers. Copy the value to a variable of your own, such as ${own}.`;
    return { short: 'always blank', sentence, foundIn, offers: ['explain'] };
  }
  const { short, sentence } = describeState(name, use, state, environment);
  const forServers =
    state.kind === 'unset' && defaultValue === undefined && isPluginVariable(name)
      ? ` Claude Code sets it ${name === 'CLAUDE_PROJECT_DIR' ? 'for the servers that it starts and ' : ''}in the configuration of a plugin, not here.`
      : '';
  return {
    short,
    sentence: sentence + forServers,
    foundIn,
    offers: [...offersFor(state, environment.holders?.(name) ?? []), 'explain'],
  };
}

/** Of `${name}` in a string that Claude Code leaves as it is. */
export function describeLiteral(name: string): VariableWords {
  const sentence = `Claude Code expands no variable here: the text \${${name}} stays. Write the value itself.`;
  return { short: undefined, sentence, foundIn: [], offers: [] };
}

const pluginVariables: Readonly<Record<string, string>> = {
  CLAUDE_PLUGIN_ROOT: 'the folder of the plugin',
  CLAUDE_PLUGIN_DATA: 'a folder in which the plugin keeps its data',
  CLAUDE_PROJECT_DIR: 'the folder of the project',
};

function isSet({ kind }: VariableState): boolean {
  return kind === 'set' || kind === 'empty' || kind === 'session-only';
}

function describeState(
  name: string,
  { target, defaultValue }: ExpandedPlace,
  state: VariableState,
  environment: Environment,
): Pick<VariableWords, 'short' | 'sentence'> {
  const hasDefault = defaultValue !== undefined;
  switch (state.kind) {
    case 'set': {
      const rest = hasDefault ? ' The default is not used.' : '';
      return { short: 'set', sentence: `${name} is set in ${state.source}.${rest}` };
    }
    case 'empty': {
      const rest = hasDefault
        ? 'The default is not used: a variable that is set counts, even an empty one.'
        : 'Claude Code puts nothing in its place.';
      return { short: 'empty', sentence: `${name} is set in ${state.source}, but empty. ${rest}` };
    }
    case 'session-only': {
      const rest = hasDefault ? 'does not and uses the default' : 'does not and calls it missing';
      const sentence = `${name} is set in ${state.source}: sessions of Claude Code read it, "claude mcp list" ${rest}.`;
      return { short: 'set in sessions', sentence };
    }
    case 'unset': {
      const start = `${name} is not set where Claude Code would look.`;
      return hasDefault
        ? { short: 'default', sentence: `${start} It uses the ${defaultOf(defaultValue)}.` }
        : { short: 'not set', sentence: `${start} ${whatStays(name, target)}` };
    }
    case 'unknown':
      return { short: undefined, sentence: unknownWords(name, environment) };
  }
}

function defaultOf(value: string): string {
  return value === '' ? 'empty default' : 'default';
}

function whatStays(name: string, target: ExpandedUse['target']): string {
  switch (target) {
    case 'header':
      return `The server will receive the text \${${name}}.`;
    case 'url':
      return `The text \${${name}} stays in the address.`;
    case 'local':
      return `The program will receive the text \${${name}}.`;
  }
}

/** Without holders nothing was looked at; with them, something could not be. */
export function unknownWords(name: string, { holders }: Environment): string {
  return holders === undefined
    ? `Whether ${name} is set is not looked up: this workspace is not trusted.`
    : `Whether ${name} is set cannot be told: not every place where Claude Code looks could be read.`;
}

function offersFor(state: VariableState, holders: readonly Holder[]): readonly Offer[] {
  const isMissing =
    state.kind === 'unset' || state.kind === 'empty' || state.kind === 'session-only';
  const isKept = holders.some(
    (holder) => holder.state === 'set' && /^(?:never|terminals)$/.test(holder.source.reach),
  );
  return [
    ...(isMissing ? (['set'] as const) : []),
    ...(isMissing && isKept ? (['open'] as const) : []),
  ];
}

/** Every source that has the variable, the one that counts first, each with who reads it there. */
export function foundInWords(environment: Environment, name: string): readonly string[] {
  const holders = environment.holders?.(name) ?? [];
  const isRead = holders.some(({ source }) => source.reach === 'always');
  const words = holders.map(({ source, state }) => {
    const reader =
      source.reach === 'terminals' && isRead ? 'read in terminals' : readers[source.reach];
    return `${source.label} (${state === 'empty' ? 'empty; ' : ''}${reader})`;
  });
  return [...new Set(words)];
}

const readers: Readonly<Record<Holder['source']['reach'], string>> = {
  always: 'Claude Code reads it',
  sessions: 'sessions only, not "claude mcp list"',
  terminals: 'not in this window: Claude Code started from the desktop will not see it',
  never: 'Claude Code does not read it',
};
