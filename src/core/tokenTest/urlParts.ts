import { isPrivateParameter } from './privateNames';

/** What may be private in a url apart from its host, as it stands and decoded; empty for other text. */
export function urlParts(text: string): readonly string[] {
  if (!/^\s*[\w+.-]+:\/\//.test(text) || !URL.canParse(text)) {
    return [];
  }
  const { href, username, password, pathname, search, hash } = new URL(text);
  const segments = pathname.split('/').filter(isTelling);
  const values = [...search.slice(1).split('&'), ...hash.slice(1).split('&')].map((part) =>
    part.slice(part.indexOf('=') + 1),
  );
  const path = segments.length === 0 ? [] : [pathname];
  const found = [href, ...userInfo(username, password), ...path, ...segments];
  return [...found, ...values.filter(isTelling)].flatMap((part) => [part, decodePercent(part)]);
}

/** The credentials in a url whose parts are no secret otherwise. */
export function urlCredentials(text: string): readonly string[] {
  if (!URL.canParse(text)) {
    return [];
  }
  const { username, password, search } = new URL(text);
  const written = search.slice(1).split('&');
  const parameters = written.flatMap((part) => {
    const [name = '', ...value] = part.split('=');
    return isPrivateParameter(decodePercent(name)) ? value.join('=') : [];
  });
  const spaced = parameters.map((value) => value.replaceAll('+', ' '));
  return [...userInfo(username, password), ...parameters, ...spaced.map(decodePercent)];
}

/** Both, and together, as Basic encodes them. */
function userInfo(username: string, password: string): readonly string[] {
  const parts = [username, password].map(decodePercent);
  return password === '' ? parts : [...parts, parts.join(':')];
}

/** Words such as `api` or `mcp` stand in every path; masking them would hide what went wrong. */
function isTelling(part: string): boolean {
  return part.length >= 8 && !/^(?:messages|streamable)$/i.test(part);
}

function decodePercent(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
