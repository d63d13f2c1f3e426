import { authMethodLabels, detectAuthMethod } from '../auth/authMethod';
import { oneLine } from '../base/text';
import { describeLogin, loginGrant, loginWords } from '../claudeCode/describeLogin';
import { loginState } from '../claudeCode/loginState';
import type { OffsetRange } from '../base/range';
import { findReferences } from '../config/variables';
import type { Severity } from '../diagnostics/rule';
import { maskSecrets } from '../secrets/maskSecrets';
import { needsAttention, serverState } from '../servers/serverState';
import {
  serverId,
  type ConfigFile,
  type ServerRecord,
  type ServerStore,
} from '../servers/serverStore';
import type { Environment, VariableState } from '../variables/environment';
import { actionsFor, type RowAction } from './nodeActions';
import { iconOf, plural, stateText, toneOf, type Tone } from './nodeText';

/** One row of the servers view, with its children: plain data. */
export interface ServerTreeNode {
  readonly kind: 'file' | 'server' | 'detail' | 'finding';
  /** Stable while names stay, so that selection and expansion stay too. */
  readonly id: string;
  readonly label: string;
  readonly description: string;
  /** Lines of plain text; foreign text in them is not markup. */
  readonly tooltip: readonly string[];
  /** The row in words for a screen reader. */
  readonly spoken: string;
  readonly icon: string | undefined;
  readonly tone: Tone;
  /** Where a click leads: the file's URI and a range in it. */
  readonly target: { readonly file: string; readonly range: OffsetRange };
  readonly actions: readonly RowAction[];
  /** The variable that a row is about. */
  readonly variable?: string;
  readonly isExpanded: boolean;
  readonly children: readonly ServerTreeNode[];
}

