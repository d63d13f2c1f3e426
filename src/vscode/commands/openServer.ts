import * as vscode from 'vscode';
import { LineMap } from '../../core/base/lineMap';
import type { OffsetRange } from '../../core/base/range';
import { toRange } from '../convert';
import type { Services } from '../services';
import { pickServer } from './pickServer';

/** Opens what a row of the view stands for, or a server that is picked, with the cursor on it. */
export async function openServer({ store }: Services, target: unknown): Promise<void> {
  const place = targetOf(target) ?? (await pickTarget(store));
  if (place === undefined) {
    return;
  }
  const text = store.file(place.file)?.config.text ?? '';
  const selection = toRange(new LineMap(text), { offset: place.range.offset, length: 0 });
  await vscode.window.showTextDocument(vscode.Uri.parse(place.file, true), { selection });
}

interface Target {
  readonly file: string;
  readonly range: OffsetRange;
}

function targetOf(node: unknown): Target | undefined {
  return typeof node === 'object' && node !== null && 'target' in node
    ? (node.target as Target)
    : undefined;
}

async function pickTarget(store: Services['store']): Promise<Target | undefined> {
  const record = await pickServer(store, undefined, 'canOpen', 'Open which server?');
  return record && { file: record.file.id, range: record.server.nameRange };
}
