import { oneLine } from '../base/text';
import { hasRepeatedParameter, isAuthorizationResponse } from './authorizationResponse';

/** What the user pasted, or a sentence that says what it is instead and what to paste. */
export type PastedRedirect =
  | { readonly kind: 'answer'; readonly parameters: URLSearchParams }
  | { readonly kind: 'unusable'; readonly sentence: string };

const maxLength = 16 * 1024;

/** Whatever a message or a terminal puts around an address or, where it breaks lines, into it. */
const wrapping = /^[\s"'`<(]+|[\s"'`>)]+$|[\r\n]+\s*/g;

/**
 * Reads the address that the browser ended at, for a redirect that no program receives. It takes one
 * answer: after it, or for another state or redirect URI, a new reader is needed.
 *
 * @param redirectUri As sent; its own query, if it has one, is no part of the answer.
 */
export function createRedirectPaste(
  redirectUri: string,
  state: string,
): (text: string) => PastedRedirect {
  let isUsed = false;
  return (text) => {
    if (isUsed) {
      return unusable('This sign-in has had its answer. Start a new one.');
    }
    const read = readRedirect(text, new URL(redirectUri), state);
    isUsed = read.kind === 'answer';
    return read;
  };
}

function readRedirect(given: string, expected: URL, state: string): PastedRedirect {
  const start = `${expected.protocol}//${expected.host}${expected.pathname}`;
  const wanted = `Paste the whole address that the browser shows after you signed in. It starts with ${start}`;
  const text = given.slice(0, maxLength + 1).replace(wrapping, '');
  // Some browsers copy an address without its scheme.
  const isShort = text.startsWith(`${expected.host}${expected.pathname}`);
  const pasted = isShort ? `${expected.protocol}//${text}` : text;
  if (pasted === '') {
    return unusable(`Nothing was pasted. ${wanted}`);
  }
  if (pasted.length > maxLength) {
    return unusable(`This is too long for an address. ${wanted}`);
  }
  if (/^[?#]?(?:code|state|error|iss)=/.test(pasted)) {
    return unusable(`This is the end of the address alone. ${wanted}`);
  }
  if (!/^[a-z][a-z\d+.-]*:\/\//i.test(pasted) || !URL.canParse(pasted)) {
    return unusable(
      /^\S{4,}$/.test(pasted)
        ? `This looks like the code alone. ${wanted}`
        : `This is no address. ${wanted}`,
    );
  }
  const url = new URL(pasted);
  if (url.searchParams.has('response_type') || url.searchParams.has('code_challenge')) {
    return unusable(
      `This is the address of the sign-in page. Open it, sign in, then come back. ${wanted}`,
    );
  }
  if (!leadsBack(url, expected)) {
    return unusable(`This address belongs to ${oneLine(url.host || url.protocol, 80)}. ${wanted}`);
  }
  return readAnswer(url, expected, state, wanted);
}

function readAnswer(url: URL, expected: URL, state: string, wanted: string): PastedRedirect {
  const parameters = new URLSearchParams(url.search);
  [...expected.searchParams.keys()].forEach((name) => parameters.delete(name));
  if (parameters.size === 0) {
    return unusable(
      url.hash === ''
        ? `This address has no answer in it: what follows the "?" is missing. ${wanted}?…`
        : 'The answer stands behind "#", where it is for pages in the browser alone. The server does not answer as it was asked to.',
    );
  }
  if (hasRepeatedParameter(parameters)) {
    return unusable(
      'This address has a part twice, as no server writes it. Start the sign-in again.',
    );
  }
  if (!parameters.has('state')) {
    return unusable(
      `This address has no "state" in it, so that it could be anybody's answer. ${wanted}`,
    );
  }
  if (parameters.get('state') !== state) {
    return unusable(
      'This address is the answer to another sign-in. Use the page that this one opened.',
    );
  }
  if (!isAuthorizationResponse(parameters)) {
    return unusable(`This address has neither a code nor an error in it. ${wanted}`);
  }
  return { kind: 'answer', parameters };
}

/** Same place, with what the redirect URI has in its own query. */
function leadsBack(url: URL, expected: URL): boolean {
  const parts = ['protocol', 'username', 'password', 'host', 'pathname'] as const;
  return (
    parts.every((part) => url[part] === expected[part]) &&
    [...expected.searchParams].every(([name, value]) => {
      const values = url.searchParams.getAll(name);
      return values.length === 1 && values[0] === value;
    })
  );
}

function unusable(sentence: string): PastedRedirect {
  return { kind: 'unusable', sentence };
}
