import type { JsonObject } from '../base/jsonObject';
import { foreign } from './failure';

/** An error as OAuth servers write it, cleaned to be shown. @see RFC 6749 §5.2 */
export interface OAuthError {
  readonly error?: string;
  readonly description?: string;
}

/** Total. */
export function readError({ error, error_description: description }: JsonObject): OAuthError {
  return {
    ...(typeof error === 'string' && { error: foreign(error).slice(0, 80) }),
    ...(typeof description === 'string' && { description: foreign(description) }),
  };
}
