import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folders = new Set<string>();
process.on('exit', () => folders.forEach(remove));

/**
 * A new empty folder, removed when this process ends. TEST_FOLDER says where it is made: in the
 * folder of the process that gave the order, which outlives those who still write when they are ended.
 */
export function createTemporaryFolder(): string {
  const folder = realpathSync(
    mkdtempSync(join(process.env['TEST_FOLDER'] ?? tmpdir(), 'mcp-auth-')),
  );
  folders.add(folder);
  return folder;
}

function remove(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  } catch (error) {
    console.warn(`${folder} could not be removed: ${String(error)}`);
  }
}
