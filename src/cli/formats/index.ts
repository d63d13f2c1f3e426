import type { CheckedFile } from '../checkedFile';
import type { Terminal } from '../terminal';
import { formatGithub } from './github';
import { formatJson } from './json';
import { formatSarif } from './sarif';
import { formatText } from './text';

export interface CheckReport {
  readonly files: readonly CheckedFile[];
  /** What could not be looked at, as sentences. */
  readonly problems: readonly string[];
}

/** How results are written, by the value of `--format`. */
export const formats = {
  text: formatText,
  json: formatJson,
  sarif: formatSarif,
  github: formatGithub,
} as const satisfies Record<string, (report: CheckReport, terminal: Terminal) => string>;

export type FormatName = keyof typeof formats;

export const formatNames = Object.keys(formats) as readonly FormatName[];
