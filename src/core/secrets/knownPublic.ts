import { isPublicJwt } from './jwt';
import { emptyWords } from './placeholderWords';

/** Forms that are made to be published, or identify without opening anything. */
const publicShapes: readonly RegExp[] = [
  /^sb_publishable_/,
  /^pk_(?:live|test)_/,
  /^pk-lf-/,
  /^pk\.eyJ/,
  /^phc_/,
  /^gen-lang-client-\d+$/,
  /\.apps\.googleusercontent\.com$/,
  /^sha(?:256|384|512)[:-]/,
  /^ssh-(?:rsa|ed25519|dss) /,
  /^-----BEGIN (?:PUBLIC KEY|CERTIFICATE|SSH2 PUBLIC KEY)-----/,
];

/** Whether a value in a credential's place may be read by anybody. */
export function isPublicValue(text: string): boolean {
  return publicShapes.some((shape) => shape.test(text)) || isPublicJwt(text);
}

/** Whether a value in a credential's place is something else: a switch, a number, a sentence. */
export function isOrdinaryValue(text: string): boolean {
  return (
    /\s/.test(text) ||
    /^(?:.{0,6}|\d{7})$/.test(text) ||
    // What the documentation of LiteLLM calls its key.
    text === 'sk-1234' ||
    /^[a-z]{7}$/i.test(text) ||
    /^[^\s@:]{1,100}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,5}\.[a-z]{2,10}$/i.test(text) ||
    isPattern(text) ||
    /[^\p{ASCII}]/u.test(text) ||
    isDeliberatelyEmpty(text)
  );
}

/** `none`, `not-needed`, `ollama`: nothing to hide, nothing to fill in. */
export function isDeliberatelyEmpty(text: string): boolean {
  return (
    /^[a-z][a-z\W_]{0,39}$/i.test(text) &&
    text
      .toLowerCase()
      .split(/[^a-z]+/)
      .every((word) => word === '' || emptyWords.has(word))
  );
}

/** A path or an address: where a credential is kept or fetched. */
export function isLocation(text: string): boolean {
  return (
    /^[a-z][a-z0-9+.-]{1,30}:\/\//i.test(text) ||
    /^[A-Za-z_-]{1,40}(?:\/[A-Za-z_-]{1,40}){1,8}$/.test(text) ||
    /^(?:~|\.{1,2}|[A-Za-z]:)[\\/]/.test(text) ||
    (/^\/[\w.-]{1,64}\/[\w.@-]/.test(text) && !/^[A-Za-z0-9+/]{40}$/.test(text)) ||
    /^[^\s=]{1,250}\.(?:json|pem|key|crt|cer|p8|p12|pfx|txt|env|ya?ml|toml|ini|js|py|sh)$/i.test(
      text,
    )
  );
}

/** A regular expression that keys are checked against. */
function isPattern(text: string): boolean {
  return /^\^.*\$$/.test(text) || /\[[^\]]{1,40}\](?:[+*]|\{\d)/.test(text);
}

/**
 * A run of at least `length` letters and digits, mixed as words are not: with a digit before
 * a letter or many behind one, or long and in both cases.
 */
export function hasOpaqueRun(text: string, length: number): boolean {
  return text
    .split(/[^A-Za-z0-9]+/)
    .some(
      (run) =>
        run.length >= length &&
        (/\d[A-Za-z]|[A-Za-z]\d{6}/.test(run) || (/[a-z][A-Z]/.test(run) && run.length >= 16)),
    );
}
