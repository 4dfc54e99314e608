import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** One request as it came over the socket. */
export interface StubRequest {
  readonly target: string;
  readonly body: string;
}

/** Answers a request, or does something worse to it. */
export type Behaviour = (request: StubRequest, response: ServerResponse, socket: Socket) => void;

/** A server on a loopback socket that behaves as it is told. */
export interface StubServer {
  readonly url: string;
  /** Every request that came in whole. */
  readonly requests: readonly StubRequest[];
  /** Open connections are cut. */
  close(): Promise<void>;
}

/** Starts a server whose nth request meets the nth behaviour, and every further one the last. */
export async function startStub(...behaviours: readonly Behaviour[]): Promise<StubServer> {
  const requests: StubRequest[] = [];
  const server = createServer(async (incoming, response) => {
    const request = await read(incoming).catch(() => null);
    if (request === null) return;
    const behave = behaviours[Math.min(requests.length, behaviours.length - 1)];
    requests.push(request);
    behave?.(request, response, incoming.socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

async function read(incoming: IncomingMessage): Promise<StubRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return { target: String(incoming.headers['x-amz-target'] ?? ''), body: Buffer.concat(chunks).toString('utf8') };
}

/** Answers with a status and a body. */
export function answer(status: number, body: string, headers: Readonly<Record<string, string>> = {}): Behaviour {
  return (_, response) => {
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1', ...headers });
    response.end(body);
  };
}

/** Cuts the connection without an answer. */
export const reset: Behaviour = (_, __, socket) => {
  socket.resetAndDestroy();
};

/** Closes the connection without an answer. */
export const hangUp: Behaviour = (_, __, socket) => {
  socket.end();
};

/** Never answers. */
export const silence: Behaviour = () => {};

/** Promises more bytes than it sends, and cuts the connection. */
export function truncated(body: string): Behaviour {
  return (_, response, socket) => {
    response.writeHead(200, {
      'content-type': 'application/x-amz-json-1.1',
      'content-length': String(body.length * 2),
    });
    response.write(body, () => socket.destroy());
  };
}

/** Begins an answer and never ends it. */
export function stalled(body: string): Behaviour {
  return (_, response) => {
    response.writeHead(200, {
      'content-type': 'application/x-amz-json-1.1',
      'content-length': String(body.length * 2),
    });
    response.write(body);
  };
}
