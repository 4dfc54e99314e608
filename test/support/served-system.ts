import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { LocalSystem } from '@eventloom/local';
import { onTestFinished } from 'vitest';

/** Serves a local system on a loopback socket until the test ends, and returns what makes the AWS SDK use it. */
export async function serve({ requestHandler }: LocalSystem): Promise<Readonly<Record<string, string>>> {
  const server = createServer(async (incoming, outgoing) => {
    const { response } = await requestHandler.handle(await requestOf(incoming));
    outgoing.writeHead(response.statusCode, response.headers);
    outgoing.end(response.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  return {
    AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  };
}

async function requestOf(incoming: IncomingMessage) {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const headers = Object.entries(incoming.headers).map(([name, value]) => [name, String(value)] as const);
  return {
    method: incoming.method ?? 'GET',
    hostname: '127.0.0.1',
    path: new URL(incoming.url ?? '/', 'http://127.0.0.1').pathname,
    headers: Object.fromEntries(headers),
    body: Buffer.concat(chunks),
  };
}
