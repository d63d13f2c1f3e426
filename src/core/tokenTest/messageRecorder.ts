import type { TextRedactor } from './redaction';
import type { MessageStep } from './sender';
import type { StepName } from './tokenTestOutcome';

/** Keeps what may be kept of the messages of a run. */
export interface MessageRecorder {
  /** Starts the clock of a step; the function that it gives back records the step. */
  begin(name: StepName, sent: string): (received: string) => void;
  /** Text of the other side without anything private. */
  text(text: string): string;
  /** The same without the credentials of the run only. */
  values(text: string): string;
}

/** How much of a message is looked at, and how much is kept of it, in characters. */
const readLength = 64 * 1024;
export const keptLength = 4096;

/** @param now epoch milliseconds */
export function createMessageRecorder(
  redactor: TextRedactor,
  now: () => number,
  keep: (step: MessageStep) => void,
): MessageRecorder {
  return {
    begin(name, sent) {
      const startedAt = now();
      return (received) =>
        keep({
          kind: 'message',
          name,
          sent: excerpt(redactor, sent),
          received: excerpt(redactor, received),
          durationMs: now() - startedAt,
        });
    },
    text: redactor.text,
    values: redactor.values,
  };
}

/** Cut far behind what is kept first; masks may be so short that what is kept reaches there. */
function excerpt(redactor: TextRedactor, text: string): string {
  const clean =
    text.length > readLength ? redactor.beginning(text.slice(0, readLength)) : redactor.text(text);
  return clean.length > keptLength ? `${clean.slice(0, keptLength)}…` : clean;
}
