import type { StepName } from './tokenTestOutcome';

/** Where a new credential belongs. */
export function placeOf(variables: readonly string[]): string {
  return variables.length === 0 ? 'into the header' : `where ${variables.join(' and ')} is set`;
}

/** The server's own words, as a sentence. */
export function quoteReason(text: string | undefined): string {
  return text === undefined || text === ''
    ? 'The server gives no reason.'
    : `The server says: "${text}".`;
}

/** For a failure of a later step: that it is not the first contact which failed. */
export function afterOthers(step: StepName): string {
  return step === 'initialize' || step === 'upgrade'
    ? ''
    : ` on ${step}, after initialize had passed`;
}
