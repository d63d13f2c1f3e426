import type { NeededVariable } from './neededVariables';
import { isTooLong } from './variableLength';

/** A value and where it is, as that stands in a sentence. */
export interface PlacedValue {
  readonly value: string;
  readonly source: string;
}

/** Where Claude Code finds a variable by itself. */
export interface FoundValue extends PlacedValue {
  /** It takes the value from there whatever its environment says: its settings. */
  readonly isFinal: boolean;
}

/** A needed variable, what is kept for it, and what Claude Code would find without us. */
export interface HandoverInput {
  readonly variable: NeededVariable;
  readonly kept: PlacedValue | undefined;
  readonly found: FoundValue | undefined;
}

/** What happens to one variable when Claude Code is opened. */
export type Handover =
  | { readonly kind: 'given'; readonly name: string; readonly value: string; readonly from: string }
  | {
      readonly kind: 'conflict';
      readonly name: string;
      readonly value: string;
      readonly from: string;
      /** Where the other value is. */
      readonly source: string;
    }
  | { readonly kind: 'found'; readonly name: string; readonly source: string }
  | { readonly kind: 'overruled'; readonly name: string; readonly source: string }
  | { readonly kind: 'missing'; readonly name: string }
  | { readonly kind: 'refused'; readonly name: string; readonly reason: string };

/** What is done with each variable. An existing value is never replaced here: that is a question. */
export function planHandover(inputs: readonly HandoverInput[]): readonly Handover[] {
  return inputs.flatMap((input) => planOne(input) ?? []);
}

function planOne({ variable, kept, found }: HandoverInput): Handover | undefined {
  const { name, hasDefault } = variable;
  if (kept === undefined || kept.value === '') {
    if (found !== undefined) {
      return { kind: 'found', name, source: found.source };
    }
    return hasDefault ? undefined : { kind: 'missing', name };
  }
  if (found?.value === kept.value) {
    return { kind: 'found', name, source: found.source };
  }
  if (found?.isFinal) {
    return { kind: 'overruled', name, source: found.source };
  }
  const reason = refusal(name, kept.value);
  if (reason !== undefined) {
    return { kind: 'refused', name, reason };
  }
  const given = { name, value: kept.value, from: kept.source };
  return found === undefined
    ? { kind: 'given', ...given }
    : { kind: 'conflict', ...given, source: found.source };
}

/**
 * They decide which programs run, what runs first in them, and to whom Claude Code itself talks: a
 * file of a project may not choose that.
 */
const steering = [
  /^(?:PATH|PATHEXT|HOME|USERPROFILE|SHELL|ENV|BASH_ENV|BASH_FUNC_.*|ZDOTDIR|IFS|PS[0-4])$/i,
  /^(?:PROMPT_COMMAND|COMSPEC|LD_.*|DYLD_.*|VISUAL|EDITOR|PAGER|BROWSER)$/i,
  /^(?:ANTHROPIC|CLAUDE|VSCODE|ELECTRON|OTEL|XDG)_|^(?:SSH_ASKPASS|NPM_CONFIG_.*|BUN_OPTIONS)$/i,
  /^NODE_(?:OPTIONS|PATH|EXTRA_CA_CERTS|TLS_REJECT_UNAUTHORIZED|REPL_.*)$/i,
  /^GIT_(?:SSH.*|CONFIG.*|ASKPASS|EXEC_PATH|TEMPLATE_DIR|EDITOR|PAGER|PROXY.*|EXTERNAL_DIFF|DIR)$/i,
  /^(?:PYTHON|PERL5|RUBYOPT|RUBYLIB|JAVA_TOOL_OPTIONS|_JAVA_OPTIONS)/i,
  /(?:^|_)(?:HTTPS?|ALL|NO|FTP)_PROXY$|^SSL_CERT_/i,
];

function refusal(name: string, value: string): string | undefined {
  if (steering.some((pattern) => pattern.test(name))) {
    return 'it decides which programs run, or to whom Claude Code talks';
  }
  if (value.includes('\0')) {
    return 'its value has a NUL character, which no environment can hold';
  }
  if (isTooLong(name, value)) {
    return 'its value is too long for an environment';
  }
  // VS Code fills in `${env:…}` and the like in a terminal's environment, and knows no escape.
  const opening = value.indexOf('${');
  return opening !== -1 && value.includes('}', opening)
    ? 'its value has a "${…}", which VS Code replaces in the environment of a terminal'
    : undefined;
}

/** The plan with the conflicts decided. */
export function decided(plan: readonly Handover[], useKept: boolean): readonly Handover[] {
  return plan.map((item): Handover => {
    if (item.kind !== 'conflict') {
      return item;
    }
    const { name, value, from, source } = item;
    return useKept ? { kind: 'given', name, value, from } : { kind: 'found', name, source };
  });
}

/** The environment of the terminal beyond its own. */
export function handedOver(plan: readonly Handover[]): Record<string, string> {
  return Object.fromEntries(
    plan.flatMap((item) => (item.kind === 'given' ? [[item.name, item.value]] : [])),
  );
}

/** A line for each thing that is done or left, without any value. */
export function describeHandover(plan: readonly Handover[]): readonly string[] {
  const given = new Map<string, string[]>();
  const warnings: string[] = [];
  for (const item of plan) {
    switch (item.kind) {
      case 'given':
      case 'conflict':
        given.set(item.from, [...(given.get(item.from) ?? []), item.name]);
        break;
      case 'overruled':
        warnings.push(
          `${item.name} is set in ${item.source}, and Claude Code takes it from there.`,
        );
        break;
      case 'missing':
        warnings.push(`${item.name} has no value anywhere.`);
        break;
      case 'refused':
        warnings.push(`${item.name} is not handed over: ${item.reason}.`);
        break;
      case 'found':
        break;
    }
  }
  const parts = Array.from(given, ([from, names]) => `${names.join(', ')} from ${from}`);
  const first =
    parts.length > 0
      ? `This terminal has ${parts.join('; ')}. Other terminals do not.`
      : 'Nothing was handed over to this terminal.';
  return [first, ...warnings];
}
