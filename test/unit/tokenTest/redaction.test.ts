import assert from 'node:assert/strict';
import { createRedactor, createTextRedactor } from '../../../src/core/tokenTest/redaction';
import type { RemoteTarget } from '../../../src/core/tokenTest/tokenTestTarget';
import { exchangeWith } from './exchanges';
import { assertLinear } from '../../support/growth';

const token = 'pa/ss&w+rd"é';
const target: RemoteTarget = {
  transport: 'http' as const,
  serverName: 'tracker',
  url: 'https://ann:s%65same@tracker.example/mcp?api_key=plum&team=red',
  headers: [
    { name: 'Authorization', value: `Bearer ${token}`, secretNames: ['API_TOKEN'] },
    { name: 'Cookie', value: 'sid=crumble; theme=dark', secretNames: [] },
    { name: 'X-Team', value: 'red', secretNames: [] },
  ],
};
const redactor = createRedactor(target);

describe('taking credentials out of text', () => {
  const base64 = (text: string) => Buffer.from(text).toString('base64');
  const utf8 = encodeURIComponent(token);
  const hidden: readonly (readonly [form: string, text: string])[] = [
    ['as it is', token],
    ['in other letter case', token.toUpperCase()],
    ['percent-encoded', utf8],
    ['percent-encoded twice', encodeURIComponent(utf8)],
    ['percent-encoded in full, in small letters', '%70%61%2f%73%73%26%77%2b%72%64%22%c3%a9'],
    ['in a JSON string', JSON.stringify(token).slice(1, -1).replace('/', '\\/')],
    ['in a JSON string, escaped to ASCII', 'pa\\u002fss\\u0026w\\u002brd\\u0022\\u00e9'],
    ['in HTML', 'pa&#x2F;ss&amp;w&#43;rd&quot;&#233;'],
    ['after a wrong decoding', token.replace('é', '\ufffd')],
    ['a value in the query of the url', 'plum'],
    ['a cookie', 'crumble'],
    ['the password in the url', 'sesame'],
  ];
  for (const [form, text] of hidden) {
    it(form, () => {
      assert.equal(redactor.values(`a ${text} b`), 'a ••• b');
    });
  }

  for (const before of ['', 'u', 'us', 'user:']) {
    it(`in base64, behind ${JSON.stringify(before)}`, () => {
      const text = redactor.values(`<${base64(`${before}${token} and more`)}>`);
      assert.match(text, /^<\w{0,8}•••>$/u);
    });
  }

  it('the user and password that Basic encodes', () => {
    const value = `Basic ${base64('ann:open-sesame')}`;
    const basic = createRedactor({
      ...target,
      headers: [{ name: 'Authorization', value, secretNames: [] }],
    });
    assert.equal(basic.values('denied: open-sesame'), 'denied: •••');
  });

  it('a long value to its end', () => {
    const long = 'aB3'.repeat(3000);
    const headers = [{ name: 'X-Key', value: long, secretNames: [] }];
    assert.equal(createRedactor({ ...target, headers }).values(`(${long}" b`), '(•••" b');
  });

  const others: readonly (readonly [
    what: string,
    value: string,
    text: string,
    expected: string,
  ])[] = [
    [
      'JSON within JSON',
      'hun"ter\\two',
      JSON.stringify(JSON.stringify('hun"ter\\two')),
      '"\\"•••\\""',
    ],
    ['JSON, escaped as surrogates', 'pass\u{1f600}word', '"pass\\ud83d\\ude00word"', '"•••"'],
    [
      'what stands behind a quote in a long value',
      `${'a1'.repeat(25)}'tail`,
      `got ${'a1'.repeat(25)}'tail.`,
      'got •••.',
    ],
    [
      'what stands behind a space in a long value',
      'correct horse '.repeat(6),
      `(${'correct horse '.repeat(6)})`,
      '(•••)',
    ],
    [
      'the beginning of a long value',
      'q9'.repeat(40),
      `${'q9'.repeat(30)}… is wrong`,
      '••• is wrong',
    ],
    ['a value behind a backslash', 'name-of-cat', 'C:\\name-of-cat', 'C:\\•••'],
    ['a value with what looks like an escape', 'ab%41\\u0041', 'got ab%41\\u0041', 'got •••'],
  ];
  for (const [what, value, text, expected] of others) {
    it(what, () => {
      assert.equal(createTextRedactor([value]).values(text), expected);
    });
  }

  it('takes time that grows with the text for many and long values that are nearly in it', () => {
    const cookies = Array.from({ length: 40 }, (_, index) => `${'x'.repeat(40)}${index}secret`);
    const many = createTextRedactor([
      ...cookies,
      cookies.join('; '),
      '"key": "value",'.repeat(2000),
    ]);
    for (const part of ['x', '%25', '\\', '&#0', 'x'.repeat(39) + ' ']) {
      assertLinear(1 << 15, (size) => {
        const text = part.repeat(size / part.length);
        assert.equal(many.values(text), text);
      });
    }
  });

  const shapes: readonly (readonly [text: string, expected: string])[] = [
    ['/cb?code=abc&state=x', '/cb?code=•••&state=x'],
    [
      '{"access_token": "a\\"b", "token_type":"Bearer"}',
      '{"access_token": "•••", "token_type":"Bearer"}',
    ],
    ['id ' + 'ghp_' + 'a1B2'.repeat(9), 'id •••'],
    ['tool mcp__tracker__list_pull_requests', 'tool mcp__tracker__list_pull_requests'],
    ['2025-11-25', '2025-11-25'],
    ["{'password': 'x y', 'passphrase': 'z'}", "{'password': '•••', 'passphrase': '•••'}"],
    ['"{\\"authorization\\":\\"Basic eA==\\"}"', '"{\\"authorization\\":\\"•••\\"}"'],
    [
      'SMTP_PASS=a MYSQL_PWD=b GITHUB_PAT=c PWD=/d',
      'SMTP_PASS=••• MYSQL_PWD=••• GITHUB_PAT=••• PWD=/d',
    ],
    ['DATABASE=postgres://joe:pw@db/x', 'DATABASE=postgres://•••@db/x'],
  ];
  for (const [text, expected] of shapes) {
    it(`by name and shape: ${expected}`, () => {
      assert.equal(redactor.text(text), expected);
    });
  }

  it('a target without credentials leaves text as it is', () => {
    const plain = createRedactor({
      transport: 'http' as const,
      serverName: 's',
      url: 'http://h/',
      headers: [],
    });
    assert.equal(plain.values('nothing to hide'), 'nothing to hide');
  });
});

