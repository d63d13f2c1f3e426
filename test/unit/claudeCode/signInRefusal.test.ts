import assert from 'node:assert/strict';
import {
  describeSignInRefusal,
  findSignInRefusal,
  type SignInCircumstances,
} from '../../../src/core/claudeCode/signInRefusal';
import { applyEdits } from '../../../src/core/base/range';
import { parseMcpConfig } from '../../../src/core/config/parseMcpConfig';

const url = 'https://h.example/mcp';
const entry = { type: 'http', url };
const free: SignInCircumstances = {
  place: 'project',
  lookup: (name) => (name === 'HOST' ? 'h.example' : undefined),
  approval: 'approved',
  otherScope: undefined,
  isBatchFile: false,
};

function parse(fields: unknown, name = 'a') {
  const config = parseMcpConfig(JSON.stringify({ mcpServers: { [name]: fields } }, null, 2));
  const [server] = config.servers;
  assert.ok(server);
  return { text: config.text, server };
}

function refusalOf(fields: unknown, name = 'a', more: Partial<SignInCircumstances> = {}) {
  return findSignInRefusal(parse(fields, name).server, { ...free, ...more });
}

describe('a sign-in that Claude Code would refuse', () => {
  const rows: readonly (readonly [string, ReturnType<typeof refusalOf>, object | undefined])[] = [
    ['a plain entry', refusalOf(entry), undefined],
    ['type sse', refusalOf({ ...entry, type: 'sse' }), undefined],
    ['another header', refusalOf({ ...entry, headers: { 'X-API-Key': 'k' } }), undefined],
    ['a variable with a value', refusalOf({ ...entry, url: 'https://${HOST}/mcp' }), undefined],
    ['an address without scheme', refusalOf({ ...entry, url: 'localhost:80/mcp' }), undefined],
    ['a name with spaces and quotes', refusalOf(entry, `a "b" 'c' $(d) \`e\``), undefined],
    ['a user’s server', refusalOf(entry, 'a', { place: 'user', approval: undefined }), undefined],
    ['a local program', refusalOf({ command: 'x' }), { kind: 'no-oauth', transport: 'stdio' }],
    [
      'a socket',
      refusalOf({ type: 'ws', url: 'wss://h.example' }),
      { kind: 'no-oauth', transport: 'ws' },
    ],
    [
      'an Authorization header, whatever its case and value',
      refusalOf({ ...entry, headers: { 'X-A': 'a', authorizATION: '' } }),
      { kind: 'authorization-header', header: 'authorizATION' },
    ],
    ['an entry that does not load', refusalOf({ url }), { kind: 'does-not-load' }],
    ['a reserved name', refusalOf(entry, 'workspace'), { kind: 'does-not-load' }],
    ['no name', refusalOf(entry, ''), { kind: 'name-missing' }],
    ['an empty address', refusalOf({ ...entry, url: ' ' }), { kind: 'url-missing' }],
    ['no address', refusalOf({ ...entry, url: 'foo' }), { kind: 'url-invalid' }],
    ['another scheme', refusalOf({ ...entry, url: 'ftp://h.example' }), { kind: 'url-invalid' }],
    ['a broken one', refusalOf({ ...entry, url: 'https://h:99999/' }), { kind: 'url-invalid' }],
    [
      'a variable without a value in the address',
      refusalOf({ ...entry, url: 'https://${H}/${P}${H}' }),
      { kind: 'url-unset', names: ['H', 'P'] },
    ],
    [
      'a port that is none',
      refusalOf({ ...entry, oauth: { callbackPort: 70_000 } }),
      { kind: 'callback-port' },
    ],
    ['a port', refusalOf({ ...entry, oauth: { callbackPort: 48_765 } }), undefined],
    ['a name for the editor', refusalOf(entry, 'a${env:B}'), { kind: 'name-unsafe', by: 'task' }],
    [
      'a name for the editor, whatever else may be passed by',
      refusalOf({ ...entry, url: 'https://${H}/mcp' }, '${command:x}', { approval: 'pending' }),
      { kind: 'name-unsafe', by: 'task' },
    ],
    ['a name with NUL', refusalOf(entry, 'a\0b'), { kind: 'name-unsafe', by: 'task' }],
    [
      'a name for cmd.exe',
      refusalOf(entry, 'a&calc', { isBatchFile: true }),
      { kind: 'name-unsafe', by: 'cmd' },
    ],
    ['a name with a space, by cmd.exe', refusalOf(entry, 'a b', { isBatchFile: true }), undefined],
    [
      'a server to be approved',
      refusalOf(entry, 'a', { approval: 'pending' }),
      { kind: 'pending' },
    ],
    ['a rejected one', refusalOf(entry, 'a', { approval: 'rejected' }), { kind: 'rejected' }],
    [
      'one that another scope hides',
      refusalOf(entry, 'a', { otherScope: 'local' }),
      { kind: 'other-scope', scope: 'local' },
    ],
    ['one of a plugin', refusalOf(entry, 'a', { place: 'plugin' }), { kind: 'plugin' }],
    [
      'one in a file that is not read',
      refusalOf(entry, 'a', { place: 'unread' }),
      { kind: 'file-not-read' },
    ],
    [
      'what has to change in the entry before what has to be approved',
      refusalOf({ command: 'x' }, 'a', { approval: 'pending' }),
      { kind: 'no-oauth', transport: 'stdio' },
    ],
  ];
  rows.forEach(([title, refusal, expected]) => {
    it(`${title}: ${expected ? JSON.stringify(expected) : 'none'}`, () => {
      assert.deepEqual(refusal, expected);
    });
  });

  it('of a duplicate name is the earlier entry', () => {
    const text = '{"mcpServers":{"a":{"type":"http","url":"https://h"},"a":{"command":"x"}}}';
    const [first] = parseMcpConfig(text).servers;
    assert.ok(first);
    assert.deepEqual(findSignInRefusal(first, free), { kind: 'later-entry' });
  });

  it('has a sentence and at most one button each, on one line whatever the name', () => {
    const { server } = parse({ command: 'x' }, `n\n\u202e${'x'.repeat(500)}`);
    const found = rows.flatMap(([, refusal]) => refusal ?? []);
    for (const refusal of found) {
      const { sentence, fix } = describeSignInRefusal(refusal, server);
      assert.match(sentence, /^[^\n\u202e]{30,420}\.$/, refusal.kind);
      assert.ok(fix === undefined || fix.label.length < 80);
    }
    assert.equal(new Set(found.map(({ kind }) => kind)).size, 14);
  });

  it('by a header is mended by removing it, and nothing else', () => {
    const removed = (headers: object) => {
      const { server, text } = parse({ ...entry, headers });
      const refusal = findSignInRefusal(server, free);
      assert.ok(refusal);
      const { fix } = describeSignInRefusal(refusal, server);
      assert.ok(fix?.action.kind === 'edit');
      const after: unknown = JSON.parse(applyEdits(text, fix.action.edits));
      return after;
    };
    assert.deepEqual(
      [removed({ Authorization: 'Bearer x' }), removed({ authorization: 'x', 'X-A': 'a' })],
      [{ mcpServers: { a: entry } }, { mcpServers: { a: { ...entry, headers: { 'X-A': 'a' } } } }],
    );
  });
});
