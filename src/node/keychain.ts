import { spawn } from 'node:child_process';
import { keychainService } from '../core/helperScript/keychainHelper';
import type { Keychain, KeychainAnswer, KeychainFailure } from '../core/variables/keychain';
import { findExecutable } from './findExecutable';

/** How a system's own program is asked. The value is on its standard input, never an argument. */
interface Program {
  readonly name: string;
  lookup(account: string): readonly string[];
  readonly store: {
    args(account: string): readonly string[];
    input(account: string, value: string): string;
  };
  /** Whether it says that there is no such account, and not that it could not look. */
  isNone(code: number, errors: string): boolean;
}

const secretTool: Program = {
  name: 'secret-tool',
  lookup: (account) => ['lookup', 'service', keychainService, 'account', account],
  store: {
    args: (account) => [
      'store',
      `--label=MCP Auth: ${account}`,
      'service',
      keychainService,
      'account',
      account,
    ],
    input: (_, value) => value,
  },
  isNone: (code, errors) => code === 1 && errors.trim() === '',
};

const security: Program = {
  name: 'security',
  lookup: (account) => ['find-generic-password', '-s', keychainService, '-a', account, '-w'],
  store: {
    args: () => ['-i'],
    // A value with a quote or a backslash does not come here: `fitsKeychain` keeps it out.
    input: (account, value) =>
      `add-generic-password -U -s ${keychainService} -a ${account} -l "MCP Auth: ${account}" -w "${value}"\n`,
  },
  // errSecItemNotFound
  isNone: (code) => code === 44,
};

/** A person may have to type a password first. */
const maxMilliseconds = 120_000;

/** @param platform of the machine whose keychain it is; on Windows there is none of this kind */
export function createKeychain(platform: NodeJS.Platform): Keychain {
  const program = platform === 'darwin' ? security : secretTool;
  const lookup = async (account: string): Promise<KeychainAnswer> => {
    const result = await run(program, program.lookup(account), '');
    if (typeof result === 'string') {
      return { kind: 'failed', why: result };
    }
    if (result.code === 0) {
      return { kind: 'found', value: result.output.replace(/\n$/, '') };
    }
    return program.isNone(result.code, result.errors)
      ? { kind: 'none' }
      : { kind: 'failed', why: 'refused' };
  };
  return {
    lookup,
    async store(account, value) {
      const { args, input } = program.store;
      const result = await run(program, args(account), input(account, value));
      if (typeof result === 'string') {
        return result;
      }
      // Its exit code does not tell: a command on standard input may fail silently.
      const kept = await lookup(account);
      return kept.kind === 'found' && kept.value === value ? undefined : 'refused';
    },
  };
}

interface Finished {
  readonly code: number;
  readonly output: string;
  readonly errors: string;
}

/** What is printed stays here: it is a credential, or may quote one. */
async function run(
  { name }: Program,
  args: readonly string[],
  input: string,
): Promise<Finished | KeychainFailure> {
  const path = await findExecutable(name);
  if (path === undefined) {
    return 'not-installed';
  }
  return new Promise((resolve) => {
    const child = spawn(path, args, { stdio: ['pipe', 'pipe', 'pipe'], timeout: maxMilliseconds });
    let [output, errors] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => (errors += chunk));
    child.on('error', () => resolve('not-installed'));
    child.on('close', (code) => resolve(code === null ? 'no-answer' : { code, output, errors }));
    // It may end before it has read everything.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
}
