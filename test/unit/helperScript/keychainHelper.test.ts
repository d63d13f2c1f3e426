import assert from 'node:assert/strict';
import {
  keychainAccounts,
  keychainDeletion,
  keychainHelper,
} from '../../../src/core/helperScript/keychainHelper';

describe('what a helper keeps in the keychain', () => {
  it('is found by its account, once, in the helper as it is written', () => {
    const header = { name: 'Authorization', before: 'Bearer ', after: '', account: 'GITHUB_TOKEN' };
    assert.deepEqual(keychainAccounts(keychainHelper(header) ?? ''), ['GITHUB_TOKEN']);
    assert.deepEqual(keychainAccounts('sh ./headers.sh -s mcp-auth-2 -a OTHER'), []);
  });

  it('is deleted by a command of its system', () => {
    assert.deepEqual(
      ['linux', 'darwin'].map((platform) => keychainDeletion(platform, 'GITHUB_TOKEN')),
      [
        'secret-tool clear service mcp-auth account GITHUB_TOKEN',
        'security delete-generic-password -s mcp-auth -a GITHUB_TOKEN',
      ],
    );
  });
});
