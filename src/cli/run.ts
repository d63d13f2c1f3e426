import { parseArgs } from 'node:util';
import { findFindings } from '../core/diagnostics/findFindings';
import type { Severity } from '../core/diagnostics/rule';
import { parseMcpConfig } from '../core/config/parseMcpConfig';
import { environmentOf, sourceOf, unknownEnvironment } from '../core/variables/environment';
import { findConfigFiles, readConfigFile } from './configFiles';
import { formats, isFormat, type CheckedFile } from './formats';

const usage = `Usage: mcp-auth check [options] [PATH…]

Finds what Claude Code would skip, ignore or leak in MCP configuration files.
A folder is searched for them; without a PATH, the current folder.

  --format text|json        how to report (text)
  --fail-on LEVEL           exit 1 at error, warning, information, hint or never (error)
  --no-env                  say nothing about variables that are not set here
  --help                    this text

Exit code: 0 nothing at or above the level, 1 findings, 2 could not run.
`;

const levels: readonly Severity[] = ['error', 'warning', 'information', 'hint'];

/** Runs the command line and answers its exit code. @throws Error whose message is one sentence */
export async function run(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      format: { type: 'string', default: 'text' },
      'fail-on': { type: 'string', default: 'error' },
      'no-env': { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  const [command, ...paths] = positionals;
  if (values.help) {
    process.stdout.write(usage);
    return 0;
  }
  if (command !== 'check') {
    throw new Error(
      `${command ? `there is no command "${command}"` : 'a command is missing'}; try "mcp-auth --help".`,
    );
  }
  const { format } = values;
  if (!isFormat(format)) {
    throw new Error(`--format is text or json, not "${format}".`);
  }
  const threshold = readLevel(values['fail-on']);
  const environment = values['no-env']
    ? unknownEnvironment
    : environmentOf([sourceOf('the environment', 'always', process.env)]);
  const files: CheckedFile[] = [];
  for (const { path, place } of await findConfigFiles(paths.length > 0 ? paths : ['.'])) {
    const config = parseMcpConfig(await readConfigFile(path), place);
    files.push({ path, config, findings: findFindings(config, { environment }) });
  }
  process.stdout.write(formats[format](files));
  const fails = files.some(({ findings }) =>
    findings.some(({ severity }) => levels.indexOf(severity) <= threshold),
  );
  return fails ? 1 : 0;
}

/** The index in `levels` up to which a finding fails the run; -1 for never. */
function readLevel(level: string): number {
  const index = levels.findIndex((known) => known === level);
  if (index === -1 && level !== 'never') {
    throw new Error(`--fail-on is ${levels.join(', ')} or never, not "${level}".`);
  }
  return index;
}
