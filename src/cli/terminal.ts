import { styleText } from 'node:util';

export type Style = Parameters<typeof styleText>[0];

/** Where text is shown: how wide it is, and whether it knows colours. */
export interface Terminal {
  readonly width: number;
  style(style: Style, text: string): string;
}

interface OutputStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** @see https://no-color.org and https://force-color.org */
export function terminalOf(
  { isTTY, columns }: OutputStream,
  env: Readonly<NodeJS.ProcessEnv> = process.env,
): Terminal {
  const hasColours = isColoured(isTTY === true, env);
  return {
    // Where nobody looks at it, such as a log, a line is still cut to be read.
    width: Math.max(40, columns ?? 120),
    style: (style, text) =>
      hasColours && text !== '' ? styleText(style, text, { validateStream: false }) : text,
  };
}

function isColoured(isTTY: boolean, env: Readonly<NodeJS.ProcessEnv>): boolean {
  const forced = env['FORCE_COLOR'];
  if (forced !== undefined) {
    return forced !== '0' && forced !== 'false';
  }
  return isTTY && !env['NO_COLOR'] && env['TERM'] !== 'dumb';
}
