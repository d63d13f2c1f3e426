import assert from 'node:assert/strict';
import { parseMcpConfig } from '../../../src/core/config/parseMcpConfig';
import {
  requiredVariables,
  resolveRemote,
  resolveTarget,
} from '../../../src/core/tokenTest/resolveTarget';
import { localValues } from '../../../src/core/tokenTest/resolveLocal';
import { createRedactor } from '../../../src/core/tokenTest/redaction';
import { findRefusal } from '../../../src/core/tokenTest/refusal';
import { initializeRequest } from '../../../src/core/tokenTest/tokenTestRequest';

const values: Readonly<Record<string, string>> = {
  HOST: 'acme.example',
  PATH_TOKEN: 'hunter-password',
  NEST: '${TOKEN}',
  TOKEN: 'inner-value',
  NPM_TOKEN: 'kept-away',
};

function serverOf(entry: string) {
  const [server] = parseMcpConfig(`{"mcpServers":{"a":${entry}}}`).servers;
  assert.ok(server);
  return server;
}

const lookup = (name: string) => values[name];
const resolve = (entry: string) => resolveRemote(serverOf(entry), lookup, 'http');

describe('the target of a test', () => {
  it('is expanded as Claude Code does it: url once, headers twice, kept names empty', () => {
    const { url, headers } = resolve(
      '{"type":"http","url":"https://${HOST}/${NEST}","headers":{"A":"${NEST}","B":"x${NPM_TOKEN:-d}y","C":"${UNSET:-${TOKEN}}","D":"${UNSET}"}}',
    );
    assert.deepEqual(
      { url, values: headers.map(({ value }) => value) },
      {
        url: 'https://acme.example/${TOKEN}',
        values: ['inner-value', 'xy', 'inner-value', '${UNSET}'],
      },
    );
  });

  it('names every variable that a header comes from, through the second expansion too', () => {
    const { headers } = resolve(
      '{"type":"http","url":"https://h.example","headers":{"A":"${NEST}","C":"${UNSET:-${TOKEN}}"}}',
    );
    assert.deepEqual(
      headers.map(({ secretNames }) => secretNames),
      [
        ['NEST', 'TOKEN'],
        ['UNSET', 'TOKEN'],
      ],
    );
  });

  it('keeps what a variable brought into the url out of what is recorded', () => {
    const target = resolve('{"type":"http","url":"https://h.example/${PATH_TOKEN}/mcp"}');
    const recorded = createRedactor(target).request(initializeRequest(target));
    assert.equal(target.url, 'https://h.example/hunter-password/mcp');
    assert.ok(!JSON.stringify(recorded).includes('hunter'));
  });

  describe('keeps out of what is recorded', () => {
    const secrets: Readonly<Record<string, string>> = {
      MCP_URL: 'HTTP://127.1:8080/u/hunter-two-secret/mcp?t=short&ok=1',
      ANN: 'joe',
      PASS: 'hunter-two',
      BASIC: Buffer.from('joe:pässwort').toString('base64'),
    };
    const cases: readonly (readonly [what: string, entry: object, echo: string, shown: string])[] =
      [
        [
          'the path of a url in a variable',
          { url: '${MCP_URL}' },
          'no /u/hunter-two-secret/mcp here',
          'no ••• here',
        ],
        ['a piece of that path', { url: '${MCP_URL}' }, 'no user hunter-two-secret', 'no user •••'],
        [
          'that url as curl sends it',
          { url: '${MCP_URL}' },
          'at http://127.0.0.1:8080/u/hunter-two-secret/mcp?t=short&ok=1 now',
          'at ••• now',
        ],
        [
          'one variable of a header',
          { headers: { 'X-Login': '${ANN}:${PASS}' } },
          'bad password hunter-two',
          'bad password •••',
        ],
        [
          'a quoted parameter',
          { headers: { Authorization: 'Token token="${PASS}"' } },
          'bad hunter-two.',
          'bad •••.',
        ],
        [
          'a password in UTF-8 that Basic encodes',
          { headers: { Authorization: 'Basic ${BASIC}' } },
          'bad pässwort',
          'bad •••',
        ],
        [
          'user and password of the url as Basic encodes them',
          { url: 'http://joe:pw12@h.example' },
          `{"a":"Basic ${Buffer.from('joe:pw12').toString('base64')}"}`,
          '{"a":"Basic •••"}',
        ],
        [
          'the parameter code',
          { url: 'https://h.example/?code=hunter-two' },
          'key hunter-two',
          'key •••',
        ],
        [
          'the parameter sig',
          { url: 'https://h.example/?sig=hunter%2Btwo' },
          'sig hunter+two',
          'sig •••',
        ],
        [
          'a literal credential under another name',
          { headers: { 'X-Upstream': 'Bearer correct-horse-battery' } },
          'got correct-horse-battery',
          'got •••',
        ],
        [
          'the default of a private name',
          { url: 'https://h.example/${API_KEY:-hunter-two}/' },
          'no hunter-two',
          'no •••',
        ],
      ];
    for (const [what, entry, echo, shown] of cases) {
      it(what, () => {
        const server = serverOf(
          JSON.stringify({ type: 'http', url: 'https://h.example', ...entry }),
        );
        const target = resolveRemote(server, (name) => secrets[name], 'http');
        const redactor = createRedactor(target);
        const recorded = JSON.stringify(redactor.request(initializeRequest(target)));
        assert.equal(redactor.text(echo), shown);
        assert.doesNotMatch(recorded, /hunter|pw12|battery|wort/);
      });
    }

    it('a word in the value of a variable that looks like a reference', () => {
      const held: Readonly<Record<string, string>> = {
        T: 'ab${Sup3r-Secret-Rest',
        U: 'ab${secretpart}c',
      };
      const server = serverOf(
        '{"type":"http","url":"https://h.example","headers":{"A":"Bearer ${T}","B":"Bearer ${U}"}}',
      );
      const target = resolveRemote(server, (name) => held[name], 'http');
      assert.deepEqual(
        [target.headers.map(({ secretNames }) => secretNames), findRefusal(target)],
        [[['T'], ['U']], { kind: 'variable-unresolved', where: 'header B', variable: 'U' }],
      );
    });
  });

  it('has of a header written twice the last one', () => {
    const { headers } = resolve(
      '{"type":"http","url":"https://h.example","headers":{"A":"one","A":"two"}}',
    );
    assert.deepEqual(
      headers.map(({ name, value, secretNames }) => [name, value, secretNames]),
      [['A', 'two', []]],
    );
  });

  it('asks for the variables that have no default and are not kept from servers', () => {
    const server = serverOf(
      '{"type":"http","url":"https://${HOST}/${X:-y}","headers":{"A":"${TOKEN}${HOST}${NPM_TOKEN}"}}',
    );
    assert.deepEqual(requiredVariables(server), ['HOST', 'TOKEN']);
  });

  describe('of a local server', () => {
    const start = (entry: string) => {
      const target = resolveTarget(serverOf(entry), lookup, '/shop');
      assert.ok(target.transport === 'stdio');
      return target;
    };

    it('is expanded once, and references without a value stay', () => {
      const { command, args, env, folder } = start(
        '{"command":"${HOST}-x","args":["${NEST}","${UNSET}","${UNSET:-d}","a b"],"env":{"A":"${NPM_TOKEN}","B":"1","B":"${TOKEN}"}}',
      );
      assert.deepEqual(
        {
          texts: [command, ...args].map(({ text }) => text),
          env: env.map(({ name, text, written }) => [name, text, written]),
          unresolved: args.map(({ unresolved }) => unresolved),
          folder,
        },
        {
          texts: ['acme.example-x', '${TOKEN}', '${UNSET}', 'd', 'a b'],
          env: [
            ['A', 'kept-away', '${NPM_TOKEN}'],
            ['B', 'inner-value', '${TOKEN}'],
          ],
          unresolved: [[], ['UNSET'], [], []],
          folder: '/shop',
        },
      );
    });

    it('knows what has to stay out of what is recorded', () => {
      const target = start(
        '{"command":"${HOST}","args":["--header=X: ${PATH_TOKEN}","--api-key","kQ7vB2mX9pL4wZ8t"],"env":{"MY_SECRET":"plum-jam","MODE":"quiet","DEBUG":"${FLAG:-true}"}}',
      );
      assert.deepEqual(localValues(target), [
        'acme.example',
        'hunter-password',
        'kQ7vB2mX9pL4wZ8t',
        'plum-jam',
      ]);
    });

    it('knows the password within a url', () => {
      const url = 'postgres://joe:hunter-two@db.example/shop';
      const server = serverOf('{"command":"node","env":{"DATABASE_URL":"${DATABASE_URL}"}}');
      const target = resolveTarget(server, () => url, '/shop');
      assert.ok(target.transport === 'stdio');
      assert.ok(localValues(target).includes('hunter-two'));
    });

    it('asks for the variables of command, args and env that a local server gets', () => {
      const server = serverOf(
        '{"command":"${RUN}","args":["${X:-y}","${RUN}","${NPM_TOKEN}"],"env":{"A":"${TOKEN}","B":"${MCP_CLIENT_SECRET}"},"url":"${NOT}"}',
      );
      assert.deepEqual(requiredVariables(server), ['RUN', 'NPM_TOKEN', 'TOKEN']);
    });
  });

  it('has the transport of the entry', () => {
    const transports = ['http', 'streamable-http', 'sse', 'ws'].map((type) => {
      const server = serverOf(`{"type":"${type}","url":"https://h.example"}`);
      return resolveTarget(server, lookup, '/shop').transport;
    });
    assert.deepEqual(transports, ['http', 'http', 'sse', 'ws']);
  });
});
