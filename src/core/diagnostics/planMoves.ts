import { rangeEnd, type OffsetRange, type TextEdit } from '../base/range';
import { isBlankedLocally, isBlankedName } from '../config/dialects/blankedNames';
import type { McpConfig } from '../config/mcpConfig';
import { secretsIn } from '../secrets/secretsIn';
import type { Fix } from './rule';
import {
  credentialName,
  moveToVariable,
  placeName,
  referredVariables,
} from './rules/secretReports';

/** A literal credential that can become a reference, and the name proposed for its variable. */
export interface PlannedMove {
  readonly server: string;
  /** What it is, without any of it: `GitHub token (ghp_…)`. */
  readonly what: string;
  /** Where it stands, as after "in": `header "Authorization"`. */
  readonly where: string;
  /** In a url or a header, where Claude Code blanks some names. */
  readonly isSent: boolean;
  readonly variable: string;
  readonly secret: OffsetRange;
  readonly edits: readonly TextEdit[];
}

export interface MovePlan {
  readonly moves: readonly PlannedMove[];
  /** How many credentials stand where nothing is expanded: they cannot become references. */
  readonly left: number;
}

/**
 * Every credential of the file with a name of its own; the same value in several places shares one.
 * No two edits overlap: what they would is left for the next time.
 */
export function planMoves(config: McpConfig): MovePlan {
  const names = new Names(config.text, referredVariables(config));
  const moves: PlannedMove[] = [];
  let left = 0;
  for (const found of secretsIn(config)) {
    const { server, leaf, secrets } = found;
    for (const match of secrets) {
      const [fix] = moveToVariable(config, found, match);
      if (fix?.secret === undefined || overlapsAny(fix.edits, moves)) {
        left++;
        continue;
      }
      const variable = names.nameFor(fix.secret);
      moves.push({
        server: server?.name ?? '',
        what: credentialName(match),
        where: placeName(leaf, match),
        isSent: leaf.slot.kind === 'url' || leaf.slot.kind === 'header',
        variable,
        secret: fix.secret.range,
        edits: renameReferences(fix.edits, fix.secret.variable, variable),
      });
    }
  }
  return { moves, left };
}

/** The plan with another name for one value, wherever that value stands. */
export function renameMove(
  moves: readonly PlannedMove[],
  from: string,
  to: string,
): readonly PlannedMove[] {
  return moves.map((move) =>
    move.variable === from
      ? { ...move, variable: to, edits: renameReferences(move.edits, from, to) }
      : move,
  );
}

/** `edits` with `${to}` in the place of each `${from}` that they bring. */
export function renameReferences(
  edits: readonly TextEdit[],
  from: string,
  to: string,
): readonly TextEdit[] {
  return edits.map((edit) => ({
    ...edit,
    newText: edit.newText.replaceAll(`\${${from}}`, () => `\${${to}}`),
  }));
}

/**
 * Why `name` cannot take the place of `from` in the plan, in a sentence; `undefined` if it can.
 * @param config the file as it is: what it refers to by that name is another value
 */
export function whyNotName(
  config: McpConfig,
  moves: readonly PlannedMove[],
  from: string,
  name: string,
): string | undefined {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) {
    return 'A name has letters, digits and "_", and does not begin with a digit.';
  }
  if (name !== from && moves.some(({ variable }) => variable === name)) {
    return `${name} is planned for another value.`;
  }
  if (name !== from && referredVariables(config).has(name)) {
    return `${name} is referred to in this file already: its value would be used there too.`;
  }
  const isSent = moves.some(({ variable, isSent }) => variable === from && isSent);
  if (!isSent && isBlankedLocally(name)) {
    return `${name} always reads as empty there: Claude Code keeps it for itself.`;
  }
  return isSent && isBlankedName(name)
    ? `${name} always reads as empty there: Claude Code does not send it to remote servers.`
    : undefined;
}

function overlapsAny(edits: readonly TextEdit[], moves: readonly PlannedMove[]): boolean {
  const taken = moves.flatMap((move) => move.edits);
  return edits.some(({ range }) =>
    taken.some(
      (other) => range.offset < rangeEnd(other.range) && other.range.offset < rangeEnd(range),
    ),
  );
}

/** One name for each value; a value is told from another by its text as it is written. */
class Names {
  private readonly byText = new Map<string, string>();
  private readonly taken = new Set<string>();

  constructor(
    private readonly text: string,
    private readonly referred: ReadonlySet<string>,
  ) {}

  nameFor({ range, variable }: NonNullable<Fix['secret']>): string {
    const text = this.text.slice(range.offset, rangeEnd(range));
    const known = this.byText.get(text);
    if (known !== undefined) {
      return known;
    }
    let name = variable;
    const isTaken = () => this.taken.has(name) || (name !== variable && this.referred.has(name));
    for (let number = 2; isTaken(); number++) {
      name = `${variable}_${number}`;
    }
    this.byText.set(text, name);
    this.taken.add(name);
    return name;
  }
}
