import assert from 'node:assert/strict';
import { curlConfig, readMeasurements } from '../../../src/core/tokenTest/curlConfig';
import { findVersionProblem } from '../../../src/core/tokenTest/curlVersion';

const limits = { connectTimeoutMs: 500, maxTimeMs: 30_000 };
const spec = {
  method: 'POST',
  url: 'https://tracker.example/mcp',
  headers: [
    { name: 'Authorization', value: 'Bearer a"b\\c' },
    { name: 'X-Empty', value: '' },
  ],
  body: '{"a":"\\\\"}\n',
} as const;

describe('the configuration for curl', () => {
  it('holds the whole request, quoted, with its limits', () => {
    assert.deepEqual(curlConfig(spec, limits, 'MARK').split('\n'), [
      'silent',
      'show-error',
      'dump-header = "-"',
      'no-buffer',
      'globoff',
      'suppress-connect-headers',
      'proto = "=http,https"',
      'connect-timeout = "0.500"',
      'max-time = "30.000"',
      'write-out = "%{stderr}\\nMARK %{http_code} %{time_namelookup} %{time_connect} %{time_appconnect} %{time_starttransfer} %{time_total} %{size_download}\\n"',
      'url = "https://tracker.example/mcp"',
      'request = "POST"',
      'header = "Authorization: Bearer a\\"b\\\\c"',
      'header = "X-Empty;"',
      'data-raw = "{\\"a\\":\\"\\\\\\\\\\"}\\n"',
      '',
    ]);
  });

  it('never lets a header become two', () => {
    for (const value of ['a\nb', 'a\rb', 'a\0b', 'a“b']) {
      const headers = [{ name: 'X', value }];
      assert.throws(() => curlConfig({ ...spec, headers }, limits, 'MARK'), RangeError);
    }
  });

  it('finds the measurements behind the marker and nowhere else', () => {
    const stderr = 'FAKE 1 1 1 1 1 1 1\ncurl: (28) late\n\nMARK 200 0.1 0.2 0 0.4 0.5 77\n';
    assert.deepEqual(readMeasurements(stderr, 'MARK'), {
      http_code: 200,
      time_namelookup: 0.1,
      time_connect: 0.2,
      time_appconnect: 0,
      time_starttransfer: 0.4,
      time_total: 0.5,
      size_download: 77,
    });
    assert.equal(readMeasurements('curl: (2) no', 'MARK'), undefined);
  });
});

describe('the version of curl', () => {
  const path = '/usr/bin/curl';
  const rows = [
    ['curl 7.68.0 (x86_64-pc-linux-gnu) libcurl/7.68.0', undefined],
    ['curl 8.0.1 (Windows) libcurl/8.0.1', undefined],
    ['curl 10.0.0', undefined],
    ['curl 7.58.0 (x86_64)', { kind: 'too-old', path, version: '7.58.0' }],
    ['GNU Wget 1.21', { kind: 'not-runnable', path }],
    ['', { kind: 'not-runnable', path }],
  ] as const;
  for (const [output, expected] of rows) {
    it(`${JSON.stringify(output.slice(0, 12))}: ${expected?.kind ?? 'will do'}`, () => {
      assert.deepEqual(findVersionProblem(path, output), expected);
    });
  }
});
