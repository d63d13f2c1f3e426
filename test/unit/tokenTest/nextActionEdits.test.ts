import assert from 'node:assert/strict';
import { applyEdits } from '../../../src/core/base/range';
import { parseMcpConfig } from '../../../src/core/config/parseMcpConfig';
import type { NextAction } from '../../../src/core/tokenTest/nextAction';
import {
  editsForAction,
  findAgain,
  rangeOfField,
} from '../../../src/core/tokenTest/nextActionEdits';

const text = '{"mcpServers": {"a": { "type": "http", "url": "https://h.example/mcp" }}}';

function apply(source: string, action: NextAction): string | undefined {
  const [server] = parseMcpConfig(source).servers;
  assert.ok(server);
  const edits = editsForAction(server, action);
  return edits.length === 0 ? undefined : applyEdits(source, edits);
}

describe('the edit of a next action', () => {
  it('puts the address of a redirect in the place of the url', () => {
    assert.equal(
      apply(text, { kind: 'replace-url', url: 'https://h.example/v2/"mcp"' }),
      text.replace('https://h.example/mcp', 'https://h.example/v2/\\"mcp\\"'),
    );
  });

  it('changes the type', () => {
    assert.equal(
      apply(text, { kind: 'change-type', transport: 'sse' }),
      text.replace('"http"', '"sse"'),
    );
  });

  for (const [written, changed] of [
    ['ws://h.example/mcp', 'http://h.example/mcp'],
    ['wss://${HOST}/mcp', 'https://${HOST}/mcp'],
    ['https://h.example/mcp', 'https://h.example/mcp'],
    ['${BASE}/mcp', '${BASE}/mcp'],
  ] as const) {
    it(`changes the type and with it the scheme of ${written}`, () => {
      const entryOf = (type: string, url: string) =>
        JSON.stringify({ mcpServers: { a: { type, url } } });
      assert.equal(
        apply(entryOf('ws', written), { kind: 'change-type', transport: 'http' }),
        entryOf('http', changed),
      );
    });
  }

  const refused: readonly (readonly [why: string, source: string, url: string])[] = [
    ['brings no variable into the next request', text, 'https://h.example/${GITHUB_TOKEN}'],
    ['writes nothing that was covered', text, 'https://h.example/mcp?key=•••'],
    ['writes no address of another kind', text, 'file:///etc/passwd'],
    ['writes no path', text, '/v2/mcp'],
    [
      'leaves an address with a variable to the person',
      text.replace('h.example', '${HOST}'),
      'https://h.example/v2',
    ],
  ];
  for (const [why, source, url] of refused) {
    it(why, () => {
      assert.equal(apply(source, { kind: 'replace-url', url }), undefined);
    });
  }

  it('is none for what is done elsewhere', () => {
    assert.equal(apply(text, { kind: 'test-again' }), undefined);
  });

  it('shows the value of a field, and the entry where the field is missing', () => {
    const [server] = parseMcpConfig(text).servers;
    assert.ok(server);
    const shown = ['url', 'headers'].map((field) => {
      const { offset, length } = rangeOfField(server, field);
      return text.slice(offset, offset + length);
    });
    assert.deepEqual(shown, ['"https://h.example/mcp"', '"a"']);
  });

  it('finds the entry in a newer version of the file', () => {
    const [server] = parseMcpConfig(text).servers;
    assert.ok(server);
    const newer = parseMcpConfig(text.replace('{"a"', '{"b": {}, "a"'));
    assert.equal(findAgain(newer, server)?.name, 'a');
    assert.equal(findAgain(parseMcpConfig('{"mcpServers": {}}'), server), undefined);
  });
});
