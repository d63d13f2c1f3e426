import type { OffsetRange } from '../base/range';
import { rangeInString, type StringValue } from '../config/json';
import type { McpConfig } from '../config/mcpConfig';
import { helperPath, helpersIn } from '../helperScript/helperCommand';
import { certificatesIn, environmentFilesIn } from './referencedFiles';

/** A file that a configuration names, and where its name stands. */
export interface FileLink {
  readonly range: OffsetRange;
  /** Absolute, or relative to the folder of the configuration. */
  readonly path: string;
}

/** The scripts, certificates, keys and `.env` files that entries name, whether they are there or not. */
export function fileLinksIn(config: McpConfig): readonly FileLink[] {
  const link = (string: StringValue, start: number, end: number, path: string): FileLink => ({
    range: rangeInString(config.text, string, start, end),
    path,
  });
  const helpers = helpersIn(config).flatMap(({ server, command: { file } }) => {
    const path = file && helperPath(file, config.place.id, server);
    const { headersHelper } = server;
    return file && path && headersHelper ? [link(headersHelper, file.start, file.end, path)] : [];
  });
  const mentions = [
    ...certificatesIn(config),
    ...environmentFilesIn(config).flatMap(({ mention }) => mention ?? []),
  ];
  return [
    ...helpers,
    ...mentions.map(({ string, start, path }) => link(string, start, string.value.length, path)),
  ];
}
