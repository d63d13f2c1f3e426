/**
 * What is known of a file that a configuration names, without reading it here: whoever runs the
 * rules has looked before.
 */
export type FileFact =
  | { readonly kind: 'missing' }
  | {
      readonly kind: 'file';
      readonly isExecutable: boolean;
      /** Whether git leaves it alone; `undefined` outside a repository or where git is not there. */
      readonly isIgnored?: boolean;
      /** Of a text that rules read, such as a script. */
      readonly text?: string;
    };

/** Where rules ask about files. */
export interface FileFacts {
  /**
   * @param path as written: absolute, or relative to the folder of the configuration
   * @returns `undefined` where nothing can be told
   */
  look(path: string): FileFact | undefined;
}

/** Nothing can be told: text from standard input, or a workspace that is not trusted. */
export const unknownFiles: FileFacts = { look: () => undefined };
