import { oneLine } from '../../core/base/text';
import { HttpFailure } from '../../core/oauth/ports';

/** What a person can do something about, by the code of Node. */
const causes: Readonly<Record<string, string>> = {
  ENOTFOUND: 'is a name that nobody knows. Check the address and the network',
  EAI_AGAIN: 'could not be looked up. Check the network',
  ECONNREFUSED: 'refuses connections. Nothing listens there, or a firewall is in between',
  ECONNRESET: 'ended the connection before its answer was complete',
  EPIPE: 'ended the connection before its answer was complete',
  EHOSTUNREACH: 'cannot be reached from this network',
  ENETUNREACH: 'cannot be reached from this network',
  ETIMEDOUT: 'does not answer',
};

const tlsCauses: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'has expired',
  CERT_NOT_YET_VALID: 'is not valid yet',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'was signed by nobody but itself',
  SELF_SIGNED_CERT_IN_CHAIN: 'comes from an authority that this machine does not know',
  UNABLE_TO_GET_ISSUER_CERT: 'comes from an authority that this machine does not know',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'comes from an authority that this machine does not know',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'came without the certificates that lead to its authority',
  ERR_TLS_CERT_ALTNAME_INVALID: 'is for another name',
};

/**
 * Puts an error of a request into words. Of its own message nothing is kept: it can quote what a
 * server sent.
 */
export function toHttpFailure(error: unknown, host: string): HttpFailure {
  if (error instanceof HttpFailure) {
    return error;
  }
  const name = oneLine(host);
  const { code: given } = (error ?? {}) as NodeJS.ErrnoException;
  const code = typeof given === 'string' ? given : 'UNKNOWN';
  const tlsCause = tlsCauses[code];
  if (tlsCause !== undefined) {
    return new HttpFailure('tls', `The certificate of ${name} ${tlsCause}. Nothing was sent.`);
  }
  if (/^(?:ERR_TLS_|ERR_SSL_|CERT_|CRL_|UNABLE_TO_|EPROTO$|HOSTNAME_)/.test(code)) {
    const sentence = `No secure connection to ${name} came about (${code}). Nothing was sent.`;
    return new HttpFailure('tls', sentence);
  }
  if (code === 'HPE_HEADER_OVERFLOW') {
    return new HttpFailure('too-large', `${name} sent more than 16 KiB of headers.`);
  }
  if (code.startsWith('HPE_')) {
    return new HttpFailure('unreachable', `${name} does not answer in HTTP (${code}).`);
  }
  const cause = causes[code] ?? `could not be reached (${code})`;
  return new HttpFailure('unreachable', `${name} ${cause}.`);
}
