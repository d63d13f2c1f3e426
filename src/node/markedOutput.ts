/** An environment is far smaller; what prints more between the marks is something else. */
const maxBytes = 8 * 1024 * 1024;

/** Takes out of what a process prints the text between two marks. The rest is not even kept. */
export class MarkedOutput {
  private kept: Buffer = Buffer.alloc(0);
  private isStarted = false;

  /** The text between the marks, once both were seen. */
  text: string | undefined;

  constructor(
    private readonly start: string,
    private readonly end: string,
  ) {}

  add(part: Buffer): void {
    if (this.text !== undefined) {
      return;
    }
    // A mark may come in two parts: of what was looked through, its length is looked at again.
    const from = Math.max(0, this.kept.length - this.end.length);
    this.kept = Buffer.concat([this.kept, part]);
    if (!this.isStarted) {
      const at = this.kept.indexOf(this.start);
      this.isStarted = at !== -1;
      this.kept = this.kept.subarray(this.isStarted ? at + this.start.length : -this.start.length);
    }
    const at = this.isStarted ? this.kept.indexOf(this.end, Math.min(from, this.kept.length)) : -1;
    if (at !== -1) {
      this.text = this.kept.toString('utf8', 0, at);
      this.kept = Buffer.alloc(0);
    } else if (this.kept.length > maxBytes) {
      this.kept = Buffer.alloc(0);
      this.isStarted = false;
    }
  }
}
