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
const keptLength = 4096;

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

/** Cut far behind what is kept first: half a credential at the cut would not be known as one. */
function excerpt(redactor: TextRedactor, text: string): string {
  const clean = redactor.text(text.slice(0, readLength));
  return clean.length > keptLength ? `${clean.slice(0, keptLength)}…` : clean;
}
