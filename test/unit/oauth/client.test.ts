import assert from 'node:assert/strict';
import {
  authMethodFor,
  chooseClient,
  type ClientIdentity,
  type OAuthClient,
} from '../../../src/core/oauth/client';
import { readServerMetadata } from '../../../src/core/oauth/documents';
import { issuer, now, redirectUri, serverMetadata } from './scriptedServer';

const kept: OAuthClient = {
  issuer,
  clientId: 'kept',
  source: 'registered',
  authMethod: 'none',
  tokenEndpointOrigin: issuer,
  redirectUri,
};
const document = 'https://editor.example/client.json';

describe('the client that signs in', () => {
  const rows: readonly (readonly [string, Partial<ClientIdentity>, object, string])[] = [
    ['is registered where nothing is known', {}, {}, `register ${issuer}/register`],
    ['is asked for where nobody can register', {}, { registration_endpoint: undefined }, 'needed'],
    ['is the one of an earlier registration', { kept: [kept] }, {}, 'client kept'],
    [
      'is the same with another port on loopback',
      { kept: [{ ...kept, redirectUri: 'http://127.0.0.1:1/callback' }] },
      {},
      'client kept',
    ],
    [
      'is not the same with another path',
      { kept: [{ ...kept, redirectUri: 'http://127.0.0.1:1/x' }] },
      {},
      `register ${issuer}/register`,
    ],
    [
      'is not that of another issuer',
      { kept: [{ ...kept, issuer: 'https://other.example' }] },
      {},
      `register ${issuer}/register`,
    ],
    [
      'is not that of an issuer with a slash more',
      { kept: [{ ...kept, issuer: `${issuer}/` }] },
      {},
      `register ${issuer}/register`,
    ],
    [
      'is not one whose secret expired',
      { kept: [{ ...kept, secretExpiresAt: now }] },
      {},
      `register ${issuer}/register`,
    ],
    [
      'is not one of a moved token endpoint',
      { kept: [kept] },
      { token_endpoint: 'https://evil.example/token' },
      `register ${issuer}/register`,
    ],
    [
      'is the metadata document where the issuer takes one',
      { kept: [kept], metadataDocument: document },
      { client_id_metadata_document_supported: true },
      `client ${document}`,
    ],
    [
      'is not the document where the issuer is silent',
      { metadataDocument: document },
      {},
      `register ${issuer}/register`,
    ],
    [
      'is not a document without a path',
      { metadataDocument: 'https://editor.example/' },
      { client_id_metadata_document_supported: true },
      `register ${issuer}/register`,
    ],
    [
      'is first of all the entered one',
      { entered: { clientId: 'mine' }, kept: [kept], metadataDocument: document },
      { client_id_metadata_document_supported: true },
      'client mine',
    ],
    [
      'is refused where the entered one is of another issuer',
      { entered: { issuer: 'https://other.example', clientId: 'mine', clientSecret: 'x' } },
      {},
      'elsewhere https://other.example',
    ],
    [
      'is refused where its token endpoint moved',
      {
        entered: { issuer, clientId: 'mine', clientSecret: 'x' },
        kept: [{ ...kept, clientId: 'mine', source: 'entered' }],
      },
      { token_endpoint: 'https://evil.example/token' },
      `moved ${issuer} https://evil.example`,
    ],
  ];
  for (const [situation, identity, changes, expected] of rows) {
    it(situation, () => {
      const server = readServerMetadata({ ...serverMetadata, ...changes }, issuer, false);
      const choice = chooseClient(server, { name: 'x', kept: [], ...identity }, redirectUri, now);
      const { kind, ...rest } = choice;
      const shown = choice.kind === 'client' ? [choice.client.clientId] : Object.values(rest);
      assert.equal([kind, ...shown].join(' '), expected);
    });
  }
});

describe('how a client proves itself', () => {
  const rows: readonly (readonly [readonly string[] | undefined, string | undefined, string])[] = [
    [undefined, undefined, 'none'],
    [['client_secret_basic'], undefined, 'none'],
    [undefined, 'x', 'client_secret_basic'],
    [['client_secret_post', 'client_secret_basic'], 'x', 'client_secret_basic'],
    [['client_secret_post', 'none'], 'x', 'client_secret_post'],
    [['none'], 'x', 'none'],
    [['tls_client_auth'], 'x', 'client_secret_basic'],
  ];
  for (const [offered, clientSecret, expected] of rows) {
    it(`${clientSecret === undefined ? 'no secret' : 'a secret'}, offered ${offered ?? 'nothing'}`, () => {
      const metadata = { ...serverMetadata, token_endpoint_auth_methods_supported: offered };
      const server = readServerMetadata(metadata, issuer, false);
      const client = clientSecret === undefined ? {} : { clientSecret };
      assert.equal(authMethodFor(client, server), expected);
    });
  }
});
