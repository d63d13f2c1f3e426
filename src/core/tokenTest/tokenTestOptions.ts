import type { TestCircumstances } from './testCircumstances';

/** What one run does beside the usual. */
export interface TokenTestOptions {
  /** After `tools/list`, calls a tool that cannot exist, to see whether calls are open as well. */
  readonly probeToolCall?: boolean;
  /** Does not verify the certificate of the server; a person has to ask for it each time. */
  readonly insecure?: boolean;
  /** What whoever starts the test knows. */
  readonly circumstances?: TestCircumstances;
}
