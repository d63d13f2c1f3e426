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
      for (let index = 0; index < value.length - 1; index++) {
        const isCandidate = isStart[value.charCodeAt(index)] === 1 && !isWithinWord(value, index);
        const group = isCandidate ? byPair.get(pairAt(value, index)) : undefined;
        if (group?.some((start) => value.startsWith(start, index))) {
          return true;
        }
      }
      return false;
    },
  };
}

function pairAt(text: string, index: number): number {
  return text.charCodeAt(index) * 65536 + text.charCodeAt(index + 1);
}

/** `task-…` holds no `sk-…`. */
function isWithinWord(text: string, index: number): boolean {
  const code = text.charCodeAt(index - 1);
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    (code >= 48 && code <= 57) ||
    code === 95
  );
}
