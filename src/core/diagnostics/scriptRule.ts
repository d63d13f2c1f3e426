import type { OffsetRange } from '../base/range';
import type { HelperScript } from '../helperScript/helperScript';
import type { Fix, Severity } from './rule';

/** One thing worth saying about a script that prints headers. */
export interface ScriptRule<Id extends string = string> {
  readonly id: Id;
  readonly category: 'helper';
  /** The default; settings may change it. */
  readonly severity: Severity;
  checkScript(script: HelperScript): Iterable<ScriptReport>;
}

/** What a rule says about one place in a script. */
export interface ScriptReport {
  readonly range: OffsetRange;
  /** What is wrong, what the client does with it, what to do. Never a credential. */
  readonly message: string;
  /** Milder than the rule's own, where this case is. */
  readonly severity?: Severity;
  /** Computed when asked for; the first is the one to prefer. */
  readonly fixes?: () => readonly Fix[];
}
