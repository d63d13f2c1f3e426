import type { Rule } from '../rule';
import { authSchemeMissing } from './auth-scheme-missing/rule';
import { fieldTypeWrong } from './field-type-wrong/rule';
import { fileTooLarge } from './file-too-large/rule';
import { jsonInvalid } from './json-invalid/rule';
import { secretLiteral } from './secret-literal/rule';
import { serverCommandMissing } from './server-command-missing/rule';
import { serverNameReserved } from './server-name-reserved/rule';
import { serverNotObject } from './server-not-object/rule';
import { serverTypeMissing } from './server-type-missing/rule';
import { serverTypeUnknown } from './server-type-unknown/rule';
import { serverUrlMissing } from './server-url-missing/rule';
import { serversKeyMissing } from './servers-key-missing/rule';
import { urlInsecure } from './url-insecure/rule';
import { variableSyntaxForeign } from './variable-syntax-foreign/rule';
import { variableUnset } from './variable-unset/rule';

/** The catalogue, in the order in which a reader learns it: loading, credentials, variables. */
export const rules = [
  jsonInvalid,
  fileTooLarge,
  serversKeyMissing,
  serverNotObject,
  serverNameReserved,
  serverTypeMissing,
  serverTypeUnknown,
  serverUrlMissing,
  serverCommandMissing,
  fieldTypeWrong,
  secretLiteral,
  urlInsecure,
  authSchemeMissing,
  variableUnset,
  variableSyntaxForeign,
] as const satisfies readonly Rule[];
