import { readCredentialName } from '../secrets/credentialNames';

/** Whether a header, a parameter or a property of this name holds something to keep private. */
export function isPrivateName(name: string): boolean {
  const privateWords = /authorization|cookie|token|key|secret|session|passw|credential|signature/i;
  return (
    privateWords.test(name) ||
    /^(?:x-)?auth$|dsn$/i.test(name) ||
    readCredentialName(name) !== undefined
  );
}

/** The same for a parameter of a url, in which some services have their key as `code`. */
export function isPrivateParameter(name: string): boolean {
  return isPrivateName(name) || name.toLowerCase() === 'code';
}
