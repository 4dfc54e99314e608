import { createServer, type IncomingMessage } from 'node:http';
import type { Api } from './api.ts';

/** An API that answers on a port of this machine. */
export interface ApiServer {
  /** `http://127.0.0.1:<port>`, without a slash at its end. */
  readonly url: string;
  close(): Promise<void>;
}

/** Serves the APIs of all services on one port. @param port 0 takes one that is free. */
export async function serveApi(api: Api, port: number): Promise<ApiServer> {
  const server = createServer((request, response) => {
    void answer(api, request).then(
      ({ status, headers, body }) => response.writeHead(status, headers).end(body),
      (error: unknown) => response.writeHead(500, { 'content-type': 'text/plain' }).end(String(error)),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  const open = typeof address === 'object' && address !== null ? address.port : port;
  return {
    url: `http://127.0.0.1:${open}`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

async function answer(api: Api, request: IncomingMessage) {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const headers = Object.fromEntries(
    Object.entries(request.headers).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  );
  const body = Buffer.concat(chunks).toString('utf8');
  return api({ method: request.method, path: request.url ?? '/', headers, body });
}
