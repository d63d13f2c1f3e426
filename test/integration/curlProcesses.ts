import { readFileSync } from 'node:fs';

/** The curls that this process has started and that are still there. */
export function curls(): readonly string[] {
  const { pid } = process;
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
    .split(' ')
    .filter(
      (child) => child !== '' && /curl\0/.test(readFileSync(`/proc/${child}/cmdline`, 'latin1')),
    );
}
