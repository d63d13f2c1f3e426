import { visit } from 'jsonc-parser';

/** What Claude Code keeps of one sign-in, without its tokens. */
export interface Login {
  readonly hasAccessToken: boolean;
  readonly hasRefreshToken: boolean;
  /** Milliseconds since 1970. */
  readonly expiresAt?: number;
  readonly issuer?: string;
  /** Granted scopes with spaces between, as in OAuth. */
  readonly scope?: string;
}

/** By the key that `loginKey` gives. */
export type Logins = ReadonlyMap<string, Login>;

interface Found {
  hasAccessToken: boolean;
  hasRefreshToken: boolean;
  expiresAt?: number;
  issuer?: string;
  scope?: string;
}

/**
 * The sign-ins in the text of a `.credentials.json`. Of a token it is only seen whether it is empty:
 * the text is walked through and no tree of it is built. Any text gives an answer.
 */
export function readLogins(text: string): Logins {
  const logins = new Map<string, Found>();
  visit(text, {
    onObjectBegin(_offset, _length, _line, _character, path) {
      const [top, key] = path();
      if (path().length === 2 && top === 'mcpOAuth' && key !== undefined) {
        logins.set(detached(String(key)), { hasAccessToken: false, hasRefreshToken: false });
      }
    },
    onLiteralValue(value: unknown, _offset, _length, _line, _character, path) {
      const [top, key, name] = path();
      const login = logins.get(String(key));
      if (top === 'mcpOAuth' && path().length === 3 && login !== undefined) {
        note(login, String(name), value);
      }
    },
  });
  return logins;
}

function note(login: Found, field: string, value: unknown): void {
  switch (field) {
    case 'accessToken':
      login.hasAccessToken = typeof value === 'string' && value !== '';
      break;
    case 'refreshToken':
      login.hasRefreshToken = typeof value === 'string' && value !== '';
      break;
    case 'expiresAt':
      if (typeof value === 'number') {
        login.expiresAt = value;
      }
      break;
    case 'issuer':
    case 'scope':
      if (typeof value === 'string') {
        login[field] = detached(value);
      }
      break;
  }
}

/** A copy: a part of a string may keep the whole of it in memory, tokens included. */
function detached(text: string): string {
  return new TextDecoder().decode(new TextEncoder().encode(text));
}
