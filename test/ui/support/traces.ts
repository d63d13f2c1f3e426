import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** Every file below `folder` that has `value` in it, plain or encoded; by its path from there. */
export function filesWith(folder: string, value: string): readonly string[] {
  const forms = [value, Buffer.from(value).toString('base64').slice(2, -4)].flatMap((form) => [
    Buffer.from(form),
    Buffer.from(form, 'utf16le'),
  ]);
  return filesUnder(folder)
    .filter((path) => {
      const bytes = readIfThere(path);
      return forms.some((form) => bytes.includes(form));
    })
    .map((path) => relative(folder, path));
}

/** No process of this machine has `value` on its command line. */
export function assertNoArgumentHas(value: string): void {
  for (const { pid, commandLine } of runningProcesses()) {
    assert.ok(!commandLine.includes(value), `process ${pid} has it in its arguments`);
  }
}

export interface RunningProcess {
  readonly pid: string;
  /** Its words with NUL behind each. */
  readonly commandLine: Buffer;
  /** Its variables with NUL behind each. */
  readonly environment: Buffer;
}

export function runningProcesses(): readonly RunningProcess[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => ({
      pid,
      commandLine: readIfThere(`/proc/${pid}/cmdline`),
      environment: readIfThere(`/proc/${pid}/environ`),
    }));
}

/** Files and processes come and go. */
function readIfThere(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch {
    return Buffer.alloc(0);
  }
}

function filesUnder(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesUnder(path) : entry.isFile() ? [path] : [];
  });
}
