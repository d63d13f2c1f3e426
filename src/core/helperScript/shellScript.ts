import type { Layer } from '../secrets/layer';
import type { Span } from '../secrets/secretMatch';

/** Stands in a decoded word for what only the running shell knows. */
export const unknownCharacter = '\u0001';

/** A word as the command receives it, each expansion as one `unknownCharacter`. */
export interface ShellWord extends Span, Layer {
  /** Quotes or escapes were around some of it. */
  readonly isQuoted: boolean;
}

export interface ShellAssignment extends Span {
  readonly name: string;
  readonly value: ShellWord;
}

export interface ShellRedirect extends Span {
  readonly operator: string;
  /** `1` of `1>file`; `undefined` where the operator decides. */
  readonly descriptor: number | undefined;
  readonly target: ShellWord;
}

/** One simple command, wherever it stands in the script. */
export interface ShellCommand extends Span {
  /** Assignments and keywords before the name left out. */
  readonly words: readonly ShellWord[];
  readonly assignments: readonly ShellAssignment[];
  readonly redirects: readonly ShellRedirect[];
  /** The bodies of its here-documents. */
  readonly hereDocuments: readonly ShellWord[];
  /** How many substitutions it stands in; what it prints there is not the script's output. */
  readonly depth: number;
  readonly inFunction: boolean;
  /** Its output, or that of the group around it, goes on to another command. */
  readonly isPiped: boolean;
  /** The output of a group around it goes to a file. */
  readonly isRedirected: boolean;
  /** What happens when it fails is written down: `||`, `&&`, `!`, a condition. */
  readonly isGuarded: boolean;
}

/** `$NAME`, or `${NAME…}` with what follows the name up to the brace. */
export interface VariableUse extends Span {
  readonly name: string;
  readonly operator: string;
  /** As that of the command in which it stands. */
  readonly depth: number;
}

export interface ShellScript {
  /** In the order of the text. */
  readonly commands: readonly ShellCommand[];
  /** Everything that is expanded, here-documents included. */
  readonly variables: readonly VariableUse[];
  /** The script stops within something, or nests deeper than one follows. */
  readonly isPartial: boolean;
}

/** The name of the program, without its folder; empty where it is not written out. */
export function programOf({ words: [first] }: ShellCommand): string {
  return first === undefined || first.text.includes(unknownCharacter)
    ? ''
    : (first.text.split('/').at(-1) ?? '');
}
