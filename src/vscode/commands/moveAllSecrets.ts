import * as vscode from 'vscode';
import { oneLine } from '../../core/base/text';
import type { McpConfig } from '../../core/config/mcpConfig';
import {
  planMoves,
  renameMove,
  whyNotName,
  type PlannedMove,
} from '../../core/diagnostics/planMoves';
import { labelOf } from '../config/configFiles';
import type { Destination } from '../secrets/destination';
import { destinationsFor } from '../secrets/destinations';
import { moveSecrets, type Move } from '../secrets/moveSecret';
import type { Services } from '../services';
import { UserFacingError } from '../ui/errorBoundary';
import { notify, withoutIcons } from '../ui/notifications';
import { requireTrust } from '../ui/requireTrust';

/** A row of the plan: where the value stands, the name it gets, the place it goes to. */
interface Row extends vscode.QuickPickItem {
  readonly index: number;
}

interface Plan {
  readonly config: McpConfig;
  readonly moves: readonly PlannedMove[];
  /** Beside `moves`: where each goes. */
  readonly destinations: readonly Destination[];
  readonly chosen: ReadonlySet<number>;
}

const rename: vscode.QuickInputButton = {
  iconPath: new vscode.ThemeIcon('edit'),
  tooltip: 'Change the Name',
};
const redirect: vscode.QuickInputButton = {
  iconPath: new vscode.ThemeIcon('folder-opened'),
  tooltip: 'Change the Destination',
};
const redirectAll: vscode.QuickInputButton = {
  iconPath: new vscode.ThemeIcon('folder-library'),
  tooltip: 'One Destination for All',
};

/** Shows what would move where, lets a person change it, and moves it in one step. */
export async function moveAllSecrets(services: Services, target: unknown): Promise<void> {
  requireTrust('Moving values writes files');
  const document = await documentOf(target);
  const config = services.documents.current(document)?.config;
  const available = destinationsFor(document.uri);
  const [first] = available;
  if (config === undefined || config.place.isReadOnly || first === undefined) {
    throw new UserFacingError(
      `${labelOf(document.uri)} is not a file to move values out of. Open an MCP configuration such as .mcp.json first.`,
    );
  }
  const { version } = document;
  const { moves, left } = planMoves(config);
  if (moves.length === 0) {
    void notify.info(`${labelOf(document.uri)}: ${whyNone(left)}`);
    return;
  }
  const plan = await edit(
    {
      config,
      moves,
      destinations: moves.map(() => first),
      chosen: new Set(moves.keys()),
    },
    available,
    `${labelOf(document.uri)}: ${count(moves.length)} to move${left > 0 ? `, ${left} cannot` : ''}`,
  );
  if (plan !== undefined) {
    const uri = document.uri.toString();
    await moveSecrets(services, { uri, version, moves: toMoves(plan) });
  }
}

/** The plan as a person leaves it; `undefined` when it was given up. */
async function edit(
  plan: Plan,
  available: readonly Destination[],
  title: string,
): Promise<Plan | undefined> {
  for (let current = plan; ;) {
    const answer = await show(current, title);
    switch (answer.kind) {
      case 'left':
        return undefined;
      case 'confirmed':
        return { ...current, chosen: answer.chosen };
      case 'rename':
        current = await renameIn({ ...current, chosen: answer.chosen }, answer.index);
        break;
      case 'redirect':
        current = await redirectIn({ ...current, chosen: answer.chosen }, available, answer.index);
        break;
    }
  }
}

type Answer =
  | { readonly kind: 'left' }
  | { readonly kind: 'confirmed'; readonly chosen: ReadonlySet<number> }
  | { readonly kind: 'rename'; readonly chosen: ReadonlySet<number>; readonly index: number }
  | {
      readonly kind: 'redirect';
      readonly chosen: ReadonlySet<number>;
      /** `undefined` for all of them. */
      readonly index: number | undefined;
    };

