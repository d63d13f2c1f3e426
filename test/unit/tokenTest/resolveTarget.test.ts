import assert from 'node:assert/strict';
import { parseMcpConfig } from '../../../src/core/config/parseMcpConfig';
import { requiredVariables, resolveTarget } from '../../../src/core/tokenTest/resolveTarget';
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

const resolve = (entry: string) => resolveTarget(serverOf(entry), (name) => values[name]);

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
});
