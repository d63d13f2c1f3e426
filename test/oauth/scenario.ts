import type { ClientIdentity, EnteredClient } from '../../src/core/oauth/client';
import type { MachineGrant } from '../../src/core/oauth/machineGrants';

/** What the suite says of a test, as far as a user would configure it. */
export interface Scenario {
  readonly protocolVersion: string;
  readonly entered?: EnteredClient;
  /** Absent: through the browser. */
  readonly grant?: MachineGrant;
}

const metadataDocument = 'https://conformance-test.local/client-metadata.json';

export function identityFor({ entered }: Scenario): Omit<ClientIdentity, 'kept'> {
  return { name: 'MCP Auth Setup', metadataDocument, ...(entered && { entered }) };
}

/** @param environment as the suite sets it */
export function readScenario(environment: NodeJS.ProcessEnv): Scenario {
  const name = environment['MCP_CONFORMANCE_SCENARIO'] ?? '';
  const protocolVersion = environment['MCP_CONFORMANCE_PROTOCOL_VERSION'] ?? '2025-11-25';
  const context = JSON.parse(environment['MCP_CONFORMANCE_CONTEXT'] ?? '{}') as Readonly<
    Record<string, string>
  >;
  const read = readers[name];
  return { protocolVersion, ...read?.((key) => context[key] ?? '') };
}

type Read = (key: string) => string;

const readers: Readonly<Record<string, (read: Read) => Omit<Scenario, 'protocolVersion'>>> = {
  'auth/pre-registration': (read) => ({ entered: withSecret(read) }),
  'auth/client-credentials-basic': (read) => ({
    entered: withSecret(read),
    grant: { kind: 'client-credentials' },
  }),
  'auth/client-credentials-jwt': (read) => ({
    entered: {
      clientId: read('client_id'),
      key: { pem: read('private_key_pem'), algorithm: read('signing_algorithm') },
    },
    grant: { kind: 'client-credentials' },
  }),
  'auth/enterprise-managed-authorization': (read) => ({
    entered: withSecret(read),
    grant: {
      kind: 'enterprise',
      idToken: read('idp_id_token'),
      provider: {
        issuer: read('idp_issuer'),
        clientId: read('idp_client_id'),
        tokenEndpoint: read('idp_token_endpoint'),
      },
    },
  }),
  'auth/wif-jwt-bearer': (read) => ({
    entered: { clientId: read('client_id') },
    grant: { kind: 'workload', assertion: read('valid_jwt') },
  }),
};

function withSecret(read: Read): EnteredClient {
  return { clientId: read('client_id'), clientSecret: read('client_secret') };
}
