import { programOf, unknownCharacter, type ShellCommand, type ShellWord } from './shellScript';

/** A program as a command names it, with what is said to it. */
export interface ProgramCall {
  readonly name: string;
  readonly word: ShellWord;
  readonly args: readonly ShellWord[];
  /** Programs in front that run it: `timeout`, `env`. */
  readonly wrappers: readonly ShellWord[];
}

/** Programs that run the command behind them. */
const runners = new Set(['timeout', 'gtimeout', 'env', 'exec', 'command', 'nice', 'nohup', 'sudo']);

/** The program that a command runs in the end: `curl` of `timeout 5s curl …`. */
export function programCall(command: ShellCommand): ProgramCall | undefined {
  const { words } = command;
  let index = 0;
  if (runners.has(programOf(command))) {
    const operand = /^(?:-.*|[\d.\u0001]+[smhd]?|[A-Za-z_]\w*=[^]*)$/;
    const program = words.findIndex(({ text }, at) => at > 0 && !operand.test(text));
    index = program === -1 ? words.length : program;
  }
  const word = words[index];
  if (word === undefined || word.text.includes(unknownCharacter)) {
    return undefined;
  }
  const name = word.text.split('/').at(-1) ?? '';
  return { name, word, args: words.slice(index + 1), wrappers: words.slice(0, index) };
}

/** Options that cannot be seen may be among the arguments: `$OPTIONS`, `"${options[@]}"`, a file. */
export function hasHiddenOptions({ args }: ProgramCall, text: string): boolean {
  return args.some((word) => {
    const written = text.slice(word.start, word.end);
    return (
      /[[{][@*]\]?\}/.test(written) ||
      /^"?\$[{]?(?:\w*(?:opt|arg|flag|curl)\w*|[@*])/i.test(written) ||
      /^(?:-K|--config)/.test(written)
    );
  });
}

/**
 * The value of an option in any of its forms: `-m 5`, `-m5`, `-sm 5`, `--max-time 5`,
 * `--max-time=5`. An option without a value gives the empty word.
 */
export function findOption(
  { args }: ProgramCall,
  letter: string,
  names: readonly string[],
): ShellWord | undefined {
  for (const [index, word] of args.entries()) {
    const { text } = word;
    const name = names.find((long) => text === long || text.startsWith(`${long}=`));
    if (name !== undefined) {
      return text === name ? (args[index + 1] ?? word) : slice(word, name.length + 1);
    }
    const at = letter !== '' && /^-[A-Za-z]/.test(text) ? text.indexOf(letter, 1) : -1;
    if (at !== -1 && !/[XHdouUAebFTKw]/.test(text.slice(1, at))) {
      return at === text.length - 1 ? (args[index + 1] ?? word) : slice(word, at + 1);
    }
  }
  return undefined;
}

function slice(word: ShellWord, from: number): ShellWord {
  return {
    ...word,
    start: word.at(from),
    text: word.text.slice(from),
    at: (index) => word.at(index + from),
  };
}
