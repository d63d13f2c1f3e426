import type { Span } from '../secrets/secretMatch';
import { unknownCharacter, type ShellWord, type VariableUse } from './shellScript';

/** How deep expansions are followed. */
const maxNesting = 40;

/** Reads the commands of a substitution that was entered, up to and with `close`. */
export type ReadSubstitution = (cursor: ShellCursor, close: ')' | '`') => void;

/** Collects the characters of one word, each with its place. */
class WordBuilder {
  private readonly characters: string[] = [];
  private readonly offsets: number[] = [];
  isQuoted = false;

  add(character: string, offset: number): void {
    this.characters.push(character);
    this.offsets.push(offset);
  }

  build({ start, end }: Span): ShellWord {
    const { offsets, isQuoted } = this;
    const at = (index: number) => offsets[index] ?? end;
    return { start, end, text: this.characters.join(''), at, isQuoted };
  }
}

/** A place in the text of a script, and how words are read from there. */
export class ShellCursor {
  position = 0;
  depth = 0;
  isPartial = false;
  readonly variables: VariableUse[] = [];
  private inBackquotes = false;
  /** How many expansions are open: `depth` and the braces. */
  private nesting = 0;

  constructor(
    readonly text: string,
    private readonly readSubstitution: ReadSubstitution,
    private limit = text.length,
  ) {}

  get isAtEnd(): boolean {
    return this.position >= this.limit;
  }

  peek(ahead = 0): string {
    return this.position + ahead < this.limit ? this.text.charAt(this.position + ahead) : '';
  }

  startsWith(text: string): boolean {
    return this.position + text.length <= this.limit && this.text.startsWith(text, this.position);
  }

  /** White space, continued lines and, where a word could begin, a comment. */
  skipBlanks(): void {
    for (;;) {
      const character = this.peek();
      if (character === ' ' || character === '\t' || character === '\r') {
        this.position++;
      } else if (character === '\\' && this.peek(1) === '\n') {
        this.position += 2;
      } else if (character === '#') {
        const end = this.text.indexOf('\n', this.position);
        this.position = end === -1 ? this.limit : Math.min(end, this.limit);
      } else {
        return;
      }
    }
  }

  /** The word here; empty where there is none. */
  readWord(): ShellWord {
    const word = new WordBuilder();
    const start = this.position;
    while (!this.isAtEnd && !this.isWordEnd(this.peek())) {
      this.readInto(word);
    }
    return word.build({ start, end: this.position });
  }

  /** The body of a here-document, which ends where the caller found its delimiter. */
  readBody(end: number, isLiteral: boolean): ShellWord {
    const word = new WordBuilder();
    const start = this.position;
    const { limit } = this;
    this.limit = end;
    while (!this.isAtEnd) {
      if (isLiteral) {
        word.add(this.peek(), this.position++);
      } else {
        this.readQuotedCharacter(word);
      }
    }
    this.limit = limit;
    this.position = end;
    return word.build({ start, end });
  }

  /** Past the `)` that closes as many parentheses as were opened; quotes are not looked into. */
  skipParentheses(): void {
    let open = 0;
    do {
      const character = this.peek();
      open += character === '(' ? 1 : character === ')' ? -1 : 0;
      this.position++;
    } while (open > 0 && !this.isAtEnd);
  }

  /** What is open here is never closed: nothing behind it can be told. */
  stop(): void {
    this.isPartial = true;
    this.position = this.limit;
  }

  private isWordEnd(character: string): boolean {
    return ' \t\r\n;&|<>()'.includes(character) || (character === '`' && this.inBackquotes);
  }

  private readInto(word: WordBuilder): void {
    switch (this.peek()) {
      case '\\':
        word.isQuoted = true;
        this.readEscape(word, true);
        return;
      case "'":
        word.isQuoted = true;
        this.readSingleQuoted(word);
        return;
      case '"':
        word.isQuoted = true;
        this.readDoubleQuoted(word);
        return;
      case '$':
      case '`':
        this.readExpansion(word);
        return;
      default:
        word.add(this.peek(), this.position++);
    }
  }

  private readEscape(word: WordBuilder, isAnything: boolean): void {
    const escaped = this.peek(1);
    if (isAnything || '$`"\\\n'.includes(escaped)) {
      if (escaped !== '\n' && escaped !== '') {
        word.add(escaped, this.position + 1);
      }
      this.position += 2;
    } else {
      word.add('\\', this.position++);
    }
  }

  private readSingleQuoted(word: WordBuilder): void {
    const end = this.text.indexOf("'", this.position + 1);
    if (end === -1 || end >= this.limit) {
      this.stop();
      return;
    }
    for (this.position++; this.position < end; this.position++) {
      word.add(this.peek(), this.position);
    }
    this.position = end + 1;
  }

  private readDoubleQuoted(word: WordBuilder): void {
    this.position++;
    while (this.peek() !== '"') {
      if (this.isAtEnd) {
        this.stop();
        return;
      }
      this.readQuotedCharacter(word);
    }
    this.position++;
  }

  private readQuotedCharacter(word: WordBuilder): void {
    switch (this.peek()) {
      case '\\':
        this.readEscape(word, false);
        return;
      case '$':
      case '`':
        this.readExpansion(word);
        return;
      default:
        word.add(this.peek(), this.position++);
    }
  }

  private readExpansion(word: WordBuilder): void {
    const { position: start, depth } = this;
    const next = this.peek(1);
    if (this.peek() === '`') {
      this.position++;
      this.nest(() => this.enter('`'));
    } else if (next === '(' && this.peek(2) === '(') {
      this.position++;
      this.skipParentheses();
    } else if (next === '(') {
      this.position += 2;
      this.nest(() => this.enter(')'));
    } else if (next === '{') {
      this.nest(() => this.readBraces());
    } else {
      const [name = ''] = this.match(/[A-Za-z_]\w*|[0-9@*#?$!-]/y, 1) ?? [];
      if (name === '') {
        // `$'…'` and a dollar by itself are what they are.
        word.add('$', this.position++);
        return;
      }
      this.position += 1 + name.length;
      this.variables.push({ name, operator: '', start, end: this.position, depth });
    }
    word.add(unknownCharacter, start);
  }

  private readBraces(): void {
    const start = this.position;
    const [prefix = '', name = ''] = this.match(/\$\{[!#]?([A-Za-z_]\w*|[0-9@*#?$!-])?/y) ?? [];
    this.position += Math.max(prefix.length, 2);
    const rest = this.position;
    const ignored = new WordBuilder();
    while (this.peek() !== '}') {
      if (this.isAtEnd) {
        this.stop();
        return;
      }
      if (this.peek() === '"') {
        this.readDoubleQuoted(ignored);
      } else {
        this.readQuotedCharacter(ignored);
      }
    }
    const operator = this.text.slice(rest, this.position);
    this.position++;
    this.variables.push({ name, operator, start, end: this.position, depth: this.depth });
  }

  private nest(read: () => void): void {
    if (this.nesting >= maxNesting) {
      this.stop();
      return;
    }
    this.nesting++;
    read();
    this.nesting--;
  }

  private enter(close: ')' | '`'): void {
    const { inBackquotes } = this;
    this.inBackquotes = close === '`';
    this.depth++;
    this.readSubstitution(this, close);
    this.depth--;
    this.inBackquotes = inBackquotes;
  }

  private match(pattern: RegExp, ahead = 0): RegExpExecArray | null {
    pattern.lastIndex = this.position + ahead;
    return pattern.exec(this.text);
  }
}
