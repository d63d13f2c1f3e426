import { runGit } from './git';

/** Credentials stand in files that people write. */
const maxBlobBytes = 1024 * 1024;

/**
 * Hands the content of each blob of at most 1 MiB to `take`.
 * @returns whether all of them fit into `maxBytes`, and git gave them
 */
export async function readBlobs(
  ids: readonly string[],
  git: Omit<Parameters<typeof runGit>[1], 'input'>,
  maxBytes: number,
  take: (id: string, content: Buffer) => void,
): Promise<boolean> {
  const sizes: Buffer[] = [];
  const check = ['cat-file', '--batch-check=%(objectname) %(objecttype) %(objectsize)'];
  const checked = await runGit(check, { ...git, input: toLines(ids) }, (chunk) => {
    return sizes.push(chunk) > 0;
  });
  const wanted: string[] = [];
  let bytes = 0;
  for (const line of Buffer.concat(sizes).toString('latin1').split('\n')) {
    const [id = '', type, size] = line.split(' ');
    if (type === 'blob' && Number(size) <= maxBlobBytes && bytes + Number(size) <= maxBytes) {
      bytes += Number(size);
      wanted.push(id);
    } else if (type === 'blob' && Number(size) <= maxBlobBytes) {
      bytes = Infinity;
    }
  }
  const reader = new BatchReader(take);
  const read = await runGit(
    ['cat-file', '--batch'],
    { ...git, input: toLines(wanted) },
    (chunk) => {
      reader.take(chunk);
      return true;
    },
  );
  return checked === 0 && read === 0 && bytes !== Infinity;
}

function toLines(ids: readonly string[]): string {
  return ids.map((id) => `${id}\n`).join('');
}

/** Parts the output of `git cat-file --batch`: a line `<id> blob <size>`, the bytes, a line break. */
class BatchReader {
  private rest: Buffer = Buffer.alloc(0);
  private readonly parts: Buffer[] = [];
  private missing = 0;
  private id = '';

  constructor(private readonly onBlob: (id: string, content: Buffer) => void) {}

  take(chunk: Buffer): void {
    let input = this.rest.length > 0 ? Buffer.concat([this.rest, chunk]) : chunk;
    this.rest = Buffer.alloc(0);
    while (input.length > 0) {
      if (this.missing === 0) {
        const end = input.indexOf('\n');
        if (end === -1) {
          this.rest = input;
          return;
        }
        const [id = '', , size] = input.toString('latin1', 0, end).split(' ');
        this.id = id;
        // The line break behind the bytes is theirs.
        this.missing = size === undefined ? 0 : Number(size) + 1;
        input = input.subarray(end + 1);
        continue;
      }
      const part = input.subarray(0, this.missing);
      this.parts.push(part);
      this.missing -= part.length;
      input = input.subarray(part.length);
      if (this.missing === 0) {
        this.onBlob(this.id, Buffer.concat(this.parts.splice(0)).subarray(0, -1));
      }
    }
  }
}