describe('what is kept of a request and its answer', () => {
  it('headers in their written form, the url without its credentials', () => {
    const { url, headers } = target;
    const session = { name: 'Mcp-Session-Id', value: 'abc' };
    assert.deepEqual(redactor.request({ method: 'DELETE', url, headers: [session, ...headers] }), {
      method: 'DELETE',
      url: 'https://•••@tracker.example/mcp?api_key=•••&team=red',
      headers: [
        ['Mcp-Session-Id', '•••'],
        ['Authorization', 'Bearer ${API_TOKEN}'],
        ['Cookie', '•••'],
        ['X-Team', 'red'],
      ],
    });
  });

  it('an answer with its private headers and every echo hidden', () => {
    const exchange = exchangeWith({
      headers: [
        ['Set-Cookie', 'a=b'],
        ['mcp-session-id', 'abc'],
        ['WWW-Authenticate', `Bearer error_description="${token}"`],
        ['x-crumble', 'of a cookie'],
      ],
      body: `you sent ${token}`,
      curlMessage: `no route to ${token}`,
    });
    assert.deepEqual(redactor.exchange(exchange), {
      ...exchange,
      headers: [
        ['Content-Type', 'application/json'],
        ['Set-Cookie', '•••'],
        ['mcp-session-id', '•••'],
        ['WWW-Authenticate', 'Bearer error_description="•••"'],
        ['x-•••', 'of a cookie'],
      ],
      body: 'you sent •••',
      curlMessage: 'no route to •••',
    });
  });
});
