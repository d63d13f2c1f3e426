/**
 * Foreign text on one line: control characters, line breaks and characters that reverse or hide
 * text become spaces, and what is too long is cut.
 */
export function oneLine(text: string, maxLength = 200): string {
  const unseen = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u200b-\u200f\u202a-\u202e\u2066-\u2069]/g;
  const line = text.slice(0, maxLength + 1).replace(unseen, ' ');
  return line.length > maxLength ? `${line.slice(0, maxLength)}…` : line;
}
