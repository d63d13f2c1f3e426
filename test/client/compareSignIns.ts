import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { loginKey } from '../../src/core/claudeCode/loginKey';
import { loginState, type LoginState } from '../../src/core/claudeCode/loginState';
import { findLostLogin } from '../../src/core/claudeCode/lostLogin';
import { readLogins } from '../../src/core/claudeCode/readLogins';
import { parseMcpConfig } from '../../src/core/config/parseMcpConfig';
import { startDemoServers } from '../demo/servers/startDemoServers';
import { walkAuthorization } from '../demo/walkAuthorization';
import type { ClaudeCode } from './claudeCode';

const environment = {
  TEAM: '${OTHER}',
  OTHER: 'other',
  NPM_TOKEN: 'blanked',
  // Python's, for the terminal.
  LANG: 'C.UTF-8',
};

/** What the client says of a server in each state of ours. */
const statusOf: Readonly<Partial<Record<LoginState['kind'], RegExp>>> = {
  'signed-in': /Connected/,
  'will-refresh': /Connected/,
  expired: /Needs authentication/,
  'signed-out': /Needs authentication/,
  never: /Needs authentication/,
  lost: /Needs authentication/,
};

/**
 * Has the real client sign in to the demo server through its browser flow, expire, be edited and
 * sign out, and compares what it then says with what we read from its file. Nothing leaves the machine.
 * @returns the differences, in words
 */
export async function compareSignIns(client: ClaudeCode): Promise<readonly string[]> {
  const demo = await startDemoServers({ autoApprove: true });
  try {
    const differences: string[] = [];
    const headers = { 'X-Team': '${TEAM}', 'X-Blank': '${NPM_TOKEN}', 'X-None': '${NONE:-d}' };
    const name = '-odd "name";$(id) é';
    const entry = { type: 'http', url: demo.url('oauth'), headers };
    const edited = { ...entry, headers: { ...headers, 'X-Team': 'new' } };
    const compare = async (title: string, expected: LoginState['kind'], now: object = entry) => {
      const ours = await predict(client, { [name]: now }, { [name]: entry });
      const said = await client.stateOf({ [name]: now }, name, environment);
      if (ours !== expected || statusOf[ours]?.test(said) !== true) {
        differences.push(`${title}: expected ${expected}, read ${ours}, and it says ${said}`);
      }
    };
    await compare('before', 'never');
    // What it leaves of a server that it only asked is no sign-in.
    await compare('after it was asked', 'never');
    await client.signIn(name, environment, async (authorizationUrl) => {
      const answer = await fetch(await walkAuthorization(authorizationUrl));
      await answer.text();
    });
    await compare('signed in', 'signed-in');
    await compare('with another header', 'lost', edited);
    await compare('as before', 'signed-in');
    await changeLogins(client, { expiresAt: Date.now() - 1000 });
    await compare('expired, with a refresh token', 'will-refresh');
    await changeLogins(client, { expiresAt: Date.now() - 1000, refreshToken: undefined });
    await compare('expired, without one', 'expired');
    await client.signOut(name, environment);
    await compare('signed out', 'never');
    return differences;
  } finally {
    await demo.stop();
  }
}

/** As in the servers view, for the one server of `now` that was `before`. */
async function predict(client: ClaudeCode, now: object, before: object): Promise<string> {
  const logins = readLogins(await readFile(client.credentials, 'utf8').catch(() => '{}'));
  const keyed = (mcpServers: object) => {
    const { servers, text } = parseMcpConfig(JSON.stringify({ mcpServers }));
    const [server] = servers;
    if (server === undefined) {
      throw new RangeError('There is no server.');
    }
    const key = loginKey(server, lookUp, sha256);
    if (key.kind !== 'key') {
      throw new RangeError('There is no key.');
    }
    return { key: key.key, server, text };
  };
  const current = keyed(now);
  const login = logins.get(current.key);
  const loss =
    login?.hasAccessToken === true
      ? undefined
      : findLostLogin(current, [keyed(before)], new Set([current.key]), logins);
  return loss ? 'lost' : loginState({ kind: 'read', login }, Date.now()).kind;
}

function lookUp(name: string): string | undefined {
  return Object.entries(environment).find(([key]) => key === name)?.[1];
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Lets time pass for it. */
async function changeLogins(client: ClaudeCode, fields: object): Promise<void> {
  const kept = JSON.parse(await readFile(client.credentials, 'utf8')) as {
    readonly mcpOAuth: Readonly<Record<string, object>>;
  };
  const entries = Object.entries(kept.mcpOAuth).map(([key, login]) => [
    key,
    { ...login, ...fields },
  ]);
  const mcpOAuth = Object.fromEntries(entries) as object;
  await writeFile(client.credentials, JSON.stringify({ ...kept, mcpOAuth }));
}
