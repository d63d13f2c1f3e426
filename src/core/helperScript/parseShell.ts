import { ShellCursor } from './shellCursor';
import type {
  ShellAssignment,
  ShellCommand,
  ShellRedirect,
  ShellScript,
  ShellWord,
} from './shellScript';

/** A command while it is read. */
type OpenCommand = { -readonly [Key in keyof ShellCommand]: ShellCommand[Key] } & {
  words: ShellWord[];
  assignments: ShellAssignment[];
  redirects: ShellRedirect[];
  hereDocuments: ShellWord[];
  /** The group that ends here: what stands behind it concerns everything inside. */
  closes?: Group;
};

/** How many groups within each other are followed. */
const maxGroups = 100;

/** `if … fi`, `{ … }` and their like. */
interface Group {
  readonly kind: 'if' | 'loop' | 'case' | 'braces' | 'function' | 'subshell';
  readonly firstCommand: number;
  inCondition: boolean;
}

interface PendingHereDocument {
  readonly command: OpenCommand;
  readonly delimiter: string;
  readonly isLiteral: boolean;
  readonly dropsTabs: boolean;
}

/**
 * The commands of a POSIX shell or bash script, as far as they can be told without running it. Any
 * text gives an answer, in time linear in its length.
 */
export function parseShell(text: string): ShellScript {
  const commands: OpenCommand[] = [];
  const pending: PendingHereDocument[] = [];
  const functions: boolean[] = [];
  const cursor = new ShellCursor(text, (inner, close) => {
    new ListReader(inner, commands, pending, functions.at(-1) === true).read(close);
  });
  new ListReader(cursor, commands, pending, false).read('');
  const { variables, isPartial } = cursor;
  return {
    commands: commands.filter(isCommand).sort((a, b) => a.start - b.start),
    variables,
    isPartial,
  };
}

function isCommand({ words, assignments, redirects }: ShellCommand): boolean {
  return words.length + assignments.length + redirects.length > 0;
}

/** Reads one list: the script, or what stands in a substitution. */
class ListReader {
  private readonly groups: Group[] = [];
  private command: OpenCommand;
  private pipelineStart: number;
  private patternStart: number | undefined;
  private awaitsFunction = false;

  constructor(
    private readonly cursor: ShellCursor,
    private readonly commands: OpenCommand[],
    private readonly pending: PendingHereDocument[],
    private readonly inFunction: boolean,
  ) {
    this.command = this.begin();
    this.pipelineStart = commands.length;
  }

  read(close: ')' | '`' | ''): void {
    const { cursor } = this;
    for (;;) {
      cursor.skipBlanks();
      const character = cursor.peek();
      const top = this.groups.at(-1)?.kind;
      if (cursor.isAtEnd || (character === close && top !== 'case' && top !== 'subshell')) {
        this.finish('');
        if (!cursor.isAtEnd) {
          cursor.position++;
        } else if (close !== '') {
          cursor.stop();
        }
        return;
      }
      if (this.isTest()) {
        this.readTestWord();
      } else if (character === '\n') {
        this.finish('\n');
        cursor.position++;
        this.readHereDocuments();
      } else if (!this.readOperator() && !this.readRedirect()) {
        this.readWord();
      }
    }
  }

  private begin(): OpenCommand {
    const start = this.cursor.position;
    return {
      start,
      end: start,
      words: [],
      assignments: [],
      redirects: [],
      hereDocuments: [],
      depth: this.cursor.depth,
      inFunction: this.inFunction || (this.groups ?? []).some(({ kind }) => kind === 'function'),
      isPiped: false,
      isRedirected: false,
      isGuarded: (this.groups ?? []).some(({ inCondition }) => inCondition),
    };
  }

  /** Whether `[[` is open, within which nothing is an operator. */
  private isTest(): boolean {
    const { words } = this.command;
    return words[0]?.text === '[[' && words.at(-1)?.text !== ']]';
  }

  private readTestWord(): void {
    const word = this.cursor.readWord();
    if (word.end > word.start) {
      this.command.words.push(word);
    } else {
      this.cursor.position++;
    }
  }

  private readOperator(): boolean {
    const { cursor } = this;
    const operator = ['&&', '||', '|&', ';;', ';', '|', '(', ')', '&'].find((text) =>
      cursor.startsWith(text),
    );
    if (operator === undefined || cursor.startsWith('&>')) {
      return false;
    }
    if (operator === '(') {
      this.readOpeningParenthesis();
      return true;
    }
    cursor.position += operator.length;
    if (operator === ')') {
      this.readClosingParenthesis();
    } else {
      this.finish(operator);
      if (operator === ';;') {
        this.patternStart = this.commands.length;
      }
    }
    return true;
  }

  private readOpeningParenthesis(): void {
    const { cursor, command } = this;
    const isArithmetic = cursor.startsWith('((') && command.words.length === 0;
    const [name] = command.words;
    if (isArithmetic || command.assignments.length > 0) {
      // `NAME=( … )` is a list.
      cursor.skipParentheses();
    } else if (this.groups.at(-1)?.kind === 'case' && this.commands.length === this.patternStart) {
      // It may stand before a pattern.
      cursor.position++;
    } else if (name !== undefined) {
      cursor.skipParentheses();
      this.command = this.begin();
      this.awaitsFunction = true;
    } else {
      cursor.position++;
      this.open('subshell');
    }
  }

  private readClosingParenthesis(): void {
    const top = this.groups.at(-1);
    if (top?.kind === 'case') {
      // What was read is a pattern.
      this.commands.length = this.patternStart ?? this.commands.length;
      this.command = this.begin();
      this.pipelineStart = this.commands.length;
    } else if (top?.kind === 'subshell') {
      this.finish(';');
      this.close();
    }
  }

