import assert from 'node:assert/strict';
import {
  environmentProxy,
  isExcluded,
  proxyCredentials,
  routeBySetting,
} from '../../../src/core/tokenTest/curlProxy';

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
      'not for its exceptions',
      'http://a.t.example/',
      { http_proxy: proxy, no_proxy: 'x, .t.example' },
      undefined,
    ],
    ['not for anything', 'http://t.example/', { http_proxy: proxy, NO_PROXY: '*' }, undefined],
  ];
  for (const [situation, url, env, expected] of rows) {
    it(situation, () => {
      const found = environmentProxy(url, env);
      assert.equal(found && `${found.host} ${found.from}`, expected);
    });
  }

  it('an exception is a whole name', () => {
    assert.deepEqual(
      ['t.example', 'a.t.example', 'not.example', '[::1]'].map((host) =>
        isExcluded(host, 't.example,::1'),
      ),
      [true, true, false, true],
    );
  });
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

  for (const url of ['', 'file:///etc/passwd', 'http://', 'javascript://x']) {
    it(`is none: ${JSON.stringify(url)}`, () => {
      assert.equal(routeBySetting({ url, noProxy: [] }, {}), undefined);
    });
  }
});

it('the credential of a proxy is known in the forms in which it may come back', () => {
  assert.deepEqual(proxyCredentials([proxy, 'p:1']), [
    'ann:s%65same',
    'ann:sesame',
    's%65same',
    'sesame',
    btoa('ann:sesame'),
  ]);
});
