import * as vscode from 'vscode';

interface Names {
  /** As a sentence begins with it. */
  readonly place: string;
  readonly wanted: string;
  readonly value: string;
  /** What the place has under the wanted name now. */
  readonly existing: string | undefined;
  isTaken(name: string): boolean;
  readonly avoid?: ReadonlySet<string> | undefined;
  readonly isNameFixed?: boolean | undefined;
}

/** The name under which a value is kept; asks before another value of that name is lost. */
export async function chooseName({
  place,
  wanted,
  value,
  existing,
  isTaken,
  avoid,
  isNameFixed,
}: Names): Promise<string | undefined> {
  if (existing === undefined || existing === '' || existing === value) {
    return wanted;
  }
  const other = freeName(wanted, (name) => !isTaken(name) && avoid?.has(name) !== true);
  const choice = await vscode.window.showWarningMessage(
    `${place} already has another value for ${wanted}.`,
    { modal: true, detail: 'Replacing it loses the value that is there now.' },
    ...(isNameFixed ? ['Replace'] : [`Use ${other}`, 'Replace']),
  );
  return choice === 'Replace' ? wanted : choice && other;
}

/** The first of `NAME_2`, `NAME_3` … that is free. */
export function freeName(name: string, isFree: (name: string) => boolean): string {
  let number = 2;
  while (!isFree(`${name}_${number}`)) {
    number++;
  }
  return `${name}_${number}`;
}
