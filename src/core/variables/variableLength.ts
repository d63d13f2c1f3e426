/** The kernel of Linux starts no program with a longer `NAME=value`, in bytes with its end. */
const maxBytes = 128 * 1024;

/** Whether no program can be started with the variable. */
export function isTooLong(name: string, value: string): boolean {
  return new TextEncoder().encode(`${name}=${value}\0`).length > maxBytes;
}
