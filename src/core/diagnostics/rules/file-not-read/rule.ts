import type { Rule } from '../../rule';

export const fileNotRead = {
  id: 'file-not-read',
  category: 'loading',
  severity: 'information',
  *check({ config: { place } }) {
    if (!place.isRead) {
      yield {
        range: { offset: 0, length: 1 },
        message:
          'Claude Code does not read this file by itself: of a project it reads ".mcp.json" in its folder, of a user "~/.claude.json". Move the servers there, or name the file with --mcp-config.',
      };
    }
  },
} satisfies Rule<'file-not-read'>;