function show(plan: Plan, title: string): Promise<Answer> {
  const pick = vscode.window.createQuickPick<Row>();
  pick.title = title;
  pick.placeholder = 'What is ticked is moved. A row has buttons for name and destination.';
  pick.canSelectMany = true;
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  pick.ignoreFocusOut = true;
  pick.buttons = [redirectAll];
  pick.items = plan.moves.map((move, index) => rowOf(move, plan.destinations[index], index));
  pick.selectedItems = pick.items.filter(({ index }) => plan.chosen.has(index));
  const chosen = () => new Set(pick.selectedItems.map(({ index }) => index));
  return new Promise<Answer>((resolve) => {
    pick.onDidTriggerButton(() =>
      resolve({ kind: 'redirect', chosen: chosen(), index: undefined }),
    );
    pick.onDidTriggerItemButton(({ button, item: { index } }) =>
      resolve({ kind: button === rename ? 'rename' : 'redirect', chosen: chosen(), index }),
    );
    pick.onDidAccept(() => {
      if (pick.selectedItems.length > 0) {
        resolve({ kind: 'confirmed', chosen: chosen() });
      }
    });
    pick.onDidHide(() => resolve({ kind: 'left' }));
    pick.show();
  }).finally(() => pick.dispose());
}

function rowOf(
  { server, what, where, variable }: PlannedMove,
  destination: Destination | undefined,
  index: number,
): Row {
  return {
    index,
    label: variable,
    description: withoutIcons(oneLine(`${where} of ${server}`)),
    detail: `${what}, to ${destination?.label ?? ''}`,
    buttons: [rename, redirect],
  };
}

async function renameIn(plan: Plan, index: number): Promise<Plan> {
  const { moves } = plan;
  const from = moves[index]?.variable ?? '';
  const name = await vscode.window.showInputBox({
    title: 'Name of the variable',
    value: from,
    prompt: `It takes the place of the value, as \${${from}}.`,
    ignoreFocusOut: true,
    validateInput: (text) => whyNotName(plan.config, moves, from, text),
  });
  return name === undefined ? plan : { ...plan, moves: renameMove(moves, from, name) };
}

async function redirectIn(
  plan: Plan,
  available: readonly Destination[],
  index: number | undefined,
): Promise<Plan> {
  const concerned = index === undefined ? [...plan.moves.keys()] : [index];
  const possible = available.filter((destination) =>
    concerned.every((at) => editsOf(plan, at, destination) !== undefined),
  );
  const items = possible.map((destination) => ({
    label: destination.label,
    detail: destination.readers,
    destination,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    title: 'Where is the value kept?',
    ignoreFocusOut: true,
  });
  return picked === undefined
    ? plan
    : {
        ...plan,
        destinations: plan.destinations.map((old, at) =>
          concerned.includes(at) ? picked.destination : old,
        ),
      };
}

function toMoves(plan: Plan): readonly Move[] {
  return plan.moves.flatMap(({ variable, secret }, index) => {
    const destination = plan.destinations[index];
    const edits = destination && editsOf(plan, index, destination);
    return plan.chosen.has(index) && edits
      ? [{ variable, secret, edits, destination: destination.id }]
      : [];
  });
}

function editsOf({ config, moves }: Plan, index: number, destination: Destination) {
  const move = moves[index];
  if (move === undefined || destination.rewrite === undefined) {
    return move?.edits;
  }
  const { edits, variable, secret: range } = move;
  const fix = { title: '', edits, isSafe: false, secret: { range, variable } };
  return destination.rewrite(config, fix);
}

async function documentOf(target: unknown): Promise<vscode.TextDocument> {
  if (target instanceof vscode.Uri) {
    return vscode.workspace.openTextDocument(target);
  }
  const document = vscode.window.activeTextEditor?.document;
  if (document === undefined) {
    throw new UserFacingError('Open an MCP configuration such as .mcp.json first.');
  }
  return document;
}

function whyNone(left: number): string {
  return left === 0
    ? 'no literal credential stands in it.'
    : `${count(left)} in it, where Claude Code expands no variable. Problems says what to do.`;
}

function count(values: number): string {
  return values === 1 ? 'one credential' : `${values} credentials`;
}
