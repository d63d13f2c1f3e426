import type { CommittedFact } from '../secrets/secretHistory';

/**
 * What is known of a file that a configuration names, without reading it here: whoever runs the
 * rules has looked before.
 */
export type FileFact =
  | { readonly kind: 'missing' }
  | {
      readonly kind: 'file';
      /** `undefined` where the system has no such right. */
      readonly isExecutable?: boolean;
      /** Whether an ignore file of its repository names it; `undefined` outside of one. */
      readonly isIgnored?: boolean;
      /** Of a script. */
      readonly text?: string;
      /** The names in a `.env` whose values are credentials; never a value. */
      readonly credentials?: readonly string[];
    };

/** Where rules ask about files. */
export interface FileFacts {
  /**
   * @param path as `referencedFiles` names it: absolute, or relative to the folder of the
   *   configuration
   * @returns `undefined` where nothing can be told
   */
  look(path: string): FileFact | undefined;
  /**
   * Where a stretch of the configuration, as written, also stands in the history of its repository;
   * `undefined` where it does not. Absent where nobody asked for it.
   */
  readonly committed?: (text: string) => CommittedFact | undefined;
}

/** Nothing can be told: text from standard input, or a workspace that is not trusted. */
export const unknownFiles: FileFacts = { look: () => undefined };
