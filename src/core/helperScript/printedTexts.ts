import type { Layer } from '../secrets/layer';
import type { Span } from '../secrets/secretMatch';
import {
  programOf,
  unknownCharacter,
  type ShellCommand,
  type ShellScript,
  type ShellWord,
} from './shellScript';

/** What a shell script prints with one command; its place in the script through `at`. */
export interface PrintedText extends Span, Layer {
  /** The script ends in failure right behind it, so that nobody reads the output. */
  readonly isBeforeExit: boolean;
}

/**
 * What a shell script prints as its own output, as far as it is written out. `undefined` where the
 * output is turned elsewhere for the rest of the script.
 */
export function findPrintedTexts({ commands }: ShellScript): readonly PrintedText[] | undefined {
  const own = commands.filter(({ depth }) => depth === 0);
  if (own.some((command) => programOf(command) === 'exec' && command.redirects.length > 0)) {
    return undefined;
  }
  return own.flatMap((command, index) => {
    const layer = isOutput(command) ? printedBy(command) : undefined;
    const { start, end } = command;
    const isBeforeExit = endsInFailure(own, index);
    return layer === undefined ? [] : [{ ...layer, start, end, isBeforeExit }];
  });
}

function isOutput({ inFunction, isPiped, isRedirected, redirects }: ShellCommand): boolean {
  const isTurned = redirects.some(
    ({ operator, descriptor }) => operator.includes('>') && (descriptor ?? 1) === 1,
  );
  return !inFunction && !isPiped && !isRedirected && !isTurned;
}

const printing = new Set(['echo', 'printf', 'cat']);

function endsInFailure(commands: readonly ShellCommand[], index: number): boolean {
  const next = commands
    .slice(index + 1, index + 20)
    .find((command) => !printing.has(programOf(command)));
  const status = next?.words[1]?.text;
  return next !== undefined && programOf(next) === 'exit' && status !== '0';
}

/** The text that a printing command prints; `undefined` where it is none or tells nothing. */
function printedBy(command: ShellCommand): Layer | undefined {
  const [, ...args] = command.words;
  switch (programOf(command)) {
    case 'echo': {
      const first = args.findIndex(({ text }) => !/^-[neE]+$/.test(text));
      return first === -1 ? undefined : join(args.slice(first));
    }
    case 'printf': {
      const format = args.find(({ text }) => text !== '--');
      return format && readFormat(format);
    }
    case 'cat':
      return args.length === 0 ? command.hereDocuments.at(-1) : undefined;
    default:
      return undefined;
  }
}

function join(words: readonly ShellWord[]): Layer {
  const starts: number[] = [];
  let length = 0;
  for (const { text } of words) {
    starts.push(length);
    length += text.length + 1;
  }
  return {
    text: words.map(({ text }) => text).join(' '),
    at(index) {
      const which = starts.findLastIndex((start) => start <= index);
      return words[which]?.at(index - (starts[which] ?? 0)) ?? 0;
    },
  };
}

/** A conversion is a value that the text does not tell. */
function readFormat(format: ShellWord): Layer {
  const offsets: number[] = [];
  let text = '';
  const part = /%%|%[-+ #0]*\d*(?:\.\d+)?[a-zA-Z]|\\[\\"ntr]|[^]/g;
  for (const match of format.text.matchAll(part)) {
    offsets.push(match.index);
    text += readPart(match[0]);
  }
  return { text, at: (index) => format.at(offsets[index] ?? format.text.length) };
}

function readPart(part: string): string {
  if (part === '%%') {
    return '%';
  }
  if (part.length > 1 && part.startsWith('%')) {
    return unknownCharacter;
  }
  return part.length > 1 ? ({ n: '\n', t: '\t', r: '\r' }[part.charAt(1)] ?? part.charAt(1)) : part;
}
