import { type DemoServer } from './demoServer';
import { bearerProtected } from './support/bearerProtected';
import { createSelfSignedCertificate } from './support/selfSignedCertificate';
import { serveHttp } from './support/serveHttp';

export const selfSigned: DemoServer = {
  name: 'self-signed',
  description: 'Bearer token behind TLS with a certificate that nobody trusts',
  start: (host) =>
    serveHttp(host, () => bearerProtected(host), { tls: createSelfSignedCertificate() }),
};
