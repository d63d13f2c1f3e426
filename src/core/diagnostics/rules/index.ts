import type { Rule } from '../rule';
import { authSchemeMissing } from './auth-scheme-missing/rule';
import { envFileTracked } from './env-file-tracked/rule';
import { fieldTypeWrong } from './field-type-wrong/rule';
import { fileTooLarge } from './file-too-large/rule';
import { helperCredentialRemoved } from './helper-credential-removed/rule';
import { helperHeaderCaseClash } from './helper-header-case-clash/rule';
import { helperMissing } from './helper-missing/rule';
import { helperNotExecutable } from './helper-not-executable/rule';
import { helperRelative } from './helper-relative/rule';
import { jsonInvalid } from './json-invalid/rule';
import { mtlsFileMissing } from './mtls-file-missing/rule';
import { secretCommitted } from './secret-committed/rule';
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

/**
 * The catalogue, in the order in which a reader learns it: loading, credentials, variables,
 * helpers, wrappers; what is said of helper scripts is in `scriptRules.ts`.
 */
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
  secretCommitted,
  envFileTracked,
  urlInsecure,
  authSchemeMissing,
  variableUnset,
  variableSyntaxForeign,
  helperMissing,
  helperNotExecutable,
  helperRelative,
  helperCredentialRemoved,
  helperHeaderCaseClash,
  mtlsFileMissing,
] as const satisfies readonly Rule[];
