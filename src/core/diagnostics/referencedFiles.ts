import type { McpConfig, McpServer } from '../config/mcpConfig';
import { asString, findValue, type StringValue } from '../config/json';
import type { PlaceId } from '../config/place';
import { helperPath, helpersIn } from '../helperScript/helperCommand';

/** A file that rules ask about. */
export interface ReferencedFile {
  /** Absolute, or relative to the folder of the configuration. */
  readonly path: string;
  /** What may be read of it: of a certificate nothing, of a `.env` the names alone. */
  readonly use: 'helper' | 'certificate' | 'environment';
}

/** The files that the rules want to know about, each once, in the order of the text. */
export function referencedFiles(config: McpConfig): readonly ReferencedFile[] {
  const { place } = config;
  const helpers = helpersIn(config).flatMap(({ server, command: { file } }) => {
    const path = file && helperPath(file, place.id, server);
    return path === undefined ? [] : [{ path, use: 'helper' } as const];
  });
  const certificates = certificatesIn(config).map(
    ({ path }) => ({ path, use: 'certificate' }) as const,
  );
  const environments = environmentFilesIn(config).map(
    ({ path }) => ({ path, use: 'environment' }) as const,
  );
  const files = [...helpers, ...certificates, ...environments];
  return [...new Map(files.map((file) => [`${file.use} ${file.path}`, file])).values()];
}

/** A place in the configuration that names a file. */
export interface FileMention {
  readonly server: McpServer;
  /** The string, and where in it the name stands. */
  readonly string: StringValue;
  readonly start: number;
  readonly pathInEntry: readonly (string | number)[];
  /** For `FileFacts.look`. */
  readonly path: string;
}

const nothing: readonly never[] = [];

const certificateFlags =
  /^--?(?:(?:tls|ssl|mtls|client)[-_])?(?:cert(?:ificate)?|key|ca[-_]?cert|ca|ca[-_]?file|cert[-_]?file|key[-_]?file)$/;
const certificateFile = /[\\/]|\.(?:pem|crt|cer|key|p12|pfx)$/i;
const certificateVariables = new Set([
  'NODE_EXTRA_CA_CERTS',
  'SSL_CERT_FILE',
  'REQUESTS_CA_BUNDLE',
  'CURL_CA_BUNDLE',
  'AWS_CA_BUNDLE',
]);

/** Where local servers are given certificates and keys as files. */
export function certificatesIn({ servers, place }: McpConfig): readonly FileMention[] {
  return servers.flatMap((server) =>
    server.loads && server.transport === 'stdio' && !runsElsewhere(server)
      ? [...certificateArguments(server, place.id), ...certificateEnvironment(server, place.id)]
      : [],
  );
}

/** Its paths are those of a container or of another machine. */
function runsElsewhere({ command }: McpServer): boolean {
  const program = command?.value.split(/[\\/]/).at(-1) ?? '';
  return /^(?:docker|podman|nerdctl|kubectl|ssh|wsl)(?:\.exe)?$/.test(program);
}

function certificateArguments(server: McpServer, place: PlaceId): readonly FileMention[] {
  // Each flag has one of these words in it, and most servers have no such flag.
  if (!server.args.some(({ value }) => value[0] === '-' && /cert|key|ca/.test(value))) {
    return nothing;
  }
  return server.args.flatMap((argument, index) => {
    const { value } = argument;
    const equals = value.startsWith('-') ? value.indexOf('=') : -1;
    const before = server.args[index - 1];
    const flag = equals === -1 ? before?.value : value.slice(0, equals);
    const isNext = equals !== -1 || before?.index === argument.index - 1;
    if (flag === undefined || !flag.startsWith('-') || !isNext || !certificateFlags.test(flag)) {
      return [];
    }
    const file = value.slice(equals + 1);
    const path = certificateFile.test(file) ? sessionPath(file, place, server) : undefined;
    const pathInEntry = ['args', argument.index];
    return path === undefined
      ? []
      : [{ server, string: argument, start: equals + 1, pathInEntry, path }];
  });
}

function certificateEnvironment(server: McpServer, place: PlaceId): readonly FileMention[] {
  return server.env.flatMap(({ name, value: string }) => {
    const path = certificateVariables.has(name)
      ? sessionPath(string.value, place, server)
      : undefined;
    return path === undefined
      ? []
      : [{ server, string, start: 0, pathInEntry: ['env', name], path }];
  });
}

/**
 * A name that the server's process resolves, seen from the folder of the configuration: a local
 * server runs where Claude Code was started, for a project's file here or below.
 */
function sessionPath(value: string, place: PlaceId, { project }: McpServer): string | undefined {
  const isPlugin = place === 'plugin' || place === 'pluginManifest';
  const plugin = '${CLAUDE_PLUGIN_ROOT}/';
  if (isPlugin && value.startsWith(plugin) && !value.includes('${', plugin.length)) {
    return (place === 'plugin' ? '' : '../') + value.slice(plugin.length);
  }
  const path = value.replace(/^\$\{CLAUDE_PROJECT_DIR:-\.\}\//, '').replace(/^(?:\.\/)+/, '');
  if (/[$~%*\u0000]/.test(path) || path === '') {
    return undefined;
  }
  const isAbsolute = /^(?:\/|[A-Za-z]:[\\/])/.test(path);
  return isAbsolute || (place === 'project' && project === undefined) ? path : undefined;
}

/** A `.env` that may hold this configuration's credentials, and the field that names it, if any. */
export interface EnvironmentFile {
  readonly path: string;
  readonly mention: FileMention | undefined;
}

/** Those beside the file by their names, and those that the ignored field `envFile` names. */
export function environmentFilesIn(config: McpConfig): readonly EnvironmentFile[] {
  if (config.place.id !== 'project') {
    return [];
  }
  const named: EnvironmentFile[] = [];
  for (const server of config.servers) {
    const string = asString(findValue(server.node, 'envFile'));
    const path = string?.value
      .replace(/^\$\{workspaceFolder\}[\\/]/, '')
      .replace(/^(?:\.[\\/])+/, '');
    if (string !== undefined && path !== undefined && !/[$~%*\u0000]|^$/.test(path)) {
      const mention = { server, string, start: 0, pathInEntry: ['envFile'], path };
      named.push({ path, mention });
    }
  }
  const beside = ['.env', '.env.local'].map((path) => ({ path, mention: undefined }));
  const files = [...beside, ...named];
  return [...new Map(files.map((file) => [file.path, file])).values()];
}
