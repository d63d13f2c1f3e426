import type { HttpHeader } from './httpRunner';

/** A server as it will be reached or started: every variable has its value. */
export type TokenTestTarget = RemoteTarget | StdioTarget;

export interface RemoteTarget {
  readonly transport: 'http' | 'sse' | 'ws';
  readonly serverName: string;
  readonly url: string;
  /** As it stands in the file, to be shown in its place. */
  readonly writtenUrl?: string;
  /** What variables brought into `url`, and literal credentials: kept out of whatever is recorded. */
  readonly urlValues?: readonly string[];
  /** The variables of `url` without a value; without this list they are read from `url`. */
  readonly unresolved?: readonly string[];
  readonly headers: readonly TargetHeader[];
  /** What else has to stay out of whatever is recorded. */
  readonly otherValues?: readonly string[];
}

export interface TargetHeader extends HttpHeader {
  /** The variables whose values are part of this one, to be shown in its place. */
  readonly secretNames: readonly string[];
  /** What variables and their defaults brought into it, and literal credentials. */
  readonly values?: readonly string[];
  /** The variables without a value; without this list they are read from the value. */
  readonly unresolved?: readonly string[];
}

export interface StdioTarget {
  readonly transport: 'stdio';
  readonly serverName: string;
  readonly command: TargetText;
  readonly args: readonly TargetText[];
  /** The entries of `env`, which come on top of the environment that the process inherits. */
  readonly env: readonly (TargetText & { readonly name: string })[];
  /** The path of the folder in which Claude Code would start it. */
  readonly folder: string;
}

export interface TargetText {
  readonly text: string;
  /** As it stands in the file, to be shown in its place. */
  readonly written: string;
  /** The same with references in the place of values of variables that are named as credentials. */
  readonly shown?: string;
  /** The variables whose values are part of `text`. */
  readonly secretNames: readonly string[];
  /** What has to stay out of whatever is recorded: values of variables, and literal credentials. */
  readonly values?: readonly string[];
  /** The variables without a value: the program gets their references as they are written. */
  readonly unresolved?: readonly string[];
}
