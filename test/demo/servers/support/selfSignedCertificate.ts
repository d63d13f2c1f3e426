import { generateKeyPairSync, sign } from 'node:crypto';

/** A key and a certificate, both in PEM. */
export interface KeyAndCertificate {
  readonly key: string;
  readonly cert: string;
}

/**
 * For 127.0.0.1 and `hostNames`.
 *
 * Node makes keys but no certificates, so this one is written in DER by hand. Made at each start:
 * no private key lies in the repository.
 * @see RFC 5280 section 4.1
 */
export function createSelfSignedCertificate(...hostNames: readonly string[]): KeyAndCertificate {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const signatureAlgorithm = sequence(objectId('2a8648ce3d040302')); // ecdsa-with-SHA256
  const name = sequence(set(sequence(objectId('550403'), utf8String('127.0.0.1')))); // CN
  const tbsCertificate = sequence(
    tlv(0xa0, integer(2)), // version 3
    integer(1),
    signatureAlgorithm,
    name,
    sequence(generalizedTime('20250101000000Z'), generalizedTime('21250101000000Z')),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    tlv(0xa3, sequence(subjectAltName([127, 0, 0, 1], hostNames))),
  );
  const signature = sign('sha256', tbsCertificate, privateKey);
  const certificate = sequence(tbsCertificate, signatureAlgorithm, bitString(signature));
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: toPem(certificate),
  };
}

function subjectAltName(address: readonly number[], hostNames: readonly string[]): Buffer {
  const ipAddress = tlv(0x87, Buffer.from(address));
  const dnsNames = hostNames.map((name) => tlv(0x82, Buffer.from(name)));
  return sequence(objectId('551d11'), tlv(0x04, sequence(ipAddress, ...dnsNames)));
}

/** One DER value: tag, length, content. */
function tlv(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size = length < 0x80 ? [length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

const sequence = (...parts: readonly Buffer[]): Buffer => tlv(0x30, ...parts);
const set = (...parts: readonly Buffer[]): Buffer => tlv(0x31, ...parts);
const integer = (value: number): Buffer => tlv(0x02, Buffer.from([value]));
const objectId = (hex: string): Buffer => tlv(0x06, Buffer.from(hex, 'hex'));
const utf8String = (value: string): Buffer => tlv(0x0c, Buffer.from(value));
const generalizedTime = (value: string): Buffer => tlv(0x18, Buffer.from(value));
const bitString = (bytes: Buffer): Buffer => tlv(0x03, Buffer.from([0]), bytes);

function toPem(der: Buffer): string {
  const lines = der.toString('base64').replace(/.{64}/g, '$&\n').trimEnd();
  return `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`;
}
