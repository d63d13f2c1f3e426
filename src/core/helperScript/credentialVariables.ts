import { readCredentialName } from '../secrets/credentialNames';
import type { Span } from '../secrets/secretMatch';
import type { ShellScript, VariableUse } from './shellScript';

/** Whether a variable of this name holds a credential; names that may hold something else do not. */
export function isCredentialName(name: string): boolean {
  const last = name.split('.').at(-1) ?? '';
  return readCredentialName(last)?.isVague === false;
}

/** The credentials whose whole value is put in between `start` and `end`. */
export function credentialVariablesIn(
  { variables }: ShellScript,
  { start, end }: Span,
  depth: number,
): readonly VariableUse[] {
  const from = firstFrom(variables, start);
  const used: VariableUse[] = [];
  for (let index = from; index < variables.length; index++) {
    const variable = variables[index];
    if (variable === undefined || variable.start >= end) {
      break;
    }
    // `${TOKEN:0:4}` and `${#TOKEN}` say little of it.
    if (
      variable.depth === depth &&
      variable.operator === '' &&
      variable.end - variable.start <= variable.name.length + 3 &&
      isCredentialName(variable.name)
    ) {
      used.push(variable);
    }
  }
  return used;
}

/** The variables are in the order of the text, but for those of a default inside another. */
function firstFrom(variables: readonly VariableUse[], offset: number): number {
  let low = 0;
  let high = variables.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((variables[middle]?.end ?? 0) <= offset) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}
