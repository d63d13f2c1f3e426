import type { Services } from '../services';
import { copyUnlessHeld } from '../ui/briefClipboard';
import { pickServer } from './pickServer';

export async function copyName({ store }: Services, target: unknown): Promise<void> {
  const record = await pickServer(store, target, 'canCopyName', 'Copy the name of which server?');
  if (record !== undefined) {
    await copyUnlessHeld(record.server.name);
  }
}
