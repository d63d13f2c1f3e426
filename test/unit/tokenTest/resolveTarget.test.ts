import assert from 'node:assert/strict';
import { parseMcpConfig } from '../../../src/core/config/parseMcpConfig';
import {
  requiredVariables,
  resolveRemote,
  resolveTarget,
} from '../../../src/core/tokenTest/resolveTarget';
import { localValues } from '../../../src/core/tokenTest/resolveLocal';
import { createRedactor } from '../../../src/core/tokenTest/redaction';
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

  it('has of a header written twice the last one', () => {
    const { headers } = resolve(
      '{"type":"http","url":"https://h.example","headers":{"A":"one","A":"two"}}',
    );
    assert.deepEqual(headers, [{ name: 'A', value: 'two', secretNames: [] }]);
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
