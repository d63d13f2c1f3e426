/**
 * Foreign text on one line: control characters, line breaks and characters that reverse or hide
 * text become spaces, and what is too long is cut.
 */
export function oneLine(text: string, maxLength = 200): string {
  const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;
  const line = text.slice(0, maxLength + 1).replace(unseen, ' ');
  return line.length > maxLength ? `${line.slice(0, maxLength)}…` : line;
}
