/** @see RFC 6749 §3.1: "parameters MUST NOT be included more than once" */
export function hasRepeatedParameter(parameters: URLSearchParams): boolean {
  const names = [...parameters.keys()];
  return new Set(names).size < names.length;
}

/** @see RFC 6749 §4.1.2 */
export function isAuthorizationResponse(parameters: URLSearchParams): boolean {
  return parameters.has('code') || parameters.has('error');
}
