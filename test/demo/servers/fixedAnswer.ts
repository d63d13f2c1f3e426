import { type DemoServer } from './demoServer';
import { judgeBearer } from './support/bearerAuth';
import { serveHttp } from './support/serveHttp';

export interface FixedAnswer {
  readonly name: string;
  readonly description: string;
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** A server that gives everybody the same answer, whatever the request. */
export function fixedAnswer({ name, description, status, headers, body }: FixedAnswer): DemoServer {
  return {
    name,
    description,
    start: (host) =>
      serveHttp(host, () => ({
        judge: (request) => judgeBearer(request, host.credentials.bearerToken),
        answer: ({ response }) => void response.writeHead(status, headers).end(body),
      })),
  };
}
