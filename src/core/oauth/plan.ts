import type { ClientChoice } from './client';
import type { Discovered } from './discovery';
import { isSameOrBelow } from './urlPolicy';

/** Rules that a server cannot keep to, allowed for it alone and off by default. */
export interface ServerExceptions {
  readonly omitResource?: boolean;
  readonly allowMissingPkceMetadata?: boolean;
}

export type ExceptionName = keyof ServerExceptions;

export interface PlannedException {
  readonly name: ExceptionName;
  /** Why somebody may need it, and what it costs. */
  readonly reason: string;
}

const exceptionReasons: Readonly<Record<ExceptionName, string>> = {
  omitResource:
    'Microsoft Entra ID answers AADSTS901002 or AADSTS9010010 to the parameter “resource”. ' +
    'Without it a token may be valid for other servers of the same issuer.',
  allowMissingPkceMetadata:
    'Microsoft Entra ID supports PKCE and does not say so in its metadata. ' +
    'PKCE is used all the same; that the server checks it is not known.',
};

/** What a person is asked before anything is registered and before the browser opens. */
export interface SignInPlan {
  readonly serverUrl: string;
  readonly resourceName?: string;
  readonly issuer: string;
  readonly hosts: readonly PlannedHost[];
  /** None: the server decides. */
  readonly scopes: readonly string[];
  readonly offeredScopes: readonly string[];
  readonly client: 'entered' | 'metadata-document' | 'registered' | 'to be registered';
  readonly clientId?: string;
  readonly exceptions: readonly PlannedException[];
  readonly isDpop: boolean;
}

/** A host that will see the person or the tokens. */
export interface PlannedHost {
  readonly use: 'login' | 'token' | 'registration';
  readonly host: string;
  /** Neither the server's host nor a name below it or above it. */
  readonly isForeign: boolean;
}

/** Those that are on. */
export function exceptionsIn(exceptions: ServerExceptions = {}): readonly PlannedException[] {
  const names: readonly ExceptionName[] = ['omitResource', 'allowMissingPkceMetadata'];
  return names
    .filter((name) => exceptions[name] === true)
    .map((name) => ({ name, reason: exceptionReasons[name] }));
}

/** The hosts of a sign-in, in the order in which they are met. */
export function plannedHosts(
  serverUrl: string,
  { server }: Discovered,
  choice: ClientChoice,
  login: string | undefined,
): readonly PlannedHost[] {
  const own = new URL(serverUrl).hostname;
  const host = (use: PlannedHost['use'], url: string | undefined) => {
    if (url === undefined) {
      return [];
    }
    const { host: name, hostname } = new URL(url);
    return [{ use, host: name, isForeign: !isSameOrBelow(hostname, own) }];
  };
  return [
    ...host('registration', choice.kind === 'register' ? choice.endpoint : undefined),
    ...host('login', login),
    ...host('token', server.tokenEndpoint),
  ];
}
