import assert from 'node:assert/strict';
import {
  environmentProxy,
  proxyCredentials,
  proxyInUse,
  routeBySetting,
} from '../../../src/core/tokenTest/curlProxy';
import { isExcluded } from '../../../src/core/tokenTest/proxyExceptions';

const proxy = 'http://ann:s%65same@proxy.example:3128/';

describe('the proxy of the environment', () => {
  const rows: readonly (readonly [
    situation: string,
    url: string,
    env: Readonly<Record<string, string>>,
    expected: string | undefined,
  ])[] = [
    ['by scheme', 'https://t.example/', { https_proxy: proxy }, 'proxy.example:3128 https_proxy'],
    ['in capitals', 'https://t.example/', { HTTPS_PROXY: proxy }, 'proxy.example:3128 HTTPS_PROXY'],
    ['not in capitals for http', 'http://t.example/', { HTTP_PROXY: proxy }, undefined],
    ['for all schemes', 'http://t.example/', { ALL_PROXY: 'p:1' }, 'p:1 ALL_PROXY'],
    ['an empty one', 'http://t.example/', { http_proxy: '' }, undefined],
    [
      'behind an empty one',
      'https://t.example/',
      { https_proxy: '', HTTPS_PROXY: '', all_proxy: 'p:1' },
      'p:1 all_proxy',
    ],
    ['for a WebSocket', 'ws://t.example/', { http_proxy: 'p:1' }, 'p:1 http_proxy'],
    ['for a secure WebSocket', 'wss://t.example/', { HTTPS_PROXY: 'p:1' }, 'p:1 HTTPS_PROXY'],
    ['by its own scheme alone', 'wss://t.example/', { http_proxy: 'p:1' }, undefined],
    [
      'exceptions in capitals behind empty ones',
      'ws://t.example/',
      { http_proxy: 'p:1', no_proxy: '', NO_PROXY: 't.example' },
      undefined,
    ],
    [
      'not for its exceptions',
      'http://a.t.example/',
      { http_proxy: proxy, no_proxy: 'x, .t.example' },
      undefined,
    ],
    ['not for anything', 'http://t.example/', { http_proxy: proxy, NO_PROXY: '*' }, undefined],
  ];
  for (const [situation, url, env, expected] of rows) {
    it(situation, () => {
      const found = environmentProxy(url, env, '8.5.0');
      assert.equal(found && `${found.host} ${found.from}`, expected);
    });
  }

  // As curl has it before 7.86, and since.
  const exceptions: readonly (readonly [
    host: string,
    list: string,
    version: string,
    expected: boolean,
  ])[] = [
    ['t.example', 't.example,::1', '7.88.1', true],
    ['a.t.example', 't.example,::1', '7.88.1', true],
    ['not.example', 't.example,::1', '7.88.1', false],
    ['t.example', ' .EXAMPLE\t', '7.88.1', true],
    ['t.example', 't.example.', '7.88.1', true],
    ['t.example', 't.example.', '7.85.0', false],
    ['t.example', 'xample', '7.88.1', false],
    ['t.example', '*', '7.88.1', true],
    ['t.example', 'a,*', '7.88.1', false],
    ['t.example', '', '7.88.1', false],
    ['[::1]', 't.example,::1', '7.88.1', true],
    ['[::1]', '[::1]', '7.88.1', false],
    ['10.1.2.3', '10.0.0.0/8', '7.88.1', true],
    ['10.1.2.3', '10.0.0.0/8', '8.5.0-DEV', true],
    ['10.1.2.3', '10.0.0.0/8', '7.85.0', false],
    ['10.1.2.3', '10.1.2.0/24,11.0.0.0/8', '7.86.0', true],
    ['10.1.2.3', '10.1.3.0/24,10.1.2.4/0,10.0.0.0/33', '7.88.1', false],
    ['10.1.2.3', '10.1.2.3/32', '7.88.1', true],
    ['10.1.2.3', '2.3', '7.88.1', false],
    ['10.1.2.3', '2.3', '7.85.0', true],
    ['10.1.2.3', '10.1.2.300/8', '7.88.1', false],
  ];
  for (const [host, list, version, expected] of exceptions) {
    it(`${host} is ${expected ? 'an' : 'no'} exception in ${JSON.stringify(list)} for ${version}`, () => {
      assert.equal(isExcluded(host, list, version), expected);
    });
  }
});

describe('the proxy of the settings', () => {
  it('never stands before this computer, and knows the exceptions of both', () => {
    assert.deepEqual(
      routeBySetting(
        { url: ' proxy.example:3128 ', noProxy: ['*.corp.example', 'a b'] },
        { NO_PROXY: 'other.example' },
      ),
      {
        proxy: 'http://proxy.example:3128',
        noProxy: 'localhost,127.0.0.1,::1,.corp.example,other.example',
      },
    );
  });

  it('stands in the place of that of the environment, with its own exceptions', () => {
    const route = { proxy: 'http://ann:pw@p:1', noProxy: 'localhost,.corp.example' };
    assert.deepEqual(
      ['wss://t.example/mcp', 'wss://a.corp.example/mcp'].map((url) =>
        proxyInUse(url, { https_proxy: proxy }, route, '8.5.0'),
      ),
      [{ host: 'p:1', from: 'http.proxy' }, undefined],
    );
  });

  for (const url of ['', 'file:///etc/passwd', 'http://', 'javascript://x']) {
    it(`is none: ${JSON.stringify(url)}`, () => {
      assert.equal(routeBySetting({ url, noProxy: [] }, {}), undefined);
    });
  }
});

it('the credential of a proxy is known in the forms in which it may come back', () => {
  assert.deepEqual(proxyCredentials([proxy, 'p:1']), ['ann:sesame', 'sesame', btoa('ann:sesame')]);
  assert.deepEqual(proxyCredentials(['http://a%3Ab:s%65same@p:1']), [
    'a:b:sesame',
    'sesame',
    btoa('a:b:sesame'),
  ]);
});
