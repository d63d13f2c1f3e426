import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { readIfThere, runningProcesses } from './processes';

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

function filesUnder(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesUnder(path) : entry.isFile() ? [path] : [];
  });
}