  private readRedirect(): boolean {
    const { cursor, command } = this;
    const { position: start, text } = cursor;
    redirect.lastIndex = start;
    const [whole, digits, operator = ''] = redirect.exec(text) ?? [];
    if (whole === undefined) {
      return false;
    }
    cursor.position += whole.length;
    if (operator === '<(' || operator === '>(') {
      cursor.position--;
      cursor.skipParentheses();
      return true;
    }
    cursor.skipBlanks();
    const target = cursor.readWord();
    const descriptor = digits ? Number(digits) : undefined;
    if (operator === '<<' || operator === '<<-') {
      const { text: delimiter, isQuoted: isLiteral } = target;
      this.pending.push({ command, delimiter, isLiteral, dropsTabs: operator === '<<-' });
    } else {
      command.redirects.push({ start, end: cursor.position, operator, descriptor, target });
    }
    command.end = cursor.position;
    return true;
  }

  private readHereDocuments(): void {
    const { cursor } = this;
    for (const { command, delimiter, isLiteral, dropsTabs } of this.pending.splice(0)) {
      const { text, position } = cursor;
      let end = position;
      let next = position;
      for (; end < text.length; end = next) {
        const newline = text.indexOf('\n', end);
        next = newline === -1 ? text.length : newline + 1;
        const line = text.slice(end, newline === -1 ? text.length : newline).replace(/\r$/, '');
        if ((dropsTabs ? line.replace(/^\t+/, '') : line) === delimiter) {
          break;
        }
      }
      command.hereDocuments.push(cursor.readBody(end, isLiteral));
      cursor.position = Math.max(next, end);
    }
  }

  private readWord(): void {
    const { cursor, command } = this;
    const start = cursor.position;
    if (command.words.length + command.assignments.length + command.redirects.length === 0) {
      command.start = start;
    }
    const word = cursor.readWord();
    if (word.end === start) {
      // A character that means nothing here.
      cursor.position++;
      return;
    }
    command.end = word.end;
    const source = cursor.text.slice(start, word.end);
    if (command.words.length === 0 && command.closes === undefined && this.readKeyword(source)) {
      return;
    }
    const [prefix = '', name = ''] = assignment.exec(source.slice(0, 200)) ?? [];
    if (prefix !== '' && command.words.length === 0) {
      const { at, text, end, isQuoted } = word;
      const skipped = text.indexOf('=') + 1;
      const value = {
        start: start + prefix.length,
        end,
        text: text.slice(skipped),
        at: (index: number) => at(index + skipped),
        isQuoted,
      };
      command.assignments.push({ name, start, end, value });
    } else {
      command.words.push(word);
    }
  }

  /** Whether `source` opens, continues or closes a group, at the start of a command. */
  private readKeyword(source: string): boolean {
    const group = this.groups.at(-1);
    switch (source) {
      case 'if':
      case 'while':
      case 'until':
        this.open(source === 'if' ? 'if' : 'loop').inCondition = true;
        break;
      case 'for':
      case 'select':
        // Its words stay a command, named like the keyword, up to `do`.
        this.open('loop');
        return false;
      case 'case':
        this.open('case');
        this.patternStart = undefined;
        this.readCaseHead();
        break;
      case '{':
        this.open(this.awaitsFunction ? 'function' : 'braces');
        this.awaitsFunction = false;
        break;
      case 'function':
        this.cursor.skipBlanks();
        this.cursor.readWord();
        this.awaitsFunction = true;
        break;
      case 'then':
      case 'do':
      case 'elif':
        if (group !== undefined) {
          group.inCondition = source === 'elif';
        }
        break;
      case 'fi':
      case 'done':
      case 'esac':
      case '}':
        this.close();
        return true;
      case '!':
        this.command.isGuarded = true;
        return true;
      case 'else':
      case 'time':
        break;
      default:
        return false;
    }
    this.command = this.begin();
    return true;
  }

  private readCaseHead(): void {
    const { cursor } = this;
    cursor.skipBlanks();
    cursor.readWord();
    cursor.skipBlanks();
    if (cursor.startsWith('in')) {
      cursor.position += 2;
    }
    this.patternStart = this.commands.length;
  }

  private open(kind: Group['kind']): Group {
    if (this.groups.length >= maxGroups) {
      this.cursor.stop();
    }
    const group = { kind, firstCommand: this.commands.length, inCondition: false };
    this.groups.push(group);
    return group;
  }

  private close(): void {
    const group = this.groups.pop();
    this.command = this.begin();
    if (group !== undefined) {
      this.command.closes = group;
    }
  }

  private finish(operator: string): void {
    const { command, commands } = this;
    const { closes } = command;
    command.isPiped = operator === '|' || operator === '|&';
    if (closes !== undefined) {
      const isRedirected = command.redirects.length > 0;
      for (const inner of commands.slice(closes.firstCommand)) {
        if (inner.depth === command.depth) {
          inner.isPiped ||= command.isPiped;
          inner.isRedirected ||= isRedirected;
        }
      }
      command.redirects = [];
    }
    commands.push(command);
    if (operator === '&&' || operator === '||') {
      for (const before of commands.slice(this.pipelineStart)) {
        before.isGuarded ||= before.depth === command.depth;
      }
    }
    if (!command.isPiped) {
      this.pipelineStart = commands.length;
    }
    this.command = this.begin();
  }
}

const redirect = /(\d+)?(<<<|<<-|<<|<&|<>|<\(|<|>>|>&|>\||>\(|>|&>>|&>)/y;
const assignment = /^([A-Za-z_]\w*)(?:\[[^\]]*\])?\+?=/;
