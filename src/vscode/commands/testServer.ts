import { serverId, type ServerRecord } from '../../core/servers/serverStore';
import type { TokenTestOptions } from '../../core/tokenTest/tokenTestOptions';
import type { Services } from '../services';
import { askConsent } from '../tokenTest/consent';
import { resolveAsking } from '../tokenTest/resolveForTest';
import { createPorts, runTest, withTestProgress } from '../tokenTest/runTest';
import { keepOutcome, tellOutcome } from '../tokenTest/tellOutcome';
import { requireTrust } from '../ui/requireTrust';
import { pickServer } from './pickServer';

/** Tests a server's credential, and tells the outcome in the view, in the editor and in a message. */
export async function testServer(services: Services, row: unknown): Promise<void> {
  requireTrust('Testing sends credentials');
  const record = await pickServer(services.store, row, 'canTest', 'Test which server?');
  if (record !== undefined) {
    await testRecord(services, record);
  }
}

async function testRecord(
  services: Services,
  record: ServerRecord,
  options?: TokenTestOptions,
): Promise<void> {
  const resolved = await resolveAsking(services, record);
  if (resolved === undefined) {
    return;
  }
  const { target, circumstances } = resolved;
  if (!(await askConsent(services.workspaceState, target, 'test'))) {
    return;
  }
  const ports = await createPorts(services);
  const result = await withTestProgress(target.serverName, (signal) =>
    runTest(services, record, target, ports, signal, { ...options, circumstances }),
  );
  if (result.outcome.kind === 'cancelled') {
    return;
  }
  keepOutcome(services, record, result);
  await tellOutcome(services, record, result, (next) => testAgain(services, record, next));
}

/** As the entry stands by now. */
async function testAgain(
  services: Services,
  { file, server }: ServerRecord,
  options?: TokenTestOptions,
): Promise<void> {
  const id = serverId(file, server);
  const record = await pickServer(services.store, { id }, 'canTest', 'Test which server?');
  if (record !== undefined) {
    await testRecord(services, record, options);
  }
}
