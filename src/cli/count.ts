/** `1 file`, `2 files`; what cannot be counted stays as it is. */
export function count(number: number, noun: string): string {
  return number === 1 || noun === 'information' ? `${number} ${noun}` : `${number} ${noun}s`;
}
