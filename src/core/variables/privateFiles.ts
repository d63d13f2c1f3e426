/** What git knows of a file: `unknown` where there is a repository and git does not answer. */
export type GitStatus = 'ignored' | 'tracked' | 'not-ignored' | 'no-repository' | 'unknown';

/** How a careful replacement ended. `backup`: the file may be damaged, its old text is there. */
export type Replacement =
  | { readonly kind: 'replaced' }
  | { readonly kind: 'unchanged'; readonly error: unknown }
  | { readonly kind: 'backup'; readonly path: string; readonly error: unknown };

/** A file for credentials on this machine, such as `.env`. */
export interface PrivateFiles {
  /** The text of the file; `undefined` where there is none. */
  read(path: string): Promise<string | undefined>;
  /** All or nothing: an interrupted write leaves the old file. A new file is for its owner alone. */
  write(path: string, text: string): Promise<void>;
  /**
   * Writes a file that another program lives by: with a copy of what it had beside it for as long,
   * and read back afterwards. Makes its folder, for the owner alone.
   */
  replace(path: string, text: string): Promise<Replacement>;
  gitStatus(path: string): Promise<GitStatus>;
  /**
   * The path to which a link at `path` leads, where that is neither in one of `folders` nor in the
   * folder of `path`; `undefined` where a file is written inside.
   */
  linkedOutside(path: string, folders: readonly string[]): Promise<string | undefined>;
}
