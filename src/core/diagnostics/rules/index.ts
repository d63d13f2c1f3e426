import type { Rule } from '../rule';
import { authBasic } from './auth-basic/rule';
import { authHeaderBlocksOauth } from './auth-header-blocks-oauth/rule';
import { authSchemeDoubled } from './auth-scheme-doubled/rule';
import { authSchemeMissing } from './auth-scheme-missing/rule';
import { commandUnsplit } from './command-unsplit/rule';
import { envFileTracked } from './env-file-tracked/rule';
import { fieldIgnored } from './field-ignored/rule';
import { fieldTypeWrong } from './field-type-wrong/rule';
import { fileNotRead } from './file-not-read/rule';
import { fileTooLarge } from './file-too-large/rule';
import { headerDuplicate } from './header-duplicate/rule';
import { headerNameInvalid } from './header-name-invalid/rule';
import { headerValueInvalid } from './header-value-invalid/rule';
import { helperCredentialRemoved } from './helper-credential-removed/rule';
import { helperHeaderCaseClash } from './helper-header-case-clash/rule';
import { helperMissing } from './helper-missing/rule';
import { helperNotExecutable } from './helper-not-executable/rule';
import { helperRelative } from './helper-relative/rule';
import { jsonInvalid } from './json-invalid/rule';
import { keyDuplicate } from './key-duplicate/rule';
import { mtlsFileMissing } from './mtls-file-missing/rule';
import { oauthInvalid } from './oauth-invalid/rule';
import { remoteWrapperUnneeded } from './remote-wrapper-unneeded/rule';
import { secretCommitted } from './secret-committed/rule';
import { secretDefault } from './secret-default/rule';
import { secretInArgs } from './secret-in-args/rule';
import { secretInUrl } from './secret-in-url/rule';
import { secretLiteral } from './secret-literal/rule';
import { secretPlaceholder } from './secret-placeholder/rule';
import { serverCommandMissing } from './server-command-missing/rule';
import { serverNameCollision } from './server-name-collision/rule';
import { serverNameReserved } from './server-name-reserved/rule';
import { serverNameUnaddressable } from './server-name-unaddressable/rule';
import { serverNotObject } from './server-not-object/rule';
import { serverOutsideServers } from './server-outside-servers/rule';
import { serverTransportMixed } from './server-transport-mixed/rule';
import { serverTypeMissing } from './server-type-missing/rule';
import { serverTypeUnknown } from './server-type-unknown/rule';
import { serverUrlMissing } from './server-url-missing/rule';
import { serversKeyMissing } from './servers-key-missing/rule';
import { transportDeprecated } from './transport-deprecated/rule';
import { urlInsecure } from './url-insecure/rule';
import { urlInvalid } from './url-invalid/rule';
import { urlSchemeWrong } from './url-scheme-wrong/rule';
import { valueWhitespace } from './value-whitespace/rule';
import { variableBlanked } from './variable-blanked/rule';
import { variableDefaultNested } from './variable-default-nested/rule';
import { variableMisspelt } from './variable-misspelt/rule';
import { variableNameInvalid } from './variable-name-invalid/rule';
import { variableNotExpandedHere } from './variable-not-expanded-here/rule';
import { variableOperatorUnsupported } from './variable-operator-unsupported/rule';
import { variablePluginOnly } from './variable-plugin-only/rule';
import { variableSetEmpty } from './variable-set-empty/rule';
import { variableSyntaxForeign } from './variable-syntax-foreign/rule';
import { variableUnset } from './variable-unset/rule';
import { windowsNpxWrapper } from './windows-npx-wrapper/rule';

/**
 * The catalogue, in the order in which a reader learns it: loading, credentials, variables,
 * helpers, wrappers. What is said of helper scripts is in `scriptRules.ts`.
 */
export const rules = [
  jsonInvalid,
  fileTooLarge,
  fileNotRead,
  serversKeyMissing,
  serverNotObject,
  serverNameReserved,
  serverTypeMissing,
  serverTypeUnknown,
  serverUrlMissing,
  serverCommandMissing,
  commandUnsplit,
  fieldTypeWrong,
  serverOutsideServers,
  keyDuplicate,
  serverNameCollision,
  serverNameUnaddressable,
  serverTransportMixed,
  fieldIgnored,
  valueWhitespace,
  urlInvalid,
  urlSchemeWrong,
  headerNameInvalid,
  headerValueInvalid,
  headerDuplicate,
  oauthInvalid,
  transportDeprecated,
  windowsNpxWrapper,
  secretLiteral,
  secretDefault,
  secretPlaceholder,
  secretInArgs,
  secretInUrl,
  secretCommitted,
  envFileTracked,
  urlInsecure,
  authSchemeMissing,
  authSchemeDoubled,
  authBasic,
  authHeaderBlocksOauth,
  variableUnset,
  variableMisspelt,
  variableSetEmpty,
  variableBlanked,
  variableSyntaxForeign,
  variableOperatorUnsupported,
  variableNameInvalid,
  variableDefaultNested,
  variableNotExpandedHere,
  variablePluginOnly,
  helperMissing,
  helperNotExecutable,
  helperRelative,
  helperCredentialRemoved,
  helperHeaderCaseClash,
  remoteWrapperUnneeded,
  mtlsFileMissing,
] as const satisfies readonly Rule[];
