import * as vscode from 'vscode';
import { moveToKeychain } from '../../../core/diagnostics/moveToKeychain';
import { fitsKeychain, keychainService } from '../../../core/helperScript/keychainHelper';
import type { KeychainFailure } from '../../../core/variables/keychain';
import type { Services } from '../../services';
import { UserFacingError } from '../../ui/errorBoundary';
import { chooseName } from '../chooseName';
import type { Destination, Kept, NamedValue } from '../destination';

/** The keychain of the desktop, from which a `headersHelper` in the header's place reads. */
export const keychainHelper: Destination = {
  id: 'keychainHelper',
  label: 'Keychain, read by a headersHelper',
  readers: 'Programs of yours while you are signed in. Claude Code reads it however it is started.',
  actionTitle: (variable) => `Move to the keychain as ${variable}, read by a headersHelper`,
  // Windows has no program that reads its Credential Manager from a command line.
  isAvailable: ({ scheme }) =>
    vscode.workspace.isTrusted && scheme === 'file' && process.platform !== 'win32',
  rewrite: moveToKeychain,
  keep,
};

async function keep(
  values: readonly NamedValue[],
  _config: vscode.Uri,
  { machine: { keychain } }: Services,
  assertUnchanged: () => void,
): Promise<Kept | undefined> {
  const names = values.map(({ variable }) => variable);
  for (const { variable, value } of values) {
    if (!fitsKeychain(value)) {
      throw new UserFacingError(
        `The value of ${variable} has a character that does not come back from the keychain as it is: a quotation mark, a backslash, or one outside of ASCII; or it has more than 2000 of them. Choose another place for it. Nothing was moved.`,
      );
    }
    const answer = await keychain.lookup(variable);
    if (answer.kind === 'failed') {
      throw new UserFacingError(sentenceFor(answer.why));
    }
    const existing = answer.kind === 'found' ? answer.value : undefined;
    const name = await chooseName({
      place: 'The keychain',
      wanted: variable,
      value,
      existing,
      isTaken: () => false,
      // The helper has the name in it.
      isNameFixed: true,
    });
    if (name === undefined) {
      return undefined;
    }
  }
  assertUnchanged();
  const stored: string[] = [];
  for (const { variable, value } of values) {
    const failure = await keychain.store(variable, value);
    if (failure !== undefined) {
      const rest = stored.length > 0 ? ` The keychain has ${stored.join(', ')} by now.` : '';
      throw new UserFacingError(`${sentenceFor(failure)}${rest}`);
    }
    stored.push(variable);
  }
  return {
    names: new Map(names.map((name) => [name, name])),
    message: `${names.length === 1 ? 'The value is' : 'The values are'} in the keychain under ${keychainService} as ${names.join(', ')}. Claude Code runs the headersHelper that reads it in folders that it trusts. Others who use this file keep a value of their own under the same name.`,
  };
}

function sentenceFor(failure: KeychainFailure): string {
  switch (failure) {
    case 'not-installed':
      return 'Nothing was moved: secret-tool, which reaches the keychain, is not installed. Install libsecret-tools (Debian, Ubuntu) or libsecret (Fedora, Arch), or choose another place for the value.';
    case 'refused':
      return 'Nothing was moved: the keychain is locked, was not unlocked, or is not running. Unlock it, or choose another place for the value.';
    case 'no-answer':
      return 'Nothing was moved: the keychain did not answer within two minutes. Unlock it, or choose another place for the value.';
  }
}
