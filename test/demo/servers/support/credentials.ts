import { randomBytes } from 'node:crypto';

/** What the demo servers accept. Made anew at each start and shown to nobody. */
export interface DemoCredentials {
  readonly bearerToken: string;
  readonly apiKey: string;
  readonly apiSecret: string;
  readonly stdioToken: string;
}

export function createCredentials(given: Partial<DemoCredentials> = {}): DemoCredentials {
  return {
    bearerToken: randomSecret('bearer'),
    apiKey: randomSecret('key'),
    apiSecret: randomSecret('secret'),
    stdioToken: randomSecret('stdio'),
    ...given,
  };
}

/** The variables a demo workspace refers to. `DEMO_OLD_TOKEN` is one that no server accepts. */
export function credentialVariables(credentials: DemoCredentials): Record<string, string> {
  return {
    DEMO_BEARER_TOKEN: credentials.bearerToken,
    DEMO_API_KEY: credentials.apiKey,
    DEMO_API_SECRET: credentials.apiSecret,
    DEMO_STDIO_TOKEN: credentials.stdioToken,
    DEMO_OLD_TOKEN: randomSecret('old'),
  };
}

function randomSecret(kind: string): string {
  return `demo_${kind}_${randomBytes(18).toString('base64url')}`;
}
