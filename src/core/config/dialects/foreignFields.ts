import { asString, findValue, itemsOf, propertiesOf, type JsonNode } from '../json';
import type { McpServer } from '../mcpConfig';

/** A field that another client or transport reads, and Claude Code passes over without a word. */
export interface ForeignField {
  /** Ends the sentence "Claude Code ignores …" and says what to use instead. */
  readonly instead: string;
  /** Whether anything is lost; without it always. */
  readonly matters?: (value: JsonNode, server: McpServer) => boolean;
  /** A field that is read for the same; where the entry lacks it, another rule names this one. */
  readonly standsFor?: (value: JsonNode) => string | undefined;
  /** The field that is read for the same, and the value there as JSON text where it differs. */
  readonly becomes?: {
    readonly key: string;
    readonly value?: (value: JsonNode) => string | undefined;
  };
}

type Fields = Readonly<Record<string, ForeignField>>;

const isFull = (value: JsonNode) => propertiesOf(value).length + itemsOf(value).length > 0;
const isTrue = (value: JsonNode) => value.value === true;
const isFalse = (value: JsonNode) => value.value === false;
const asks = (value: JsonNode) => isTrue(value) || isFull(value);
const string = (value: JsonNode) => quoted(asString(value)?.value);
const positive = ({ value }: JsonNode, factor = 1) =>
  typeof value === 'number' && Number.isSafeInteger(value * factor) && value > 0
    ? `${value * factor}`
    : undefined;

function quoted(text: string | undefined): string | undefined {
  return text === undefined || text === '' ? undefined : JSON.stringify(text);
}

function sameFor(keys: string, field: ForeignField): Fields {
  return Object.fromEntries(keys.split(' ').map((key) => [key, field]));
}

const disabled = (matters: ForeignField['matters']): ForeignField => ({
  instead: ' and uses this server all the same. Disable it with /mcp in a session.',
  ...(matters && { matters }),
});

/** Switches, permissions, limits: whatever the transport. */
const ofAll: Fields = {
  ...sameFor('disabled isDisabled', disabled(isTrue)),
  ...sameFor('enabled isActive is_active', disabled(isFalse)),
  ...sameFor('autoApprove alwaysAllow autoAllow trust', {
    instead: ': it asks before it uses a tool. Allow tools under "permissions" in its settings.',
    matters: asks,
  }),
  ...sameFor('disabledTools disabled_tools excludeTools', {
    instead: ' and offers every tool. Deny tools under "permissions" in its settings.',
    matters: isFull,
  }),
  ...sameFor('allowedTools allowed_tools enabledTools enabled_tools includeTools', {
    instead: ' and offers every tool. Deny the others under "permissions" in its settings.',
    matters: isFull,
  }),
  ...sameFor('envFile env_file', {
    instead: ' and reads no .env file. Set the variables before it is started.',
  }),
  ...sameFor('transport transportType', {
    instead: ': the transport stands in "type".',
    standsFor: (value) => (['http', 'sse', 'ws'].includes(word(value)) ? 'type' : undefined),
    matters: (value, { transport }) => word(value) !== transport,
  }),
  ...sameFor('timeout_ms timeoutMs', {
    instead: ': the limit for a tool, in milliseconds, is "timeout".',
    becomes: { key: 'timeout', value: (value) => positive(value) },
  }),
  tool_timeout_sec: {
    instead: ': the limit for a tool is "timeout", in milliseconds.',
    becomes: {
      key: 'timeout',
      value: (value) => positive(value, 1000),
    },
  },
  ...sameFor('startup_timeout_sec startup_timeout_ms initTimeout', {
    instead: ': how long it waits for a server is set by the variable MCP_TIMEOUT.',
  }),
};

/** `streamable_http` and `HTTP` mean "http". */
function word(value: JsonNode): string {
  const letters = (asString(value)?.value ?? '').toLowerCase().replace(/[^a-z]/g, '');
  return letters === 'streamablehttp' ? 'http' : letters;
}

const address: Fields = sameFor('serverUrl serverURL httpUrl http_url', {
  instead: ': the address of a remote server is its "url".',
  standsFor: () => 'url',
  matters: (value, { url }) => asString(value)?.value !== url?.value,
});

