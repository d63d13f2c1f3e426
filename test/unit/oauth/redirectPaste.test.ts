import assert from 'node:assert/strict';
import { createRedirectPaste } from '../../../src/core/oauth/redirectPaste';

const redirectUri = 'http://127.0.0.1:49152/callback';
const state = 'st4te';
const answer = `${redirectUri}?code=c0de&state=${state}&iss=https%3A%2F%2Fas.example`;

function read(text: string, uri = redirectUri): string {
  const pasted = createRedirectPaste(uri, state)(text);
  return pasted.kind === 'answer' ? pasted.parameters.toString() : pasted.sentence;
}

describe('the address that the browser ended at', () => {
  const parameters = `code=c0de&state=${state}&iss=https%3A%2F%2Fas.example`;
  const denied = `error=access_denied&state=${state}`;
  const good = [
    ['as it is', answer, parameters],
    ['with spaces around it', `  ${answer}\n`, parameters],
    ['in quotes', `"${answer}"`, parameters],
    ['in angle brackets', `<${answer}>`, parameters],
    ['without its scheme', answer.slice(7), parameters],
    ['broken by a terminal', answer.replace('&state', '\n  &state'), parameters],
    ['with the fragment that some servers add', `${answer}#_=_`, parameters],
    ['of a denial', `${redirectUri}?${denied}`, denied],
  ] as const;
  for (const [situation, text, expected] of good) {
    it(`${situation} is read`, () => assert.equal(read(text), expected));
  }

  const wanted = `Paste the whole address that the browser shows after you signed in. It starts with ${redirectUri}`;
  const another = (host: string) => `This address belongs to ${host}. ${wanted}`;
  const bad = [
    ['nothing', ' ', `Nothing was pasted. ${wanted}`],
    ['a book', 'x'.repeat(20_000), `This is too long for an address. ${wanted}`],
    ['the code', 'c0de.A-B_1', `This looks like the code alone. ${wanted}`],
    ['a sentence', 'I am signed in', `This is no address. ${wanted}`],
    ['the query', `?code=c0de&state=${state}`, `This is the end of the address alone. ${wanted}`],
    [
      'the address of the sign-in page',
      'https://as.example/authorize?response_type=code&client_id=a',
      `This is the address of the sign-in page. Open it, sign in, then come back. ${wanted}`,
    ],
    ['another host', answer.replace('127.0.0.1', 'evil.example'), another('evil.example:49152')],
    [
      'another name of this machine',
      answer.replace('127.0.0.1', 'localhost'),
      another('localhost:49152'),
    ],
    ['another port', answer.replace('49152', '49153'), another('127.0.0.1:49153')],
    ['another path', answer.replace('callback', 'callback/'), another('127.0.0.1:49152')],
    ['another scheme', answer.replace('http:', 'https:'), another('127.0.0.1:49152')],
    ['a user name', answer.replace('127', 'a@127'), another('127.0.0.1:49152')],
    ['a script', 'javascript://127.0.0.1/%0aalert(1)', another('127.0.0.1')],
    [
      'no answer',
      redirectUri,
      `This address has no answer in it: what follows the "?" is missing. ${wanted}?…`,
    ],
    [
      'an answer behind #',
      answer.replace('?', '#'),
      'The answer stands behind "#", where it is for pages in the browser alone. The server does not answer as it was asked to.',
    ],
    [
      'a code twice',
      `${answer}&code=d`,
      'This address has a part twice, as no server writes it. Start the sign-in again.',
    ],
    [
      'two states',
      `${answer}&state=x`,
      'This address has a part twice, as no server writes it. Start the sign-in again.',
    ],
    [
      'no state',
      `${redirectUri}?code=c0de`,
      `This address has no "state" in it, so that it could be anybody's answer. ${wanted}`,
    ],
    [
      'the state of another sign-in',
      answer.replace(state, 'other'),
      'This address is the answer to another sign-in. Use the page that this one opened.',
    ],
    [
      'an error of another sign-in',
      `${redirectUri}?error=access_denied&error_description=evil&state=other`,
      'This address is the answer to another sign-in. Use the page that this one opened.',
    ],
    [
      'a state alone',
      `${redirectUri}?state=${state}`,
      `This address has neither a code nor an error in it. ${wanted}`,
    ],
  ] as const;
  for (const [what, text, sentence] of bad) {
    it(`${what} is told`, () => assert.equal(read(text), sentence));
  }

  it('nothing of what was pasted is shown but the host', () => {
    const shown = bad.map(([, text]) => read(text)).join('\n');
    assert.doesNotMatch(shown, /c0de|evil&|client_id/);
  });

  it('a redirect URI with a query, of another scheme', () => {
    const uri = 'vscode://publisher.extension/callback?windowId=3';
    assert.equal(read(`${uri}&code=c0de&state=${state}`, uri), `code=c0de&state=${state}`);
    assert.match(read(`${uri.replace('3', '4')}&code=c0de&state=${state}`, uri), /belongs to/);
  });

  it('one answer is taken, wrong ones before it are not counted', () => {
    const paste = createRedirectPaste(redirectUri, state);
    assert.equal(paste('c0de').kind, 'unusable');
    assert.equal(paste(answer).kind, 'answer');
    assert.deepEqual(paste(answer), {
      kind: 'unusable',
      sentence: 'This sign-in has had its answer. Start a new one.',
    });
  });
});
