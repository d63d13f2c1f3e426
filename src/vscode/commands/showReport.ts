import { serverId } from '../../core/servers/serverStore';
import type { Services } from '../services';
import { UserFacingError } from '../ui/errorBoundary';
import { pickServer } from './pickServer';

export async function showReport({ store, reports }: Services, target: unknown): Promise<void> {
  const record = await pickServer(store, target, 'hasReport', 'Show the report of which server?');
  if (record === undefined) {
    return;
  }
  const id = serverId(record.file, record.server);
  if (!reports.has(id, record.server.name)) {
    throw new UserFacingError('This server was not tested yet. Run "MCP Auth: Test Server" first.');
  }
  await reports.show(id, record.server.name);
}