export interface TreeContext {
  /** What is known of variables where `file` stands. */
  environment(file: ConfigFile): Environment;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** The whole view as data: files → servers → what is known of each. */
export function buildServerTree(
  store: ServerStore,
  context: TreeContext,
): readonly ServerTreeNode[] {
  return store.allFiles().map((file) => buildFile(file, store.servers(file), context));
}

/** How many servers somebody has to look at. */
export function countAttention(store: ServerStore, now: number): number {
  return store
    .allFiles()
    .flatMap((file) => store.servers(file))
    .filter((record) => needsAttention(serverState(record, now))).length;
}

function buildFile(
  file: ConfigFile,
  records: readonly ServerRecord[],
  context: TreeContext,
): ServerTreeNode {
  const { config, label, id } = file;
  const { now } = context;
  const attention = records.filter((record) => needsAttention(serverState(record, now))).length;
  const problem =
    config.fileProblem &&
    file.findings.find(({ server, category }) => server === undefined && category === 'loading');
  const facts = [
    config.place.label,
    problem ? 'nothing loads' : plural(records.length, 'server'),
    ...(attention > 0 && !problem
      ? [`${attention} ${attention === 1 ? 'needs' : 'need'} attention`]
      : []),
  ];
  const description = facts.join(' · ');
  return {
    kind: 'file',
    id,
    label,
    description,
    tooltip: [label, ...(problem ? [problem.message] : [])],
    spoken: `${label}, ${facts.join(', ')}`,
    icon: problem ? 'error' : undefined,
    tone: problem ? 'error' : 'none',
    target: { file: id, range: problem?.range ?? { offset: 0, length: 0 } },
    actions: records.length > 0 ? ['canOpenWithSecrets'] : [],
    isExpanded: true,
    children: buildServers(records, context),
  };
}

/** Duplicate names get a number behind their id: the view needs each id once. */
function buildServers(records: readonly ServerRecord[], context: TreeContext): ServerTreeNode[] {
  const seen = new Map<string, number>();
  return records.map((record) => {
    const id = serverId(record.file, record.server);
    const count = seen.get(id) ?? 0;
    seen.set(id, count + 1);
    return buildServer(record, context, count === 0 ? id : `${id}#${count}`);
  });
}

function buildServer(record: ServerRecord, context: TreeContext, id: string): ServerTreeNode {
  const { file, server, findings } = record;
  const state = serverState(record, context.now);
  const method = authMethodLabels[detectAuthMethod(server)];
  const words = stateText(state, context.now);
  const description = state.kind === 'will-not-load' ? words : `${method} · ${words}`;
  const name = server.name === '' ? '(no name)' : oneLine(server.name);
  return {
    kind: 'server',
    id,
    label: name,
    description,
    tooltip: [
      name,
      `${method}: ${words}`,
      ...(state.kind === 'will-not-load' ? [state.reason] : []),
      ...(state.kind === 'tested' ? [state.lastTest.headline] : []),
      ...(state.kind === 'login' ? [describeLogin(state.login)] : []),
      ...(findings.length > 0 ? [plural(findings.length, 'problem')] : []),
    ],
    spoken: `${name}, ${description.replace(' · ', ', ')}`,
    icon: iconOf(state),
    tone: toneOf(state),
    target: { file: file.id, range: server.nameRange },
    actions: actionsFor(record),
    isExpanded: false,
    children: buildDetails(record, context, id),
  };
}

function buildDetails(record: ServerRecord, context: TreeContext, id: string): ServerTreeNode[] {
  const { file, server, findings, lastTest } = record;
  const detail = (label: string, description: string, range: OffsetRange): ServerTreeNode => ({
    ...row(`${id}/${label}`, oneLine(label), oneLine(description)),
    target: { file: file.id, range },
  });
  const environment = context.environment(file);
  const headers = server.headers.map(({ name }) => name).join(', ');
  return [
    detail('Method', authMethodLabels[detectAuthMethod(server)], server.nameRange),
    ...(server.url
      ? [detail('URL', maskSecrets(server.url.value, { kind: 'url' }), server.url.range)]
      : []),
    ...(server.command
      ? [
          detail(
            'Command',
            maskSecrets(server.command.value, { kind: 'command' }),
            server.command.range,
          ),
        ]
      : []),
    ...(headers
      ? [detail('Headers', headers, server.headers[0]?.nameRange ?? server.nameRange)]
      : []),
    ...variablesOf(record).map(({ name, range }): ServerTreeNode => {
      const state = environment.lookup(name);
      const actions: readonly RowAction[] = state.kind === 'unset' ? ['canSetVariable'] : [];
      return { ...detail(name, describeVariable(state), range), variable: name, actions };
    }),
    ...buildLogin(record, context.now, detail),
    ...(lastTest ? [detail('Last test', lastTest.headline, server.nameRange)] : []),
    ...findings.map((finding, index): ServerTreeNode => ({
      ...row(`${id}/finding/${index}`, finding.message, ''),
      kind: 'finding',
      icon: severityIcons[finding.severity],
      tone:
        finding.severity === 'error' || finding.severity === 'warning' ? finding.severity : 'none',
      target: { file: file.id, range: finding.range },
    })),
  ];
}

/** The sign-in of Claude Code, with what it was granted. */
function buildLogin(
  { login, server }: ServerRecord,
  now: number,
  detail: (label: string, description: string, range: OffsetRange) => ServerTreeNode,
): readonly ServerTreeNode[] {
  if (login === undefined) {
    return [];
  }
  const state = loginState(login, now);
  const words = [loginWords(state), ...loginGrant(login)].join(' · ');
  const node = detail('In Claude Code', words, server.nameRange);
  const isAskable = state.kind === 'unknown' && state.why.kind === 'not-asked';
  return [
    {
      ...node,
      tooltip: [...node.tooltip, describeLogin(state)],
      actions: isAskable ? ['canShowSignIns'] : [],
    },
  ];
}

function row(id: string, label: string, description: string): ServerTreeNode {
  return {
    kind: 'detail',
    id,
    label,
    description,
    tooltip: [description ? `${label}: ${description}` : label],
    spoken: description ? `${label}: ${description}` : label,
    icon: undefined,
    tone: 'none',
    target: { file: '', range: { offset: 0, length: 0 } },
    actions: [],
    isExpanded: false,
    children: [],
  };
}

const severityIcons: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  information: 'info',
  hint: 'lightbulb',
};

/** Each variable of the entry once, where it is first referred to. */
function variablesOf({ server }: ServerRecord): readonly { name: string; range: OffsetRange }[] {
  const ranges = new Map<string, OffsetRange>();
  for (const leaf of server.strings.filter(({ expands }) => expands)) {
    for (const { name } of findReferences(leaf.value)) {
      ranges.set(name, ranges.get(name) ?? leaf.range);
    }
  }
  return [...ranges].map(([name, range]) => ({ name, range }));
}

function describeVariable(state: VariableState): string {
  switch (state.kind) {
    case 'set':
      return `set in ${state.source}`;
    case 'empty':
      return `set but empty in ${state.source}`;
    case 'session-only':
      return `set in ${state.source} (sessions only)`;
    case 'unset':
      return state.alsoIn ? `not set; in ${state.alsoIn}` : 'not set';
    case 'unknown':
      return 'not known';
  }
}
