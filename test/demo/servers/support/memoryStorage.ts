import { type Adapter, type AdapterFactory, type AdapterPayload } from 'oidc-provider';

export interface MemoryStorage {
  readonly adapter: AdapterFactory;
  /** Lets every access token issued so far expire now. */
  expireAccessTokens(): void;
}

const accessTokens: ReadonlySet<unknown> = new Set(['AccessToken', 'ClientCredentials']);

/**
 * Storage for one authorization server that forgets everything with it. Expired entries may stay:
 * the library looks at their `exp` itself.
 */
export function createMemoryStorage(): MemoryStorage {
  const entries = new Map<string, AdapterPayload>();

  // An arrow function: the library would take any other for a class.
  const adapter = (model: string): Adapter => {
    const key = (id: string): string => `${model}:${id}`;
    return {
      upsert: async (id, payload) => void entries.set(key(id), payload),
      find: async (id) => entries.get(key(id)),
      findByUid: async (uid) =>
        [...entries.values()].find((entry) => entry.kind === model && entry.uid === uid),
      findByUserCode: async (userCode) =>
        [...entries.values()].find((entry) => entry.kind === model && entry.userCode === userCode),
      consume: async (id) => {
        const entry = entries.get(key(id));
        if (entry !== undefined) entry.consumed = Math.floor(Date.now() / 1000);
      },
      destroy: async (id) => void entries.delete(key(id)),
      revokeByGrantId: async (grantId) => {
        for (const [id, entry] of entries) {
          if (entry.kind === model && entry.grantId === grantId) entries.delete(id);
        }
      },
    };
  };

  return {
    adapter,
    expireAccessTokens: () => {
      for (const entry of entries.values()) {
        if (accessTokens.has(entry.kind)) entry.exp = 0;
      }
    },
  };
}
