/** What git knows of a file: `unknown` where there is a repository and git does not answer. */
export type GitStatus = 'ignored' | 'tracked' | 'not-ignored' | 'no-repository' | 'unknown';

/** A file for credentials on this machine, such as `.env`. */
export interface PrivateFiles {
  /** The text of the file; `undefined` where there is none. */
  read(path: string): Promise<string | undefined>;
  /** All or nothing: an interrupted write leaves the old file. A new file is for its owner alone. */
  write(path: string, text: string): Promise<void>;
  gitStatus(path: string): Promise<GitStatus>;
}
