/**
 * Tells in one pass over the characters whether a text could hold a credential of a known form:
 * nearly none does, and each form has a pattern of its own.
 */
export interface ShapeStarts {
  isIn(value: string): boolean;
}

/** @param starts the literal beginnings, each at least two ASCII characters long */
export function createShapeStarts(starts: readonly string[]): ShapeStarts {
  const byPair = new Map<number, string[]>();
  const isStart = new Uint8Array(128);
  for (const start of starts) {
    const pair = pairAt(start, 0);
    byPair.set(pair, [...(byPair.get(pair) ?? []), start]);
    isStart[start.charCodeAt(0)] = 1;
  }
  return {
    isIn(value) {
      // The code of the character before; 0 before the first, so that it is always a small integer.
      let before = 0;
      for (let index = 0; index < value.length - 1; index++) {
        const code = value.charCodeAt(index);
        if (isStart[code] === 1 && !isOfWord(before)) {
          const group = byPair.get(pairAt(value, index));
          if (group !== undefined && startsWithOne(value, index, group)) {
            return true;
          }
        }
        before = code;
      }
      return false;
    },
  };
}

function startsWithOne(value: string, index: number, starts: readonly string[]): boolean {
  return starts.some((start) => value.startsWith(start, index));
}

function pairAt(text: string, index: number): number {
  return text.charCodeAt(index) * 65536 + text.charCodeAt(index + 1);
}

/** `task-…` holds no `sk-…`. */
function isOfWord(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    (code >= 48 && code <= 57) ||
    code === 95
  );
}
