import assert from 'node:assert/strict';
import { parseMcpConfig } from '../../../src/core/config/parseMcpConfig';
import { places } from '../../../src/core/config/place';
import {
  decided,
  describeHandover,
  handedOver,
  planHandover,
  type HandoverInput,
} from '../../../src/core/variables/handover';
import { neededVariables } from '../../../src/core/variables/neededVariables';
import { assertLinear } from '../../support/growth';

function input(
  name: string,
  kept?: string,
  found?: readonly [value: string, source: string, isFinal?: boolean],
  hasDefault = false,
): HandoverInput {
  return {
    variable: { name, hasDefault, servers: ['a'] },
    kept: kept === undefined ? undefined : { value: kept, source: 'the OS keychain' },
    found: found && { value: found[0], source: found[1], isFinal: found[2] ?? false },
  };
}

const window = "this window's environment";
const settings = '~/.claude/settings.json';

describe('what Claude Code is opened with', () => {
  const plan = planHandover([
    input('KEPT', 'k'),
    input('SAME', 's', ['s', window]),
    input('FOUND', undefined, ['f', window]),
    input('EMPTY', '', ['', window]),
    input('OTHER', 'mine', ['theirs', window]),
    input('SETTING', 'mine', ['theirs', settings, true]),
    input('NOWHERE'),
    input('DEFAULTED', undefined, undefined, true),
    input('LD_PRELOAD', '/w/evil.so'),
    input('Path', '/w', ['/bin', window]),
    input('TEMPLATE', 'a${env:HOME}b'),
    input('NUL', 'a\0b'),
    input('HUGE', 'é'.repeat(65_534)),
    input('DOLLAR', '$HOME ${open'),
  ]);

  it('is what it would not find by itself, and never in the place of another value', () => {
    assert.deepEqual(
      plan.map(({ name, kind }) => `${name} ${kind}`),
      [
        'KEPT given',
        'SAME found',
        'FOUND found',
        'EMPTY found',
        'OTHER conflict',
        'SETTING overruled',
        'NOWHERE missing',
        'LD_PRELOAD refused',
        'Path refused',
        'TEMPLATE refused',
        'NUL refused',
        'HUGE refused',
        'DOLLAR given',
      ],
    );
    assert.deepEqual(handedOver(plan), { KEPT: 'k', DOLLAR: '$HOME ${open' });
  });

  for (const name of [
    ...['NODE_EXTRA_CA_CERTS', 'NODE_TLS_REJECT_UNAUTHORIZED', 'ANTHROPIC_BASE_URL', 'EDITOR'],
    ...['CLAUDE_CODE_USE_BEDROCK', 'GIT_SSH_COMMAND', 'https_proxy', 'SSL_CERT_FILE', 'PYTHONPATH'],
  ]) {
    it(`is never steered by ${name}`, () => {
      assert.deepEqual(
        planHandover([input(name, 'x')]).map(({ kind }) => kind),
        ['refused'],
      );
    });
  }

  for (const name of ['GITHUB_TOKEN', 'GIT_TOKEN', 'NODE_AUTH_TOKEN', 'PROXY_TOKEN', 'HOMEPAGE']) {
    it(`has ${name}, which steers nothing`, () => {
      assert.deepEqual(handedOver(planHandover([input(name, 'x')])), { [name]: 'x' });
    });
  }

  it('is told in time linear in a value', () => {
    assertLinear(6_000, (size) => {
      const value = '${'.repeat(size);
      assert.deepEqual(handedOver(planHandover([input('OPEN', value)])), { OPEN: value });
    });
  });

  it('has another value only when a person decides so', () => {
    assert.equal(handedOver(decided(plan, true))['OTHER'], 'mine');
    assert.equal('OTHER' in handedOver(decided(plan, false)), false);
  });

  it('is told by name', () => {
    const lines = describeHandover(decided(plan, false));
    assert.deepEqual(lines, [
      'This terminal has KEPT, DOLLAR from the OS keychain. Other terminals do not.',
      'SETTING is set in ~/.claude/settings.json, and Claude Code takes it from there.',
      'NOWHERE has no value anywhere.',
      'LD_PRELOAD is not handed over: it decides which programs run, or to whom Claude Code talks.',
      'Path is not handed over: it decides which programs run, or to whom Claude Code talks.',
      'TEMPLATE is not handed over: its value has a "${…}", which VS Code replaces in the environment of a terminal.',
      'NUL is not handed over: its value has a NUL character, which no environment can hold.',
      'HUGE is not handed over: its value is too long for an environment.',
    ]);
    assert.deepEqual(describeHandover([]), ['Nothing was handed over to this terminal.']);
  });
});

describe('the variables that a configuration needs', () => {
  it('are those that Claude Code expands and does not keep back', () => {
    // Of the two entries `c` the later one counts.
    const text = JSON.stringify({
      mcpServers: {
        a: {
          type: 'http',
          url: 'https://${HOST:-h.example}/mcp',
          headers: { A: 'Bearer ${TOKEN}', B: '${NPM_TOKEN}', C: '${TOKEN:-x}' },
          headersHelper: 'echo ${IN_HELPER}',
        },
        b: {
          command: 'run',
          args: ['$SHELL_ONLY', '${env:OTHER}', '${CLAUDE_PROJECT_DIR}'],
          env: { X: '${NPM_TOKEN}', Y: '${TOKEN}', Z: '${CLAUDE_CODE_OAUTH_TOKEN}' },
        },
        c: { command: '${OLD}' },
      },
    }).replace('"c":', '"c": {"command": "${SHADOWED}"}, "c":');
    assert.deepEqual(neededVariables(parseMcpConfig(text), '/w'), [
      { name: 'HOST', hasDefault: true, servers: ['a'] },
      { name: 'TOKEN', hasDefault: false, servers: ['a', 'b'] },
      { name: 'NPM_TOKEN', hasDefault: false, servers: ['b'] },
      { name: 'OLD', hasDefault: false, servers: ['c'] },
    ]);
  });

  it('are in the file of a user those of all folders and of the one that is opened', () => {
    const text = JSON.stringify({
      mcpServers: { a: { command: '${ALL}' } },
      projects: {
        '/w': { mcpServers: { b: { command: '${HERE}' } } },
        '/v': { mcpServers: { c: { command: '${ELSEWHERE}' } } },
      },
    });
    const config = parseMcpConfig(text, places.user);
    assert.deepEqual(
      neededVariables(config, '/w').map(({ name }) => name),
      ['ALL', 'HERE'],
    );
  });
});
