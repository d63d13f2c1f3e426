/** How a test came about, as far as Claude Code may be in another situation. All of it is optional. */
export interface TestCircumstances {
  /** Where the values of the variables came from. */
  readonly variables?: readonly UsedVariable[];
  /** The entry has a `headersHelper`, which a test does not run. */
  readonly hasHeadersHelper?: boolean;
}

export interface UsedVariable {
  readonly name: string;
  /** As it stands in a sentence behind "from": `.env`, `your login shell`, `what was typed`. */
  readonly source: string;
  /** Claude Code finds the variable without further ado. */
  readonly isSeenByClaude: boolean;
}
