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
  let number = 2;
  while (isTaken(`${wanted}_${number}`) || avoid?.has(`${wanted}_${number}`)) {
    number++;
  }
  const other = `${wanted}_${number}`;
  const choice = await vscode.window.showWarningMessage(
    `${place} already has another value for ${wanted}.`,
    { modal: true, detail: 'Replacing it loses the value that is there now.' },
    ...(isNameFixed ? ['Replace'] : [`Use ${other}`, 'Replace']),
  );
  return choice === 'Replace' ? wanted : choice && other;
}
