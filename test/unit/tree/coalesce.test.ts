import assert from 'node:assert/strict';
import { parseMcpConfig } from '../../../src/core/config/parseMcpConfig';
import { ServerStore } from '../../../src/core/servers/serverStore';
import { coalesce } from '../../../src/core/tree/coalesce';
import { buildServerTree } from '../../../src/core/tree/serverTree';
import { fixtureEnvironment } from '../../support/ruleFixtures';

/** Runs what is due when told to. */
function scheduler() {
  const due = new Set<() => void>();
  return {
    schedule(run: () => void): () => void {
      due.add(run);
      return () => due.delete(run);
    },
    runDue(): void {
      for (const run of [...due]) {
        due.delete(run);
        run();
      }
    },
  };
}

describe('the refreshing of the servers view', () => {
  it('builds the tree once for all that a test of 200 servers changes at a time', () => {
    const names = Array.from({ length: 200 }, (_, index) => [`s${index}`, { command: 'run' }]);
    const config = parseMcpConfig(JSON.stringify({ mcpServers: Object.fromEntries(names) }));
    const file = { id: 'file:///w/.mcp.json', label: '.mcp.json', config, findings: [] };
    const store = new ServerStore();
    store.setFile(file);
    const { schedule, runDue } = scheduler();
    const built: (string | undefined)[] = [];
    const refresh = coalesce(() => {
      const [root] = buildServerTree(store, { environment: () => fixtureEnvironment, now: 0 });
      built.push(root?.children.at(-1)?.description);
    }, schedule);
    store.onDidChange(refresh.request);
    for (const record of store.servers(file)) {
      const end = store.beginTest(record);
      store.setLastTest(record, { isAccepted: true, state: 'accepted', headline: '', at: 0 });
      end();
    }
    assert.deepEqual(built, []);
    runDue();
    assert.deepEqual(built, ['No auth · accepted just now']);
    store.removeFile(file.id);
    runDue();
    assert.deepEqual(built, ['No auth · accepted just now', undefined]);
  });

  it('asks again for what changes while it runs, and for nothing when it has ended', () => {
    const { schedule, runDue } = scheduler();
    let runs = 0;
    const again = coalesce(() => {
      runs++;
      if (runs === 1) {
        again.request();
      }
    }, schedule);
    again.request();
    runDue();
    runDue();
    assert.equal(runs, 2);
    again.request();
    again.dispose();
    runDue();
    assert.equal(runs, 2);
  });
});
