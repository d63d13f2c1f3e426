import { findValue, propertiesOf, type JsonNode } from '../../../config/json';
import { removeProperties } from '../../../config/removeProperties';
import type { Fix, Rule } from '../../rule';
import { shown } from '../../words';
import { authorizationHeaders, type AuthorizationHeader } from '../authorizationHeaders';

export const authHeaderBlocksOauth = {
  id: 'auth-header-blocks-oauth',
  category: 'credentials',
  severity: 'information',
  *check({ config }) {
    for (const found of authorizationHeaders(config)) {
      const { server, header } = found;
      const reason = reasonFor(found);
      if (server.transport === 'ws' || reason === undefined) {
        continue;
      }
      yield {
        range: header.nameRange,
        server,
        path: [...server.path, 'headers', header.name],
        message: `The header ${shown(header.name)} turns OAuth off for this server, ${reason} Remove the header to sign in by OAuth.`,
        fixes: () => removeHeader(found),
      };
    }
  },
} satisfies Rule<'auth-header-blocks-oauth'>;

/** Where nobody can have meant it; a header with a token and no "oauth" is a choice. */
function reasonFor({ server, header }: AuthorizationHeader): string | undefined {
  // White space behind a scheme is what `value-whitespace` finds.
  if (/^(?:Bearer|Basic|Token)?$/i.test(header.value.value)) {
    return 'although it carries no credential.';
  }
  return findValue(server.node, 'oauth')?.type === 'object'
    ? 'so what stands in "oauth" is not used.'
    : undefined;
}

/** The one header, or the whole of `headers` where nothing else is in it. */
function removeHeader({ server: { node }, header }: AuthorizationHeader): readonly Fix[] {
  const headers = findValue(node, 'headers');
  if (node === undefined || headers === undefined || isRepeated(headers, header.name)) {
    return [];
  }
  const isOnly = propertiesOf(headers).length === 1;
  const edits = isOnly
    ? removeProperties(node, new Set(['headers']))
    : removeProperties(headers, new Set([header.name]));
  return [{ title: `Remove the header ${shown(header.name)}`, edits, isSafe: false }];
}

function isRepeated(headers: JsonNode, name: string): boolean {
  return propertiesOf(headers).filter(({ key }) => key === name).length > 1;
}
