import type { Remark } from './remarks';
import type { StepName } from './tokenTestOutcome';

/** What the test of a local server found out besides what any test does. */
export type ProcessOutcome =
  | {
      readonly kind: 'not-started';
      readonly problem: StartProblem;
      /** As it stands in the file, without a credential. */
      readonly command: string;
      /** Of the system, such as `EACCES`. */
      readonly code: string;
      readonly remarks?: readonly Remark[];
    }
  | {
      readonly kind: 'process-ended';
      readonly step: StepName;
      /** Neither code nor signal: it closed its output and went on. */
      readonly code: number | undefined;
      readonly signal: string | undefined;
      /** What it last wrote to stderr, on one line; may be empty. */
      readonly lastWords: string;
      readonly hasEnv: boolean;
      readonly remarks?: readonly Remark[];
    }
  | {
      readonly kind: 'process-silent';
      readonly step: StepName;
      readonly lastWords: string;
      readonly remarks?: readonly Remark[];
    }
  | {
      readonly kind: 'process-flooded';
      readonly step: StepName;
      readonly remarks?: readonly Remark[];
    };

export type StartProblem =
  | 'command-not-found'
  /** The text of `command` has arguments behind the name of the program. */
  | 'command-holds-arguments'
  | 'not-executable'
  | 'folder-missing'
  | 'other';