const ofStdio: Fields = {
  ...ofAll,
  ...address,
  ...sameFor('cwd workingDirectory working_directory workdir', {
    instead:
      ': the program starts in the folder of the session. Write absolute paths in "command" and "args".',
    matters: (value) => !['', '.', './'].includes(asString(value)?.value ?? ''),
  }),
  headers: {
    instead: ' here: a local program gets no headers. Give it what it needs in "env".',
    matters: isFull,
  },
  headersHelper: {
    instead: ' here: a local program gets no headers. Give it what it needs in "env".',
    matters: (value) => asString(value)?.value !== '',
  },
  oauth: {
    instead: ' here: it signs in to servers of type "http" and "sse" only.',
    matters: isFull,
  },
};

const ofWs: Fields = {
  ...ofAll,
  ...address,
  ...sameFor('args env', {
    instead:
      ' here: it starts no program for a remote server. What the server needs goes into "headers".',
    matters: isFull,
  }),
  ...sameFor('bearerTokenEnvVar bearer_token_env_var', {
    instead: ': it sends what stands in "headers".',
    becomes: {
      key: 'headers',
      value: (value) => {
        const name = asString(value)?.value ?? '';
        return /^[A-Za-z_]\w*$/.test(name)
          ? `{ "Authorization": "Bearer \${${name}}" }`
          : undefined;
      },
    },
  }),
  ...sameFor('authorization_token authorizationToken bearerToken apiKey api_key token', {
    instead: ': it sends what stands in "headers", such as "Authorization": "Bearer ${TOKEN}".',
  }),
  auth: {
    instead: ': it sends what stands in "headers", and signs in as "oauth" says.',
    matters: (value) => typeof value.value === 'string' || isFull(value),
  },
  ...sameFor('http_headers httpHeaders requestHeaders', {
    instead: ': it sends what stands in "headers".',
    matters: (value) => propertiesOf(value).length > 0,
    becomes: { key: 'headers' },
  }),
  requestInit: {
    instead: ': it sends what stands in "headers".',
    matters: (value) => findValue(value, 'headers') !== undefined,
  },
  oauth: {
    instead: ' here: it signs in to servers of type "http" and "sse" only.',
    matters: isFull,
  },
};

const fromServer =
  ': it takes the addresses for signing in from the server. Where they cannot be found there, name the metadata document in "authServerMetadataUrl".';

/** Within `oauth`. */
const ofOauth: Fields = {
  scope: {
    instead: ': the key is "scopes", one string with spaces.',
    becomes: {
      key: 'scopes',
      value: (value) =>
        string(value) ??
        quoted(
          itemsOf(value)
            .map((item) => asString(item)?.value ?? '')
            .join(' ')
            .trim(),
        ),
    },
  },
  ...sameFor('client_id clientID', {
    instead: ': the key is "clientId".',
    becomes: { key: 'clientId', value: string },
  }),
  ...sameFor('clientSecret client_secret CLIENT_SECRET', {
    instead: ' in a file. "claude mcp add" takes it with --client-secret and keeps it elsewhere.',
  }),
  ...sameFor('redirectUri redirect_uri redirectUrl redirectURI redirect_url callbackUrl', {
    instead: ': it listens on this machine, on the port that "callbackPort" names.',
    becomes: { key: 'callbackPort', value: (value) => portOf(asString(value)?.value ?? '') },
  }),
  ...sameFor('callback_port redirectPort redirect_port', {
    instead: ': the key is "callbackPort".',
    becomes: { key: 'callbackPort', value: (value) => positive(value) },
  }),
  ...sameFor('resource audience', {
    instead: ': it takes the resource from what the server publishes.',
  }),
  ...sameFor('metadata_url metadataUrl auth_server_metadata_url', {
    instead: ': the key is "authServerMetadataUrl".',
    becomes: {
      key: 'authServerMetadataUrl',
      value: (value) => (/^https:/.test(asString(value)?.value ?? '') ? string(value) : undefined),
    },
  }),
  ...sameFor('authorizationUrl authorization_url authorizationEndpoint authorization_endpoint', {
    instead: fromServer,
  }),
  ...sameFor('tokenUrl token_url tokenEndpoint token_endpoint issuer authServerUrl', {
    instead: fromServer,
  }),
};

function portOf(url: string): string | undefined {
  const port = URL.canParse(url) ? new URL(url).port : '';
  return port === '' ? undefined : port;
}

export const foreignFields = {
  since: '2.1.329',
  source: 'observed in Claude Code 2.1.329: unknown fields are passed over without a word',
  stdio: new Map(Object.entries(ofStdio)),
  ws: new Map(Object.entries(ofWs)),
  http: new Map(Object.entries(ofWs).filter(([key]) => key !== 'oauth')),
  sse: new Map(Object.entries(ofWs).filter(([key]) => key !== 'oauth')),
  oauth: new Map(Object.entries(ofOauth)),
} as const;
