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
export function afterOthers(step: StepName, passed: readonly StepName[] = []): string {
  if (isFirstStep(step) && passed.length === 0) {
    return '';
  }
  return ` on ${step}, after ${openingOf(passed)}`;
}

/** Each is the first request of a transport. */
const firstSteps: readonly StepName[] = [
  'event stream',
  'initialize',
  'server/discover',
  'upgrade',
];

/** Before it nothing can have been answered. */
export function isFirstStep(step: StepName): boolean {
  return firstSteps.includes(step);
}

/** What a server had answered to before a later step, as a clause in the past. */
function openingOf(passed: readonly StepName[]): string {
  if (passed.includes('server/discover')) {
    return 'server/discover had passed';
  }
  return passed.length === 1 && passed[0] === 'event stream'
    ? 'the event stream had opened'
    : 'initialize had passed';
}

/** Whether an error in words is about who may do something. */
export function isAboutAccess(message: string): boolean {
  return /auth|token|api.?key|credential|permission|forbidden/i.test(message);
}

export function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
