import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { demoEntries } from '../../demo/demoEntries';
import type { DemoServers } from '../../demo/servers/startDemoServers';
import { createTemporaryFolder } from '../../environment/temporaryFolder';

/** In the shape of a GitHub token, and worth nothing. */
export const token = `ghp_${'a1B2c3D4e5F6'.repeat(3)}`;

/** A project of six servers, tracked by git: two that work, four that need something. */
export function createProject(demo: DemoServers): string {
  const folder = join(createTemporaryFolder(), 'corner-shop');
  mkdirSync(folder);
  execFileSync('git', ['init', '--quiet', folder]);
  const bearer = (value: string) => ({
    type: 'http',
    url: demo.url('bearer'),
    headers: { Authorization: `Bearer ${value}` },
  });
  const mcpServers = {
    github: bearer(token),
    wiki: { url: demo.url('open') },
    issues: bearer('${DEMO_BEARER_TOKEN}'),
    'issues-staging': bearer('${DEMO_OLD_TOKEN}'),
    payments: bearer('${PAYMENTS_TOKEN}'),
    tracker: { type: 'http', url: demo.url('oauth') },
  };
  writeFileSync(join(folder, '.mcp.json'), `${JSON.stringify({ mcpServers }, null, 2)}\n`);
  return folder;
}

/** A project with one server for each demo server, under its name. */
export function createDemoProject(demo: DemoServers): string {
  const folder = join(createTemporaryFolder(), 'every-outcome');
  mkdirSync(folder);
  const mcpServers = demoEntries(demo);
  writeFileSync(join(folder, '.mcp.json'), `${JSON.stringify({ mcpServers }, null, 2)}\n`);
  return folder;
}
