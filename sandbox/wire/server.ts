import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createDispatch, type Dispatch } from './dispatch.ts';
import { createErrorModel, toAwsError } from './errors.ts';
import { readRequest } from './request.ts';
import { RawReply, type WireServer, type WireServerOptions } from './service.ts';

/**
 * Serves all services on one port: the signature's credential scope says which service is meant, the service's
 * protocol says which operation. HTTP/1.1 with keep-alive.
 */
export async function startWireServer(options: WireServerOptions): Promise<WireServer> {
  const dispatch = createDispatch(options);
  const server = createServer((incoming, response) => void answer(dispatch, incoming, response));
  const host = options.host ?? '127.0.0.1';
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(options.port ?? 0, host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://${host}:${port}`,
    port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(
  dispatch: Dispatch,
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const reply = await replyTo(dispatch, incoming);
  const { 'content-length': ignored, ...headers } = lowerCased(reply.headers);
  const body = Buffer.from(reply.body);
  // A HEAD reply announces the length of the body that it does not send, which the operation knows better.
  const length = incoming.method === 'HEAD' ? (ignored ?? '0') : String(body.byteLength);
  response.writeHead(reply.status, { ...headers, 'content-length': length });
  response.end(incoming.method === 'HEAD' ? undefined : body);
}

/** Only a request that cannot be read at all fails before it has a protocol. */
async function replyTo(dispatch: Dispatch, incoming: IncomingMessage): Promise<RawReply> {
  try {
    return await dispatch(await readRequest(incoming), incoming.socket.remoteAddress ?? '127.0.0.1');
  } catch (cause) {
    const { status, shapeName, members } = createErrorModel({})(toAwsError(cause));
    return new RawReply(status, { 'x-amzn-errortype': shapeName }, JSON.stringify(members));
  }
}

function lowerCased(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
