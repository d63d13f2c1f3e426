import { parseMcpConfig } from '../../src/core/config/parseMcpConfig';
import { claudeCodeReport } from '../../src/core/tokenTest/claudeCodeReport';
import { findDifferences } from '../../src/core/tokenTest/differences';
import { resolveTarget } from '../../src/core/tokenTest/resolveTarget';
import { runTokenTest } from '../../src/core/tokenTest/runTokenTest';
import { demoEntries } from '../demo/demoEntries';
import { startDemoServers } from '../demo/servers/startDemoServers';
import type { ClaudeCode } from './claudeCode';
import { portsWith } from '../integration/tokenTestRun';

const timeoutMs = 5000;

/**
 * Lets the real client contact every demo server, and compares what it says of each with what a
 * report of ours says that it would. Nothing leaves the machine.
 * @returns the differences, in words
 */
export async function compareVerdicts(client: ClaudeCode): Promise<readonly string[]> {
  const demo = await startDemoServers();
  try {
    const mcpServers = demoEntries(demo);
    const environment = { ...demo.env, MCP_TIMEOUT: String(timeoutMs) };
    const lines = (await client.connect(mcpServers, environment)).split('\n');
    const ports = await portsWith({ timeoutMs });
    const differences: string[] = [];
    for (const server of parseMcpConfig(JSON.stringify({ mcpServers })).servers) {
      const target = resolveTarget(server, (name) => demo.env[name], client.folder);
      const { outcome } = await runTokenTest(target, ports, new AbortController().signal);
      const expected = claudeCodeReport(outcome, target.transport).map(({ text }) => text);
      if (
        expected.length === 0 &&
        findDifferences(outcome, { transport: target.transport }).length === 0
      ) {
        differences.push(
          `${server.name}: a report says nothing of Claude Code for ${outcome.kind}`,
        );
      }
      const said = lines.find((line) => line.startsWith(`${server.name}: `)) ?? 'nothing';
      const isExpected = expected.some((text) => matches(said, text, server.url?.value ?? ''));
      if (expected.length > 0 && !isExpected) {
        differences.push(`${server.name}: expected ${expected.join(' or ')}, and it says ${said}`);
      }
    }
    return differences;
  } finally {
    await demo.stop();
  }
}

/** In some texts the client covers whatever is a segment of the path, wherever it stands. */
function matches(said: string, expected: string, url: string): boolean {
  const segments = URL.canParse(url) ? new URL(url).pathname.split('/').filter(Boolean) : [];
  const plain = expected.replace('30000', String(timeoutMs));
  const covered = segments.reduce(
    (text, segment) => text.replace(new RegExp(escapeForRegExp(segment), 'gi'), '[redacted]'),
    plain,
  );
  return [plain, covered].some((text) => patternOf(text).test(said));
}

/** `…` stands for anything, and an empty end was cut off. */
function patternOf(text: string): RegExp {
  const parts = text.split('…').map((part) => escapeForRegExp(part).trim());
  return new RegExp(`- ${parts.join('.*')}`);
}

function escapeForRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
