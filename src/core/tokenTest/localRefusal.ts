import { oneLine } from '../base/text';
import type { StdioTarget } from './tokenTestTarget';

/** Why a local server is not started. */
export type LocalRefusal =
  | { readonly kind: 'command-empty' }
  /** No system hands this character over. */
  | { readonly kind: 'nul-character'; readonly where: string };

/** The first reason against starting `target`. A reference without a value is none: see `Remark`. */
export function findLocalRefusal({ command, args, env }: StdioTarget): LocalRefusal | undefined {
  if (command.text.trim() === '') {
    return { kind: 'command-empty' };
  }
  const texts = [
    ['command', command.text],
    ...args.map(({ text }, index) => [`args[${index}]`, text]),
    ...env.map(({ name, text }) => [`env ${oneLine(name, 60)}`, name + text]),
  ] as const;
  const found = texts.find(([, text = '']) => text.includes('\0'));
  return found && { kind: 'nul-character', where: found[0] ?? '' };
}

export function describeLocalRefusal(refusal: LocalRefusal): {
  readonly cause: string;
  readonly next: string;
} {
  switch (refusal.kind) {
    case 'command-empty':
      return {
        cause: 'The command is empty.',
        next: 'Write the name of the program into command, or give its variable a value.',
      };
    case 'nul-character':
      return {
        cause: `The value of ${refusal.where} contains a NUL character, which no program can be given.`,
        next: 'Copy the value again, or give its variable another value.',
      };
  }
}
