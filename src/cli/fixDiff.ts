import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';
import { parseMcpConfig } from '../core/config/parseMcpConfig';
import type { Place } from '../core/config/place';
import { CredentialRanges } from '../core/secrets/credentialRanges';
import { oneLine } from '../core/base/text';
import { cellsOf } from './cells';
import type { Terminal } from './terminal';

/** Two texts that differ in thousands of lines take longer to compare than anybody reads. */
const milliseconds = 3000;

const styles = { '+': 'green', '-': 'red', '@': 'cyan' } as const;

/** What a repair changes, for a person to read: credentials are covered, so it is no patch. */
export function fixDiff(
  path: string,
  place: Place,
  [before, after]: readonly [before: string, after: string],
  { style }: Terminal,
): string {
  const name = oneLine(path, 1000);
  const mask = (text: string) => CredentialRanges.of(parseMcpConfig(text, place)).maskText();
  const patch = createTwoFilesPatch(name, name, mask(before), mask(after), '', '', {
    timeout: milliseconds,
    headerOptions: FILE_HEADERS_ONLY,
  });
  if (patch === undefined) {
    return `${name}: too much changes to be shown.\n`;
  }
  return patch
    .trimEnd()
    .split('\n')
    .map((line) => {
      const shown = cellsOf(line, 0, line.replace(/\r$/, '').length)
        .map(({ text }) => text)
        .join('');
      const sign = line.charAt(0);
      return `${Object.hasOwn(styles, sign) ? style(styles[sign as keyof typeof styles], shown) : shown}\n`;
    })
    .join('');
}
