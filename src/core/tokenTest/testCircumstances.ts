import type { HttpConditions } from './httpRunner';
import type { TokenTestTarget } from './tokenTestTarget';

/** How a test came about, as far as Claude Code may be in another situation. All of it is optional. */
export interface TestCircumstances {
  readonly transport?: TokenTestTarget['transport'];
  readonly conditions?: HttpConditions;
  /** The certificate was not verified in this run. */
  readonly isUnverified?: boolean;
  /** Where the values of the variables came from. */
  readonly variables?: readonly UsedVariable[];
  /** The entry has a `headersHelper`, which a test does not run. */
  readonly hasHeadersHelper?: boolean;
  /** The entry is of a project, and the user has not approved it in Claude Code. */
  readonly isApprovalPending?: boolean;
}

export interface UsedVariable {
  readonly name: string;
  /** As it stands in a sentence behind "from": `.env`, `your login shell`, `what was typed`. */
  readonly source: string;
  /** Claude Code finds the variable without further ado. */
  readonly isSeenByClaude: boolean;
}
