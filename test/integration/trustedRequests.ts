import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { HttpFailure } from '../../src/core/oauth/ports';
import { createGuardedHttp } from '../../src/node/oauth/guardedHttp';

/** What the client does where names lead to `addresses`. */
export interface TrustedRequests {
  readonly serverUrl: string;
  readonly urls: readonly string[];
  readonly addresses: Readonly<Record<string, readonly string[]>>;
}

/**
 * Sends in a process that trusts `certificate`, which Node reads at its start alone. That Node is told
 * there to verify nothing must make no difference.
 * @returns For each URL the body of the answer, or the kind of the failure
 */
export async function sendTrusting(
  certificate: string,
  folder: string,
  requests: TrustedRequests,
): Promise<readonly string[]> {
  const path = `${folder}/trusted.pem`;
  writeFileSync(path, certificate);
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--import=tsx', fileURLToPath(import.meta.url), JSON.stringify(requests)],
    { env: { ...process.env, NODE_EXTRA_CA_CERTS: path, NODE_TLS_REJECT_UNAUTHORIZED: '0' } },
  );
  return JSON.parse(stdout) as string[];
}

async function main({ serverUrl, urls, addresses }: TrustedRequests): Promise<void> {
  const resolve = async (name: string) => addresses[name] ?? [];
  const http = createGuardedHttp({ serverUrl, resolve });
  const answers: string[] = [];
  for (const url of urls) {
    const request = { method: 'GET', url, headers: {} } as const;
    const answer = http.send(request, new AbortController().signal);
    answers.push(
      await answer.then(
        ({ body }) => body,
        (error: unknown) => (error instanceof HttpFailure ? error.kind : String(error)),
      ),
    );
  }
  process.stdout.write(JSON.stringify(answers));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  void main(JSON.parse(process.argv[2] ?? '') as TrustedRequests);
}
