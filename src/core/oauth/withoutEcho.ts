import { isObject } from '../base/jsonObject';
import { parse } from './documents';
import type { OAuthRequest, OAuthResponse } from './ports';

/** What a form may say to anybody; the values of all other parameters are codes, tokens and secrets. */
const openParameters: ReadonlySet<string> = new Set([
  'audience',
  'client_assertion_type',
  'client_id',
  'grant_type',
  'redirect_uri',
  'requested_token_type',
  'resource',
  'scope',
  'subject_token_type',
  'token_type_hint',
]);

/** Shorter ones are no credentials, and taking them out would garble a sentence. */
const minLength = 4;

/**
 * Of a refusal, its error and description, without the credentials that it repeats of the request:
 * servers quote what they could not read, and errors are shown. A success stays as it is.
 */
export function withoutEcho(response: OAuthResponse, request: OAuthRequest): OAuthResponse {
  const json = parse(response.body);
  const fields = isObject(json) ? json : {};
  if (response.status === 200 && fields['error'] === undefined) {
    return response;
  }
  const values = credentialsIn(request);
  const told = ['error', 'error_description'].flatMap((name) => {
    const text = fields[name];
    return typeof text === 'string' ? [[name, without(values, text)]] : [];
  });
  return { ...response, body: JSON.stringify(Object.fromEntries(told)) };
}

/** In every notation that they were sent in, the longest first. */
function credentialsIn({ headers, body = '' }: OAuthRequest): readonly string[] {
  const form = [...new URLSearchParams(body)].filter(([name]) => !openParameters.has(name));
  const [, scheme, credential = ''] = /^(\S+) (.*)$/.exec(headers['authorization'] ?? '') ?? [];
  const secret = scheme === 'Basic' ? atob(credential).replace(/^[^:]*:/, '') : '';
  const decoded = new URLSearchParams(`s=${secret}`).get('s') ?? '';
  const values = [...form.map(([, value]) => value), credential, decoded, headers['dpop'] ?? ''];
  return values
    .filter((value) => value.length >= minLength)
    .flatMap((value) => [
      value,
      value.replaceAll(' ', '+'),
      encodeURIComponent(value),
      new URLSearchParams({ '': value }).toString().slice(1),
    ])
    .sort((one, other) => other.length - one.length);
}

function without(values: readonly string[], text: string): string {
  return values.reduce((rest, value) => rest.replaceAll(value, '…'), text);
}
