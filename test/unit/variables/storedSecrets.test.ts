import assert from 'node:assert/strict';
import { StoredSecrets, type Keychain } from '../../../src/core/variables/storedSecrets';

/** A keychain that windows share: it answers later, and tells nobody what another one writes. */
class SharedKeychain implements Keychain {
  readonly texts = new Map<string, string>();
  /** Called before a text is stored; what it throws, the keychain throws. */
  beforeStore: (key: string) => unknown = () => undefined;

  async get(key: string): Promise<string | undefined> {
    await Promise.resolve();
    return this.texts.get(key);
  }

  async store(key: string, value: string): Promise<void> {
    await this.beforeStore(key);
    this.texts.set(key, value);
  }

  async delete(key: string): Promise<void> {
    await Promise.resolve();
    this.texts.delete(key);
  }
}

const shop = 'file:///shop';

function namesOf({ names }: StoredSecrets): readonly string[] {
  return names.map(({ scope, name, state }) => `${scope} ${name} ${state}`).sort();
}

describe('the values that people keep', () => {
  it('come back by folder and name, and their names are listed', async () => {
    const keychain = new SharedKeychain();
    const secrets = new StoredSecrets(keychain);
    const value = 'quote " dollar $ line\nüñí';
    await secrets.set(shop, new Map([['TOKEN', value], ['NONE', '']])); // prettier-ignore
    await secrets.set('', new Map([['TOKEN', 'of no folder']]));
    const later = new StoredSecrets(keychain);
    await later.reload();
    assert.deepEqual(namesOf(later), [' TOKEN set', `${shop} NONE empty`, `${shop} TOKEN set`]);
    assert.equal(await later.value({ scope: shop, name: 'TOKEN' }), value);
    assert.equal(await later.value({ scope: '', name: 'TOKEN' }), 'of no folder');
  });

  it('stand in no list', async () => {
    const keychain = new SharedKeychain();
    await new StoredSecrets(keychain).set(shop, new Map([['TOKEN', 'canary']]));
    const lists = [...keychain.texts].filter(([key]) => !key.startsWith('secret:'));
    assert.equal(lists.length, 1);
    assert.ok(!JSON.stringify(lists).includes('canary'));
  });

  it('are kept all or none: what was there before is there again', async () => {
    const keychain = new SharedKeychain();
    const secrets = new StoredSecrets(keychain);
    await secrets.set(shop, new Map([['A', 'old']]));
    const before = new Map(keychain.texts);
    keychain.beforeStore = (key) => {
      if (key.includes('"B"')) {
        throw new Error('locked');
      }
    };
    const both = new Map([['A', 'new'], ['B', 'new']]); // prettier-ignore
    await assert.rejects(secrets.set(shop, both), /locked/);
    assert.deepEqual(keychain.texts, before);
    assert.deepEqual(namesOf(secrets), [`${shop} A set`]);
  });

  it('are not called kept by a keychain that only says so', async () => {
    const keychain = new SharedKeychain();
    keychain.store = async () => undefined;
    await assert.rejects(new StoredSecrets(keychain).set(shop, new Map([['A', 'x']])));
  });

  it('are gone when they are deleted, with their name, in other windows too', async () => {
    const keychain = new SharedKeychain();
    const [here, there] = [new StoredSecrets(keychain), new StoredSecrets(keychain)];
    await here.set(shop, new Map([['A', '1'], ['B', '2']])); // prettier-ignore
    await there.reload();
    const gone = here.names.filter(({ name }) => name === 'A');
    await here.delete(gone);
    await there.reload();
    assert.deepEqual(namesOf(here), [`${shop} B set`]);
    assert.deepEqual(namesOf(there), namesOf(here));
    assert.ok(!JSON.stringify([...keychain.texts]).includes('"1"'));
  });

  it('lose no name when two windows write at the same time', async () => {
    const keychain = new SharedKeychain();
    const [here, there] = [new StoredSecrets(keychain), new StoredSecrets(keychain)];
    const names = Array.from({ length: 20 }, (_, index) => `N${index}`);
    await Promise.all(
      names.map((name, index) => (index % 2 ? here : there).set(shop, new Map([[name, name]]))),
    );
    // As each window does when it hears that the other has written the list.
    await here.reload();
    await there.reload();
    await here.reload();
    assert.deepEqual(namesOf(here), names.map((name) => `${shop} ${name} set`).sort());
    assert.deepEqual(namesOf(there), namesOf(here));
  });

  it('get a name back that another window has overwritten with an older list', async () => {
    const keychain = new SharedKeychain();
    const secrets = new StoredSecrets(keychain);
    await secrets.set(shop, new Map([['A', '1']]));
    keychain.texts.set('secretNames', '[]');
    await secrets.reload();
    const fresh = new StoredSecrets(keychain);
    await fresh.reload();
    assert.deepEqual(namesOf(fresh), [`${shop} A set`]);
  });

  it('survive a list that somebody else has written', async () => {
    for (const text of ['', 'no JSON', '{}', '[1,["a"],[1,2,3],null]', '[["","A","else"]]']) {
      const keychain = new SharedKeychain();
      keychain.texts.set('secretNames', text);
      const secrets = new StoredSecrets(keychain);
      await secrets.reload();
      assert.deepEqual(namesOf(secrets), []);
      await secrets.set('', new Map([['A', '1']]));
      assert.deepEqual(namesOf(secrets), [' A set']);
    }
  });
});
