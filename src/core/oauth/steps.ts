import type { SignInFailure } from './failure';

/** Where a rule stands. */
export interface SpecSection {
  readonly title: string;
  readonly url: string;
}

const mcp = 'https://modelcontextprotocol.io/specification/2026-07-28/basic/authorization';
const rfc = 'https://www.rfc-editor.org/rfc/rfc';

/** What a sign-in does, in the order in which it does it, each with the rule it follows. */
export const steps = {
  challenge: section('RFC 9110 §11.6.1', `${rfc}9110#section-11.6.1`),
  'resource-metadata': section('RFC 9728 §3', `${rfc}9728#section-3`),
  'choose-issuer': section('RFC 9728 §7.6', `${rfc}9728#section-7.6`),
  'server-metadata': section('RFC 8414 §3', `${rfc}8414#section-3`),
  pkce: section('RFC 7636 §4, MCP authorization', `${mcp}/security-considerations`),
  client: section('MCP client registration', `${mcp}/client-registration`),
  review: section('RFC 9700 §4.4', `${rfc}9700#section-4.4`),
  registration: section('RFC 7591 §3', `${rfc}7591#section-3`),
  authorization: section('RFC 6749 §4.1.1', `${rfc}6749#section-4.1.1`),
  'authorization-answer': section('RFC 9207 §2.4', `${rfc}9207#section-2.4`),
  'device-code': section('RFC 8628 §3.1', `${rfc}8628#section-3.1`),
  'token-exchange': section('RFC 8693 §2', `${rfc}8693#section-2`),
  token: section('RFC 6749 §5', `${rfc}6749#section-5`),
  refresh: section('RFC 6749 §6', `${rfc}6749#section-6`),
  revocation: section('RFC 7009 §2', `${rfc}7009#section-2`),
  'step-up': section('RFC 6750 §3.1', `${rfc}6750#section-3.1`),
} as const satisfies Readonly<Record<string, SpecSection>>;

export type StepName = keyof typeof steps;

/** `repeated`: asked again at once, with what the answer demanded. */
export type StepOutcome = 'done' | 'not-there' | 'skipped' | 'repeated' | 'failed';

/** One line of a sign-in report: no body, and no token, code, verifier, state or secret. */
export interface StepRecord {
  readonly step: StepName;
  readonly section: SpecSection;
  readonly request?: {
    readonly method: string;
    /** Without query. */
    readonly url: string;
    /** Names only, of query and body. */
    readonly parameters: readonly string[];
  };
  readonly status?: number;
  /** What was read of the answer, as lines to show. */
  readonly read: readonly (readonly [name: string, value: string])[];
  readonly outcome: StepOutcome;
  /** A sentence to show. */
  readonly remark?: string;
  /** Of a step that failed. */
  readonly failure?: SignInFailure;
}

function section(title: string, url: string): SpecSection {
  return { title, url };
}
