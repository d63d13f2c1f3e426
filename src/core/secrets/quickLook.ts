import { readCredentialName } from './credentialNames';
import { mayHoldKnownShape } from './knownShapes';
import { slotName, type SecretSlot } from './secretMatch';

/**
 * Whether a string surely holds neither a credential nor a placeholder, told without taking it
 * apart. Most strings are plain words, plain addresses or references. `false` tells nothing.
 */
export function isSurelyPlain(value: string, slot: SecretSlot): boolean {
  if (mayHoldKnownShape(value)) {
    return false;
  }
  if (slot.kind === 'argument' && value.startsWith('-')) {
    return !hasStructure(value);
  }
  if (isNamedAsCredential(slot)) {
    return value.length < 3 || /^(?:[A-Za-z]{1,20} )?\$\{[A-Za-z_]\w*\}$/.test(value);
  }
  return !hasStructure(value) || (value.length < 2000 && plainUrl.test(value));
}

function isNamedAsCredential(slot: SecretSlot): boolean {
  if (slot.kind === 'argument') {
    const before = slot.args[slot.index - 1];
    return (
      before?.startsWith('-') === true &&
      (/^-(?:u|-(?:proxy-)?user)$/.test(before) || readCredentialName(before) !== undefined)
    );
  }
  const name = slotName(slot);
  return name !== undefined && readCredentialName(name) !== undefined;
}

/** No user, no parameter, and no segment long enough to be a key by itself. */
const plainUrl = /^[a-z]{2,10}:\/\/[A-Za-z0-9.:-]*(?:\/[A-Za-z0-9._-]{0,13})*$/;

const structural = new Uint8Array(128);
for (const character of ' \t\n\r\v\f=:{["\'\\$;,@<') {
  structural[character.charCodeAt(0)] = 1;
}

/** Whether anything stands in it that separates a name from a value or one part from another. */
function hasStructure(value: string): boolean {
  for (let index = 0; index < value.length; index++) {
    const code = value.charCodeAt(index);
    if (code >= 128 || structural[code] === 1) {
      return true;
    }
  }
  return false;
}
