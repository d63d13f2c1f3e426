import type { Rule } from '../rule';
import { authBasic } from './auth-basic/rule';
import { authHeaderBlocksOauth } from './auth-header-blocks-oauth/rule';
import { authSchemeDoubled } from './auth-scheme-doubled/rule';
import { authSchemeMissing } from './auth-scheme-missing/rule';
import { fieldTypeWrong } from './field-type-wrong/rule';
import { fileTooLarge } from './file-too-large/rule';
import { jsonInvalid } from './json-invalid/rule';
import { remoteWrapperUnneeded } from './remote-wrapper-unneeded/rule';
import { secretDefault } from './secret-default/rule';
import { secretInArgs } from './secret-in-args/rule';
import { secretInUrl } from './secret-in-url/rule';
import { secretLiteral } from './secret-literal/rule';
import { secretPlaceholder } from './secret-placeholder/rule';
import { serverCommandMissing } from './server-command-missing/rule';
import { serverNameReserved } from './server-name-reserved/rule';
import { serverNotObject } from './server-not-object/rule';
import { serverTypeMissing } from './server-type-missing/rule';
import { serverTypeUnknown } from './server-type-unknown/rule';
import { serverUrlMissing } from './server-url-missing/rule';
import { serversKeyMissing } from './servers-key-missing/rule';
import { urlInsecure } from './url-insecure/rule';
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

/**
 * The catalogue, in the order in which a reader learns it: loading, credentials, variables,
 * wrappers.
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
  secretDefault,
  secretPlaceholder,
  secretInArgs,
  secretInUrl,
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
  remoteWrapperUnneeded,
] as const satisfies readonly Rule[];
