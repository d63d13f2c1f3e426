import type { ScriptRule } from '../scriptRule';
import { helperCacheWorldReadable } from './helper-cache-world-readable/rule';
import { helperNetworkWithoutTimeout } from './helper-network-without-timeout/rule';
import { helperNoFailFast } from './helper-no-fail-fast/rule';
import { helperOutputNotObject } from './helper-output-not-object/rule';
import { helperPrintsSecretToLog } from './helper-prints-secret-to-log/rule';
import { helperSecretLiteral } from './helper-secret-literal/rule';
import { helperSlowerThanLimit } from './helper-slower-than-limit/rule';

/** What is looked for in the scripts that `headersHelper` runs. */
export const scriptRules = [
  helperOutputNotObject,
  helperNetworkWithoutTimeout,
  helperSlowerThanLimit,
  helperNoFailFast,
  helperSecretLiteral,
  helperPrintsSecretToLog,
  helperCacheWorldReadable,
] as const satisfies readonly ScriptRule[];
