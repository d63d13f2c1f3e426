import type { TestCircumstances } from './testCircumstances';

/** What one run does beside the usual. */
export interface TokenTestOptions {
  /** After `tools/list`, calls a tool that cannot exist, to see whether calls are open as well. */
  readonly probeToolCall?: boolean;
  /** Gives all tools with the outcome, from every page. */
  readonly listTools?: boolean;
  /** The certificate of the server is not verified: for one run that a person was warned of. */
  readonly insecure?: boolean;
  /** What whoever starts the test knows; the rest is added. */
  readonly circumstances?: TestCircumstances;
}
