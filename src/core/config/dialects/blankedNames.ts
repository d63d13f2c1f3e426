/**
 * Variables that Claude Code never sends to a remote server: in `url` and `headers` they read as
 * empty, set or not, default or not, and nothing is said. In a stdio `env` most of them work.
 */
export const blankedNames = {
  since: '2.1.329',
  source: 'observed in Claude Code 2.1.329',
  names: [
    ...list('ANTHROPIC_API_KEY ANTHROPIC_AUTH_TOKEN ANTHROPIC_CUSTOM_HEADERS'),
    ...list('ANTHROPIC_FOUNDRY_API_KEY ANTHROPIC_AWS_API_KEY ANTHROPIC_IDENTITY_TOKEN'),
    ...list('INPUT_ANTHROPIC_API_KEY CLAUDE_CODE_OAUTH_TOKEN CLAUDE_CODE_OAUTH_REFRESH_TOKEN'),
    ...list('CLAUDE_SESSION_INGRESS_TOKEN_FILE CLAUDE_CODE_CLIENT_CERT CLAUDE_CODE_CLIENT_KEY'),
    ...list('CLAUDE_CODE_CLIENT_KEY_PASSPHRASE CLAUDE_TRUSTED_DEVICE_TOKEN'),
    ...list('CLAUDE_BRIDGE_OAUTH_TOKEN MCP_CLIENT_SECRET MCP_XAA_IDP_CLIENT_SECRET'),

    ...list('AWS_BEARER_TOKEN_BEDROCK AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN'),
    ...list('AWS_WEB_IDENTITY_TOKEN_FILE AWS_CONTAINER_AUTHORIZATION_TOKEN'),
    ...list('AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE AWS_CONTAINER_CREDENTIALS_FULL_URI'),
    ...list('AWS_CONTAINER_CREDENTIALS_RELATIVE_URI GOOGLE_APPLICATION_CREDENTIALS'),
    ...list('GOOGLE_OAUTH_ACCESS_TOKEN CLOUDSDK_AUTH_ACCESS_TOKEN AZURE_CLIENT_SECRET'),
    ...list('AZURE_CLIENT_CERTIFICATE_PATH AZURE_CLIENT_CERTIFICATE_PASSWORD AZURE_PASSWORD'),
    ...list('AZURE_FEDERATED_TOKEN_FILE IDENTITY_HEADER MSI_SECRET'),

    ...list('ACTIONS_ID_TOKEN_REQUEST_TOKEN ACTIONS_ID_TOKEN_REQUEST_URL ACTIONS_RUNTIME_TOKEN'),
    ...list('ACTIONS_RUNTIME_URL NPM_TOKEN npm_token NODE_AUTH_TOKEN PYPI_TOKEN PYPI_API_TOKEN'),
    ...list('TWINE_USERNAME TWINE_PASSWORD UV_PUBLISH_TOKEN UV_PUBLISH_USERNAME'),
    ...list('UV_PUBLISH_PASSWORD UV_INDEX_URL UV_DEFAULT_INDEX UV_EXTRA_INDEX_URL'),
    ...list('POETRY_PYPI_TOKEN_PYPI POETRY_HTTP_BASIC_PYPI_USERNAME'),
    ...list('POETRY_HTTP_BASIC_PYPI_PASSWORD PIP_INDEX_URL PIP_EXTRA_INDEX_URL'),
    ...list('CARGO_REGISTRY_TOKEN GEM_HOST_API_KEY GOPROXY GOAUTH COMPOSER_AUTH CONAN_PASSWORD'),
    ...list('SONAR_TOKEN CODEARTIFACT_AUTH_TOKEN VSS_NUGET_EXTERNAL_FEED_ENDPOINTS'),
    ...list('ORG_GRADLE_PROJECT_signingPassword'),

    ...list('HTTPS_PROXY HTTP_PROXY ALL_PROXY https_proxy http_proxy all_proxy'),
    ...list('GIT_CONFIG_PARAMETERS VAULT_TOKEN CONSUL_HTTP_TOKEN NOMAD_TOKEN'),
    ...list('SLACK_WEBHOOK_URL DISCORD_WEBHOOK_URL TEAMS_WEBHOOK_URL'),
  ],
  /** The few that a local server does not get either, once they are set. */
  local: [
    ...list('CLAUDE_CODE_OAUTH_TOKEN CLAUDE_CODE_OAUTH_REFRESH_TOKEN'),
    ...list('CLAUDE_SESSION_INGRESS_TOKEN_FILE CLAUDE_TRUSTED_DEVICE_TOKEN'),
    ...list('CLAUDE_BRIDGE_OAUTH_TOKEN MCP_CLIENT_SECRET MCP_XAA_IDP_CLIENT_SECRET'),
  ],
  /** Addresses of the client's own providers, kept back where they hold a user and a password. */
  withPassword: [
    ...list('ANTHROPIC_BASE_URL ANTHROPIC_BEDROCK_BASE_URL ANTHROPIC_VERTEX_BASE_URL'),
    ...list('ANTHROPIC_FOUNDRY_BASE_URL ANTHROPIC_AWS_BASE_URL'),
    ...list('ANTHROPIC_BEDROCK_MANTLE_BASE_URL CLAUDE_CODE_API_BASE_URL'),
  ],
  patterns: [
    /^CARGO_REGISTRIES_\w+_TOKEN$/,
    /^BUNDLE_\w+__\w+$/,
    /^GIT_CONFIG_(?:KEY|VALUE)_\d+$/,
    /^OTEL_/,
  ],
} as const;

const names: ReadonlySet<string> = new Set(blankedNames.names);

/** Whether `${name}` reads as empty in the `url` and `headers` of a server. Case counts. */
export function isBlankedName(name: string): boolean {
  return names.has(name) || blankedNames.patterns.some((pattern) => pattern.test(name));
}

const namesOfAddresses: ReadonlySet<string> = new Set(blankedNames.withPassword);

/** Whether `${name}` reads as empty there because of what it holds: an address with a password. */
export function isBlankedValue(name: string, value: string | undefined): boolean {
  return namesOfAddresses.has(name) && /^[a-z][a-z0-9+.-]*:\/\/[^/?#@]*@/i.test(value ?? '');
}

const localNames: ReadonlySet<string> = new Set(blankedNames.local);

/**
 * Whether `${name}`, once it is set, reads as empty in `command`, `args` and `env` of a local
 * server. Unset it is missing like any other, and its default is used.
 */
export function isBlankedLocally(name: string): boolean {
  return localNames.has(name) || name.startsWith('OTEL_');
}

function list(text: string): readonly string[] {
  return text.split(' ');
}
