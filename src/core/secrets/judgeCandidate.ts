import type { Candidate } from './candidate';
import { wordsOf } from './credentialNames';
import { isJwt } from './jwt';
import { isPrivateKey } from './privateKeys';
import {
  hasOpaqueRun,
  isDeliberatelyEmpty,
  isLocation,
  isOrdinaryValue,
  isPublicValue,
} from './knownPublic';
import { isPlaceholder } from './placeholders';
import { commonPasswords } from './placeholderWords';
import { isReference } from './references';

/** What stands in a credential's place. */
export type Verdict = 'secret' | 'placeholder' | 'nothing';

export function judgeCandidate(candidate: Candidate): Verdict {
  const { text, kind } = candidate;
  if (text === '' || isReference(text) || isPublicValue(text)) {
    return 'nothing';
  }
  switch (kind) {
    case 'password':
    case 'connection-string':
      return judgePassword(candidate);
    case 'basic':
      return judgeBasic(text);
    case 'token':
    case 'api-key':
    case 'secret':
    case 'jwt':
    case 'private-key':
    case 'cookie':
    case 'capability-url':
      return judgeToken(candidate);
  }
}

function judgeToken({ text, kind, isVague }: Candidate): Verdict {
  if (isLocation(text) || (isDeliberatelyEmpty(text) && !isPlaceholder(text))) {
    return 'nothing';
  }
  if (isPlaceholder(text)) {
    return 'placeholder';
  }
  if (isJwt(text) || isPrivateKey(text)) {
    return 'secret';
  }
  // Cookies hold spaces between their pairs.
  if (isOrdinaryValue(kind === 'cookie' ? text.replaceAll(' ', '') : text)) {
    return 'nothing';
  }
  return isVague === true && !hasOpaqueRun(text, 8) ? 'nothing' : 'secret';
}

function judgePassword({ text, account, keyName }: Candidate): Verdict {
  if (account?.isLocal === false) {
    const isExample = isPlaceholder(text) && (isPlaceholder(account.user) || !isCommon(text));
    const isUserAndPass = isCommon(text) && /^(?:your_?)?user(?:_?name)?$/i.test(account.user);
    return isExample || isUserAndPass ? 'placeholder' : 'secret';
  }
  // `grafana` for GRAFANA_PASSWORD.
  const known = [account?.user.toLowerCase(), ...wordsOf(keyName ?? '')];
  if (isNumericCode(text, keyName)) {
    return 'secret';
  }
  if (isCommon(text) || known.includes(text.toLowerCase()) || isDeliberatelyEmpty(text)) {
    return 'nothing';
  }
  return isPlaceholder(text) ? 'placeholder' : 'secret';
}

/** Digits are what a code is made of; `123456` and `111111` are nobody's. */
function isNumericCode(text: string, keyName = ''): boolean {
  const isCode = wordsOf(keyName).some((word) => ['pin', 'code', 'passcode'].includes(word));
  return (
    isCode &&
    /^\d{6,12}$/.test(text) &&
    !/^(\d{1,3})\1+$/.test(text) &&
    !'01234567890123'.includes(text) &&
    !'98765432109876'.includes(text)
  );
}

/** `admin`, `postgres123`, `P@ssw0rd!`, `devuser`, `12345`. */
function isCommon(password: string): boolean {
  const stem = password
    .toLowerCase()
    .slice(0, 60)
    .replace(/[\d\W_]{1,5}$/, '');
  return (
    /^\d{1,9}$/.test(password) ||
    [stem, unleet(stem)].some(
      (word) =>
        isTwice(word) ||
        commonPasswords.has(word) ||
        /^[a-z]{1,12}[-_]?(?:password|passwd|pass|pwd)$/.test(word),
    )
  );
}

/** Two common words in one. */
function isTwice(word: string): boolean {
  return [...word].some(
    (_, index) =>
      commonPasswords.has(word.slice(0, index)) &&
      commonPasswords.has(word.slice(index).replace(/^[-_]/, '')),
  );
}

function unleet(text: string): string {
  return text.replaceAll('@', 'a').replaceAll('0', 'o').replaceAll('$', 's');
}

/** The Base64 itself is what would be moved, so that even a poor password in it counts. */
function judgeBasic(text: string): Verdict {
  if (isPlaceholder(text) || /\s/.test(text)) {
    return 'placeholder';
  }
  const password = decodeBase64(text)?.split(':').slice(1).join(':');
  if (password === undefined) {
    return hasOpaqueRun(text, 8) || text.endsWith('=') ? 'secret' : 'nothing';
  }
  const isUserAndPass = /^(?:your_?)?user(?:_?name)?:(?:your_?)?pass(?:word|wd)?$/i;
  return (isPlaceholder(password) && !isCommon(password)) || isUserAndPass.test(atob(text))
    ? 'placeholder'
    : 'secret';
}

function decodeBase64(text: string): string | undefined {
  try {
    return atob(text);
  } catch {
    return undefined;
  }
}
